"""后评估: the plan of a year, and what came of it."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.model.post_assessment import AssessmentConclusion
from reviewflow.queries.post_assessments import assessment_year, report_of
from reviewflow.usecases.post_assessments import finish_assessment, plan_assessment
from web.addresses import row_key
from web.errors import status_of
from web.files import send_stored
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import receive_files

bp = Blueprint("post_assessments", __name__, url_prefix="/post-assessments")
FIRST, LAST = 2000, 2999


@bp.get("")
def index() -> str:
    """Show the post-assessments of a year."""
    return _page({})


@bp.post("")
def plan() -> ResponseReturnValue:
    """Put a document into the plan."""
    try:
        with begin_work() as work:
            row = plan_assessment(work, request.form)
            answer_with(url_for(".index", year=row.year), "已列入后评估计划。")
    except Invalid as error:
        return _page(error.errors), status_of(error)
    return answered()


@bp.post("/<int:assessment_id>")
def finish(assessment_id: int) -> ResponseReturnValue:
    """Note what came of it, with the report."""
    try:
        reports = [upload for role, upload in receive_files() if role == "report"]
        report = reports[0] if reports else None
        with begin_work() as work:
            row = finish_assessment(work, assessment_id, request.form, report)
            answer_with(url_for(".index", year=row.year), "已登记后评估结果。")
    except Invalid as error:
        return _page(error.errors, assessment_id), status_of(error)
    return answered()


@bp.get("/<int:assessment_id>/report")
def report(assessment_id: int) -> Response:
    """Send the report."""
    with begin_reading() as work:
        row = report_of(work, assessment_id)
        return send_stored(row.report_name, row.report_type, row.report_sha256)


def _page(errors: Mapping[str, str], wrong_row: int | None = None) -> str:
    with begin_reading() as work:
        asked = request.values.get("year", work.today.year, row_key)
        year = asked if FIRST <= asked <= LAST else work.today.year
        return render_template(
            "post_assessments/index.html",
            page=assessment_year(work, year),
            years=(work.today.year + 1, work.today.year, work.today.year - 1),
            today=work.today,
            conclusions=AssessmentConclusion,
            typed=request.form,
            errors=errors,
            wrong_row=wrong_row,
        )
