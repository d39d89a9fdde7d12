"""期限计算: when a period ends and why, for everybody."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.law.limits import Unit
from reviewflow.queries.deadlines import COUNTED, Reckoned, reckon
from reviewflow.queries.strip_months import marks_of, strip_months
from web.errors import status_of
from web.sessions import runtime

bp = Blueprint("public_calculator", __name__, url_prefix="/public/calculator")


@bp.get("")
def show() -> ResponseReturnValue:
    """Ask for a period; show its last day and how it comes about."""
    asked = {name: request.args.get(name, "") for name in ("start", "days", "unit")}
    found: Reckoned | None = None
    errors: dict[str, str] = {}
    status = 200
    with runtime().read(None) as work:
        if any(asked.values()):
            try:
                found = reckon(work.law, *asked.values())
            except Invalid as error:
                errors, status = error.errors, status_of(error)
        typed = asked if any(asked.values()) else {"start": str(work.today)}
        return render_template(
            "public_calculator/show.html",
            found=found,
            months=strip_months(found.strip) if found else [],
            marks=marks_of(found.strip) if found else [],
            typed=typed,
            errors=errors,
            units=[(unit.value, unit.value) for unit in COUNTED],
            default=Unit.WORKING_DAY,
        ), status
