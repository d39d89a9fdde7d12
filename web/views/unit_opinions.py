"""部门会签: asking other units, keeping their answers, settling disagreement."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.queries.unit_opinions import unit_opinions_page
from reviewflow.usecases.unit_opinions import (
    ask_units,
    record_stance,
    settle_dispute,
)
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("unit_opinions", __name__, url_prefix="/cases/<int:case_id>/units")


@bp.get("")
def show(case_id: int) -> str:
    """Show who was asked, and what they say."""
    return _page(case_id)


@bp.post("")
def ask(case_id: int) -> ResponseReturnValue:
    """Ask further units."""
    try:
        with begin_work() as work:
            ids = request.form.getlist("unit_ids", int)
            asked = ask_units(work, case_id, ids, request.form.get("due_on", ""))
            said = f"已登记 {len(asked)} 个部门，逾期未回复的视为无意见。"
            answer_with(url_for("unit_opinions.show", case_id=case_id), said)
    except Invalid as error:
        return _page(case_id, error), 422
    return answered()


@bp.post("/<int:opinion_id>")
def record(case_id: int, opinion_id: int) -> ResponseReturnValue:
    """Keep what a unit answered."""
    try:
        with begin_work() as work:
            row = record_stance(work, case_id, opinion_id, request.form)
            said = f"已登记{row.unit.short_name}的回复。"
            answer_with(url_for("unit_opinions.show", case_id=case_id), said)
    except Invalid as error:
        return _page(case_id, error, opinion_id), 422
    return answered()


@bp.post("/<int:opinion_id>/settlement")
def settle(case_id: int, opinion_id: int) -> ResponseReturnValue:
    """Say what became of a disagreement."""
    settlement, note = request.form.get("settlement", ""), request.form.get("note", "")
    try:
        with begin_work() as work:
            row = settle_dispute(work, case_id, opinion_id, settlement, note)
            said = f"已登记与{row.unit.short_name}的协商结果。"
            answer_with(url_for("unit_opinions.show", case_id=case_id), said)
    except Invalid as error:
        return _page(case_id, error, opinion_id), 422
    return answered()


def _page(case_id: int, refused: Invalid | None = None, about: int = 0) -> str:
    """Show the page; `about` is the unit whose form was refused, none for asking."""
    with begin_reading() as work:
        return render_template(
            "unit_opinions/show.html",
            page=unit_opinions_page(work, case_id),
            typed=request.form,
            errors=refused.errors if refused else {},
            refused=refused,
            about=about,
        )
