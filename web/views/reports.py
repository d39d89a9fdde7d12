"""年度报告: which are owed by when, one as page and Word file, what people write."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing, ReviewflowError
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.filing import Chain
from reviewflow.queries.indicators import TOTAL
from reviewflow.queries.question import Group
from reviewflow.queries.report_blocks import Drawing
from reviewflow.queries.report_books import list_sheets, report_sheets
from reviewflow.queries.report_dues import usual_day
from reviewflow.queries.report_figures import Place, ReportFigures
from reviewflow.queries.report_lists import report_list
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_pieces import Piece
from reviewflow.queries.report_sheets import report_docx
from reviewflow.queries.reports import (
    PRINTED,
    report_index,
    report_page,
    wanted_report,
)
from reviewflow.usecases.reports import write_report_text
from web.charts import Chart, Curve, Lying, bar_chart, line_chart, lying_chart
from web.errors import status_of
from web.files import send_made
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("reports", __name__, url_prefix="/reports")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ASKED = ("report", "organ", "as_of")
HERE = (*ASKED, "of", "before", "chain", "by", "key")


@bp.get("")
def index() -> str:
    """List the reports of the last years, and by when each is owed."""
    with begin_reading() as work:
        lines = report_index(work)
        return render_template("reports/index.html", lines=lines, today=work.today)


@bp.get("/<int:year>")
def show(year: int) -> ResponseReturnValue:
    """Show one report: text, tables, charts, and what people write."""
    return _page(year, None)


@bp.post("/<int:year>")
def write(year: int) -> ResponseReturnValue:
    """Keep what somebody writes into a report."""
    try:
        with begin_work() as work:
            row = write_report_text(work, year, request.form, outlines().reports)
            asked: dict[str, Any] = {**_asked(request.form)}
            place = url_for(".show", year=year, **asked)
            said = "已保存。" if row.text else "已清空。"
            answer_with(f"{place}#{row.passage}", said)
    except (Invalid, Conflict) as error:
        return _page(year, error)
    return answered()


@bp.get("/<int:year>.docx")
def word(year: int) -> Response:
    """Give the report as a Word file."""
    with begin_reading() as work:
        page = report_page(work, wanted_report(work, year, request.args), PRINTED)
        return send_made(report_docx(page), WORD, f"{page.title}.docx")


@bp.get("/<int:year>/list")
def listing(year: int) -> str:
    """List what a number of a report counts."""
    with begin_reading() as work:
        wanted = wanted_report(work, year, request.args)
        figures = ReportFigures(work, wanted.organ, year, wanted.as_of)
        of, page = request.args.get("of", ""), request.args.get("page", 1, int)
        found = report_list(figures, of, _place(), page=page)
        return render_template(
            "reports/list.html",
            found=found,
            year=year,
            wanted=wanted,
            asked=_asked(request.args),
            here={name: request.args[name] for name in HERE if request.args.get(name)},
        )


@bp.get("/<int:year>/list.xlsx")
def export_list(year: int) -> Response:
    """Give the whole list behind a number as a workbook."""
    with begin_reading() as work:
        wanted = wanted_report(work, year, request.args)
        figures = ReportFigures(work, wanted.organ, year, wanted.as_of)
        sheets = list_sheets(figures, request.args.get("of", ""), _place())
        return send_made(workbook(sheets), MEDIA_TYPE, f"{sheets[0].title}.xlsx")


@bp.get("/<int:year>/lists.xlsx")
def export_lists(year: int) -> Response:
    """Give the lists behind all numbers of a report as one workbook."""
    with begin_reading() as work:
        page = report_page(work, wanted_report(work, year, request.args))
        content = workbook(report_sheets(page))
        return send_made(content, MEDIA_TYPE, f"{page.title}清单.xlsx")


def _place() -> Place:
    """Return where the number stands, as its address says.

    Raises:
        Missing: No number stands there.
    """
    args = request.args
    try:
        return Place(
            is_before=args.get("before") == "1",
            chain=Chain(args.get("chain", Chain.GOV)),
            group=Group(args.get("by", Group.KIND)),
            key=args.get("key", TOTAL),
        )
    except ValueError:
        raise Missing from None


def _asked(told: Mapping[str, str]) -> dict[str, str]:
    """Return which report is asked for, to be carried into other addresses."""
    return {name: told[name] for name in ASKED if told.get(name)}


def _page(year: int, refused: ReviewflowError | None) -> ResponseReturnValue:
    told = request.form if refused else request.args
    with begin_reading() as work:
        errors: Mapping[str, str] = {}
        try:
            wanted = wanted_report(work, year, told)
        except Invalid as error:
            refused, errors = error, error.errors
            wanted = wanted_report(work, year, {**_asked(told), "as_of": ""})
        page = report_page(work, wanted)
        text = render_template(
            "reports/show.html",
            page=page,
            usual=usual_day(work, year),
            reports=outlines().reports.values(),
            words=outlines().words,
            asked=_asked(told) if "as_of" not in errors else {},
            typed=told,
            errors=errors or (refused.errors if isinstance(refused, Invalid) else {}),
            refused=refused,
            way=_way,
            draw=_draw,
        )
    return text, status_of(refused) if refused else 200


def _way(asked: Mapping[str, str], piece: Piece) -> dict[str, str]:
    """Return how the address of a list names a number and where it stands."""
    found, place = {**asked, "of": piece.of}, piece.place or Place()
    if place.key != TOTAL:
        found |= {"by": place.group.value, "key": place.key}
    if place.chain is not Chain.GOV:
        found["chain"] = place.chain.value
    return found | ({"before": "1"} if place.is_before else {})


def _draw(drawing: Drawing) -> Chart | Lying | Curve:
    labels, values = drawing.labels, drawing.series[0].values
    if drawing.sort == "bar":
        return lying_chart(labels, values)
    if drawing.sort == "line":
        return line_chart(labels, values)
    return bar_chart(labels, values)
