"""报送情况: that a yearly report was sent, written down with the paper itself."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing, ReviewflowError
from reviewflow.model.report import ReportSending, SendingWay
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_sendings import paper_name, sending_page
from reviewflow.queries.reports import wanted_report
from reviewflow.usecases.report_sendings import record_sending
from web.errors import status_of
from web.files import send_stored
from web.labels import label
from web.report_papers import make_paper
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import has_files, receive_files

bp = Blueprint("report_sendings", __name__, url_prefix="/reports")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ASKED = ("report", "organ")


@bp.get("/<int:year>/sending")
def show(year: int) -> ResponseReturnValue:
    """Show what was written down on the sending of a report, and the form."""
    return _page(year, None)


@bp.post("/<int:year>/sending")
def record(year: int) -> ResponseReturnValue:
    """Write down that a report was sent, or put right what was written down."""
    try:
        file = next((one for name, one in receive_files() if name == "file"), None)
        with begin_reading() as work:
            paper = make_paper(work, year, request.form)
        reports = outlines().reports
        with begin_work() as work:
            record_sending(work, year, request.form, reports, (paper, file))
            asked: dict[str, Any] = {**_asked(request.form)}
            place = url_for(".show", year=year, **asked)
            answer_with(place, "已登记报送情况，报告已经固定。")
    except (Invalid, Conflict) as error:
        return _page(year, error)
    return answered()


@bp.get("/sendings/<int:sending_id>/paper.docx")
def paper(sending_id: int) -> Response:
    """Send the report as it was made when its sending was written down."""
    with begin_reading() as work:
        row = work.get(ReportSending, sending_id)
        name = paper_name(row, outlines().reports[row.report])
        return send_stored(name, WORD, row.paper_sha256)


@bp.get("/sendings/<int:sending_id>/file")
def file(sending_id: int) -> Response:
    """Send the scan or file that really went out."""
    with begin_reading() as work:
        row = work.get(ReportSending, sending_id)
        if not row.file_sha256:
            raise Missing
        return send_stored(row.file_name, row.file_type, row.file_sha256)


def _asked(told: Mapping[str, str]) -> dict[str, str]:
    return {name: told[name] for name in ASKED if told.get(name)}


def _page(year: int, refused: ReviewflowError | None) -> ResponseReturnValue:
    told = request.form if refused else request.args
    with begin_reading() as work:
        page = sending_page(work, wanted_report(work, year, _asked(told)))
        text = render_template(
            "report_sendings/show.html",
            page=page,
            asked=_asked(told),
            typed=told if refused else _known(page.sent),
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
            files_lost=refused is not None and has_files(),
            ways=[(way.value, label(way)) for way in SendingWay],
        )
    return text, status_of(refused) if refused else 200


def _known(sent: ReportSending | None) -> dict[str, str]:
    """Return what the form says at first: the record that is to be put right."""
    if sent is None or sent.way is None:
        return {}
    return {
        "receiver": sent.receiver,
        "sent_on": str(sent.sent_on),
        "way": sent.way.value,
        "number": sent.number,
    }
