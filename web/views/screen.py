"""The big screen: stands alone on a wall, and comes back to itself every minute."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from reviewflow.errors import Unavailable
from reviewflow.queries.screen import Screen, screen
from web.drawings import Size, column_chart, ring_chart, row_chart
from web.errors import status_of
from web.signin import begin_reading

bp = Blueprint("screen", __name__, url_prefix="/screen")
SECONDS = 60
TYPE = 19
LOW, WIDE = Size(500, 310, TYPE, 9), Size(800, 290, TYPE)
RADIUS = 120
MOST_PROBLEMS = 6


@bp.get("")
def show() -> ResponseReturnValue:
    """Show how reviews stand; when they cannot be read, say so and try again."""
    still = bool(request.args.get("still"))
    try:
        with begin_reading() as work:
            found = screen(work)
            return render_template(
                "screen/show.html",
                found=found,
                charts=_charts(found),
                seconds=None if still else SECONDS,
            )
    except Unavailable as error:
        page = render_template("screen/failed.html", error=error, seconds=SECONDS)
        return page, status_of(error)


def _charts(found: Screen) -> dict[str, Any]:
    year = found.analysis
    slots = year.trend

    def counted(name: str) -> list[int]:
        return [year.in_trend.get((name, slot.key), 0) for slot in slots]

    kinds = [row for row in year.kinds if row.spread.net_median is not None]
    problems = year.problems[:MOST_PROBLEMS]
    outcomes = year.outcomes
    return {
        "units": row_chart(
            [name for name, _ in found.units], [n for _, n in found.units], LOW
        ),
        "trend": column_chart(
            [s.label for s in slots], counted("accepted"), WIDE, counted("finished")
        ),
        "outcomes": ring_chart(
            [w for _, w, _ in outcomes], [n for *_, n in outcomes], RADIUS
        ),
        "spans": row_chart(
            [row.label for row in kinds],
            [float(row.spread.net_median or 0) for row in kinds],
            LOW,
        ),
        "problems": row_chart(
            [w for _, w, _ in problems], [n for *_, n in problems], LOW
        ),
    }
