"""Yearly reports with their figures, and what people write into them."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.reports import report_page, wanted_report
from reviewflow.usecases.reports import write_report_text
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import ReportPath
from web.api.shapes.reports import (
    NewPassage,
    ReportPassage,
    ReportQuery,
    ReportRecord,
    passage_shape,
    report_record,
)

bp = noun("reports")
PLACE = f"/reports/{ReportPath.RULE}"


@bp.get(PLACE, responses={200: ReportRecord})
def show(path: ReportPath, query: ReportQuery) -> Response:
    """Show the report on a year, as of a day."""
    with tokens.begin_reading() as work:
        wanted = wanted_report(work, path.year, query.typed())
        return tokens.show(report_record(report_page(work, wanted)))


@bp.post(f"{PLACE}/passages", responses={201: ReportPassage})
def write(path: ReportPath, body: NewPassage) -> Response:
    """Write a passage of a report."""
    reports = outlines().reports
    with tokens.begin_work() as work:
        row = write_report_text(work, path.year, body.typed(), reports)
        work.settle()
        place = flask.url_for(
            "api.reports.show",
            year=row.year,
            report=row.report,
            organ_id=row.organ_id,
        )
        shape = passage_shape(reports[row.report].askings[row.passage], row)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)
