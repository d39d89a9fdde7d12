"""Why a due date is what it is."""

from flask import Blueprint, render_template

from reviewflow.queries.deadlines import get_explanation
from reviewflow.queries.strip_months import marks_of, strip_months
from web.signin import begin_reading

bp = Blueprint("deadlines", __name__, url_prefix="/deadlines")


@bp.get("/<int:deadline_id>")
def show(deadline_id: int) -> str:
    """Show the rule, the start, the days that count and those that do not."""
    with begin_reading() as work:
        found = get_explanation(work, deadline_id)
        return render_template(
            "deadlines/show.html",
            found=found,
            months=strip_months(found.strip),
            marks=marks_of(found.strip),
        )
