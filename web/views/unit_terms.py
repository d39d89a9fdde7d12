"""What holds of a unit from a day on: read by all, kept by administrators."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.model.unit_term import UnitTermSort
from reviewflow.queries.unit_terms import unit_page
from reviewflow.usecases.unit_terms import end_unit_term, enter_unit_term
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("unit_terms", __name__, url_prefix="/units")


@bp.get("/<int:unit_id>")
def show(unit_id: int) -> ResponseReturnValue:
    """Show a unit with everything that was entered of it."""
    return _page(unit_id)


@bp.post("/<int:unit_id>/terms")
def enter(unit_id: int) -> ResponseReturnValue:
    """Enter what holds from a day on."""
    try:
        with begin_work() as work:
            row = enter_unit_term(work, unit_id, request.form)
            said = f"已登记{row.holder}。"
            answer_with(url_for("unit_terms.show", unit_id=unit_id), said)
    except Invalid as error:
        return _page(unit_id, error)
    return answered()


@bp.post("/<int:unit_id>/terms/<int:term_id>/end")
def end(unit_id: int, term_id: int) -> ResponseReturnValue:
    """Let something hold no longer than a day."""
    try:
        with begin_work() as work:
            row = end_unit_term(work, unit_id, term_id, request.form)
            said = f"已登记{row.holder}的最后一日。"
            answer_with(url_for("unit_terms.show", unit_id=unit_id), said)
    except Invalid as error:
        named = {f"{name}-{term_id}": text for name, text in error.errors.items()}
        return _page(unit_id, Invalid(named, error.message))
    except Conflict as error:
        return _page(unit_id, error)
    return answered()


def _page(unit_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "units/show.html",
            page=unit_page(work, unit_id),
            today=work.today,
            sorts=UnitTermSort,
            typed=request.form,
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
        )
    return text, status_of(refused) if refused else 200
