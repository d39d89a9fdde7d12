"""What experts held of a draft, and what risks were found."""

from flask import Blueprint, render_template

from reviewflow.queries.assessments import assessments_page
from web.signin import begin_reading

bp = Blueprint("assessments", __name__, url_prefix="/cases/<int:case_id>/assessments")


@bp.get("")
def show(case_id: int) -> str:
    """Show both, with their papers."""
    with begin_reading() as work:
        page = assessments_page(work, case_id)
        return render_template("cases/assessments.html", page=page)
