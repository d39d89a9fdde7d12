"""Yearly reports with their figures and what people wrote into them."""

from flask import Response

from reviewflow.queries.reports import report_page, wanted_report
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import ReportPath
from web.api.shapes.reports import ReportQuery, ReportRecord, report_record

bp = noun("reports")


@bp.get(f"/reports/{ReportPath.RULE}", responses={200: ReportRecord})
def show(path: ReportPath, query: ReportQuery) -> Response:
    """Show the report on a year, as of a day."""
    with tokens.begin_reading() as work:
        wanted = wanted_report(work, path.year, query.typed())
        return tokens.show(report_record(report_page(work, wanted)))
