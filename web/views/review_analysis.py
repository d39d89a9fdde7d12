"""Reviews seen as a whole: charts, each with its numbers; every number opens."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.permissions import opens_screen
from reviewflow.queries.question import Question
from reviewflow.queries.review_analysis import Analysis, read_period, review_analysis
from reviewflow.queries.review_book import review_book
from reviewflow.queries.review_lists import Wanted, review_list
from reviewflow.work import Work
from web.drawings import Size, column_chart, ring_chart, row_chart
from web.files import send_made
from web.signin import begin_reading

bp = Blueprint("review_analysis", __name__, url_prefix="/statistics/reviews")
ASKED = ("from", "to", "as_of")
WIDE, NARROW = 860, 560
ROW = 30
"""How high the place of a lying bar is."""
RADIUS = 110


@bp.get("")
def show() -> ResponseReturnValue:
    """Show how reviews went in a period."""
    with begin_reading() as work:
        try:
            found = review_analysis(work, _question(work))
        except Invalid as error:
            return _page(work, None, error.errors), 422
        return _page(work, found, {})


@bp.get("/list")
def listing() -> str:
    """List what a number counts."""
    with begin_reading() as work:
        page = request.args.get("page", 1, int)
        found = review_list(work, _question(work), _wanted(), page)
        return render_template("review_analysis/list.html", found=found, asked=_asked())


@bp.get("/list.xlsx")
def export_list() -> Response:
    """Give the whole list behind a number as a workbook."""
    with begin_reading() as work:
        question = _question(work)
        found = review_list(work, question, _wanted(), None)
        name = f"审查分析-{found.title}-{question.as_of}.xlsx"
        return send_made(workbook([found.sheet]), MEDIA_TYPE, name)


def _question(work: Work) -> Question:
    return read_period(_asked(), work.today)


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        asked.get("of", ""),
        asked.get("unit", None, int),
        asked.get("kind", ""),
        asked.get("slot", ""),
    )


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in ASKED if request.args.get(name)}


def _page(work: Work, found: Analysis | None, errors: dict[str, str]) -> str:
    return render_template(
        "review_analysis/show.html",
        found=found,
        words=review_book(),
        charts=_charts(found) if found else {},
        errors=errors,
        asked=_asked(),
        opens_screen=opens_screen(work.actor),
    )


def _charts(found: Analysis) -> dict[str, Any]:
    """Return what the server draws, and under `plots` the same for charts.js."""
    outcomes, problems, kinds = found.outcomes, found.problems, found.kinds
    said, numbers = [row[1] for row in outcomes], [row[2] for row in outcomes]
    types, points = [row[1] for row in problems], [row[2] for row in problems]
    sorts = [row.label for row in kinds]
    net = [float(row.spread.net_median or 0) for row in kinds]
    total = [float(row.spread.total_median or 0) for row in kinds]
    times = [slot.label for slot in found.trend]
    accepted, finished, late = (
        [found.in_trend.get((name, slot.key), 0) for slot in found.trend]
        for name in ("accepted", "finished", "late")
    )
    return {
        "trend": column_chart(times, accepted, Size(WIDE, 260), finished, late),
        "outcomes": ring_chart(said, numbers, RADIUS),
        "problems": row_chart(types, points, _tall(types, 14)),
        "spans": row_chart(sorts, net, _tall(sorts, 11)),
        "plots": {
            "trend": _plot(
                "columns", times, 受理=accepted, 出具意见=finished, 逾期=late
            ),
            "outcomes": _plot("ring", said, 审查结果=numbers),
            "problems": _plot("rows", types, 条数=points),
            "spans": _plot("rows", sorts, 净用时中位数=net, 总用时中位数=total),
        },
    }


def _tall(names: list[str], words: int) -> Size:
    """Return the paper for so many lying bars."""
    return Size(NARROW, ROW * max(len(names), 1), words=words)


def _plot(sort: str, labels: list[str], **series: list[Any]) -> dict[str, Any]:
    """Return what charts.js draws, if there is script: the same numbers."""
    return {"sort": sort, "labels": labels, "series": list(series.items())}
