"""The hearing of a case: plan, groups, draw, list, delivery, sitting, opinions."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing, ReviewflowError
from reviewflow.queries.hearings import hearing_page
from reviewflow.queries.letters import letters
from reviewflow.usecases import draws, enrolments, hearings, participants, sittings
from reviewflow.usecases.hearing_forms import Typed, hearing_forms
from reviewflow.work import Work
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("hearings", __name__, url_prefix="/cases/<int:case_id>/hearing")

OF_HEARING = "hearing_"
"""How the names of its letters begin."""

ACTS: Mapping[str, tuple[Callable[[Work, int, Typed], object], str]] = {
    # what a form of the page is called in the address: who does it, what is said then
    "plan": (hearings.plan_hearing, "听证安排已保存。"),
    "group": (hearings.add_group, "已增加一个组。"),
    "ungroup": (hearings.remove_group, "已删除该组。"),
    "reschedule": (hearings.reschedule, "听证会已推迟，公告页已更新。"),
    "applicant": (enrolments.enter_applicant, "已登记报名。"),
    "publish": (draws.publish_lists, "报名名册及其摘要已公布。"),
    "draw": (draws.draw_lists, "已抽取，结果已公布。"),
    "participant": (participants.name_participant, "已增加参加人。"),
    "excuse": (participants.excuse_participant, "已记录；有候补的，由下一名候补参加。"),
    "deliver": (participants.mark_delivered, "已登记送达。"),
    "turns": (sittings.set_turns, "发言顺序已保存。"),
    "presence": (sittings.mark_presence, "到会和签名情况已保存。"),
    "opinion": (sittings.add_opinion, "已登记听证意见。"),
    "adoption": (sittings.answer_opinion, "已说明采纳情况。"),
}


@bp.get("")
def show(case_id: int) -> ResponseReturnValue:
    """Show the hearing."""
    return _page(case_id)


@bp.post("/<act>")
def change(case_id: int, act: str) -> ResponseReturnValue:
    """Do one of the acts of the page."""
    if act not in ACTS:
        raise Missing
    do, said = ACTS[act]
    try:
        with begin_work() as work:
            do(work, case_id, request.form)
            answer_with(url_for("hearings.show", case_id=case_id), said)
    except (Invalid, Conflict) as error:
        return _page(case_id, act, error)
    return answered()


def _page(
    case_id: int, act: str = "", refused: ReviewflowError | None = None
) -> ResponseReturnValue:
    """Show the hearing as it is now; a refused form keeps what was typed."""
    errors = refused.errors if isinstance(refused, Invalid) else {}
    with begin_reading() as work:
        text = render_template(
            "hearings/show.html",
            page=hearing_page(work, case_id),
            forms=hearing_forms(),
            letters=[one for one in letters(work, case_id) if OF_HEARING in one.name],
            sent={act: request.form} if refused else {},
            wrong={act: errors},
            errors=errors,
            refused=refused,
        )
    return text, status_of(refused) if refused else 200
