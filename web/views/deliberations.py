"""The deliberation of a case: packet, agenda, positions, decision, minutes."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.meeting_rows import MINUTES
from reviewflow.queries.deliberations import deliberation_page
from reviewflow.queries.letters import letters
from reviewflow.usecases.minutes import file_minutes
from web.errors import status_of
from web.minutes import make_minutes
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint(
    "deliberations", __name__, url_prefix="/cases/<int:case_id>/deliberation"
)


@bp.get("")
def show(case_id: int) -> ResponseReturnValue:
    """Show the deliberation."""
    return _page(case_id)


@bp.post("/minutes")
def file(case_id: int) -> ResponseReturnValue:
    """Make the minutes from the record, and put them into the dossier."""
    try:
        with begin_reading() as work:
            upload = make_minutes(work, case_id)
        with begin_work() as work:
            version = file_minutes(work, case_id, upload)
            answer_with(
                url_for(".show", case_id=case_id),
                f"会议纪要已存入送审材料（第 {version.number} 稿），请办理“记录决定”。",
            )
    except (Invalid, Conflict) as error:
        return _page(case_id, error)
    return answered()


def _page(case_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "deliberations/show.html",
            page=deliberation_page(work, case_id),
            letters=[one for one in letters(work, case_id) if MINUTES in one.name],
            refused=refused,
        )
    return text, status_of(refused) if refused else 200
