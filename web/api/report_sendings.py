"""That yearly reports were sent, with the papers that went out."""

from http import HTTPStatus
from typing import BinaryIO, cast

import flask
from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Missing
from reviewflow.model.report import ReportSending
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_sendings import paper_name, sending_page
from reviewflow.queries.reports import wanted_report
from reviewflow.usecases.documents import Upload, receive_upload
from reviewflow.usecases.report_sendings import record_sending
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import ReportPath, SendingPath
from web.api.shapes.report_sendings import (
    NewSending,
    Sending,
    Sendings,
    sending_shape,
    sendings_shape,
)
from web.api.shapes.reports import ReportQuery
from web.api.wire import BYTES
from web.files import send_stored
from web.report_papers import make_paper
from web.sessions import runtime

bp = noun("report_sendings", files=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OF_YEAR = f"/reports/{ReportPath.RULE}/sendings"
ONE = f"/report-sendings/{SendingPath.RULE}"


@bp.get(OF_YEAR, responses={200: Sendings})
def find(path: ReportPath, query: ReportQuery) -> Response:
    """Show every record of the sending of a report."""
    with tokens.begin_reading() as work:
        wanted = wanted_report(work, path.year, query.typed())
        return tokens.show(sendings_shape(sending_page(work, wanted)))


@bp.post(OF_YEAR, responses={201: Sending})
def record(path: ReportPath, form: NewSending) -> Response:
    """Write down that a report was sent, or put right what was written down."""
    typed, file = form.typed(), _file(form)
    with tokens.begin_reading() as work:
        paper = make_paper(work, path.year, typed)
    reports = outlines().reports
    with tokens.begin_work() as work:
        row = record_sending(work, path.year, typed, reports, (paper, file))
        work.settle()
        place = flask.url_for(
            "api.report_sendings.find",
            year=row.year,
            report=row.report,
            organ_id=row.organ_id,
        )
        return tokens.reply(work, sending_shape(row), HTTPStatus.CREATED, place)


@bp.get(f"{ONE}/paper", responses={200: BYTES})
def paper(path: SendingPath) -> Response:
    """Send the report as it was made when its sending was written down."""
    with tokens.begin_reading() as work:
        row = work.get(ReportSending, path.sending_id)
        name = paper_name(row, outlines().reports[row.report])
        return send_stored(name, WORD, row.paper_sha256)


@bp.get(f"{ONE}/file", responses={200: BYTES})
def file(path: SendingPath) -> Response:
    """Send the scan or file that really went out."""
    with tokens.begin_reading() as work:
        row = work.get(ReportSending, path.sending_id)
        if not row.file_sha256:
            raise Missing
        return send_stored(row.file_name, row.file_type, row.file_sha256)


def _file(form: NewSending) -> Upload | None:
    """Return what really went out, checked and stored; none if nothing came."""
    if not isinstance(form.file, FileStorage) or not form.file.filename:
        return None
    stream = cast("BinaryIO", form.file.stream)
    return receive_upload(runtime().files, form.file.filename, stream)
