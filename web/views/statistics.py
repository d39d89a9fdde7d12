"""The indicators, the lists behind them, and both as workbooks."""

from io import BytesIO

from flask import (
    Blueprint,
    Response,
    current_app,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, Sheet, workbook
from reviewflow.model.filing import Chain
from reviewflow.permissions import opens_screen
from reviewflow.queries.bulletins import makes_bulletins
from reviewflow.queries.counted import all_counted, counted
from reviewflow.queries.definitions import book
from reviewflow.queries.indicator_sheets import (
    facts_of,
    list_sheet,
    statistics_sheets,
)
from reviewflow.queries.indicators import TOTAL, Indicators, indicators
from reviewflow.queries.question import Question, read_question, unverified_limits
from reviewflow.queries.review_book import review_book
from reviewflow.queries.trials import require_short
from reviewflow.work import Work
from web.signin import begin_reading

bp = Blueprint("statistics", __name__, url_prefix="/statistics")

ASKED = ("from", "to", "as_of", "group", "chain", "limit")
USUAL = {"group": "level"}


@bp.get("")
def show() -> ResponseReturnValue:
    """Show the rates, and a table of them by groups."""
    with begin_reading() as work:
        try:
            answer = indicators(work, _question(work))
        except Invalid as error:
            return _page(work, None, error.errors), 422
        return _page(work, answer, {})


@bp.get("/list")
def listing() -> str:
    """List what a number counts."""
    of, key = request.args.get("of", ""), request.args.get("key", TOTAL)
    with begin_reading() as work:
        page = request.args.get("page", 1, int)
        found = counted(work, _question(work), of, key, page=page)
        return render_template(
            "statistics/list.html",
            found=found,
            facts=facts_of(found.answer),
            asked=_asked(),
        )


@bp.get("/table.xlsx")
def export() -> Response:
    """Give the tables as a workbook."""
    with begin_reading() as work:
        answer = indicators(work, _question(work))
        return _workbook(statistics_sheets(answer), f"统计-{answer.question.as_of}")


@bp.get("/list.xlsx")
def export_list() -> Response:
    """Give the whole list behind a number as a workbook."""
    of, key = request.args.get("of", ""), request.args.get("key", TOTAL)
    with begin_reading() as work:
        found = all_counted(work, _question(work), of, key)
        name = f"{found.group}-{found.title}-{found.answer.question.as_of}"
        return _workbook([list_sheet(found)], name)


def _question(work: Work) -> Question:
    question = read_question(USUAL | _asked(), work.today)
    require_short(work, question, current_app.config["MOST_TRIED"])
    return question


def _asked() -> dict[str, str]:
    """Return the filter of the address, to be carried into other addresses."""
    return {name: request.args[name] for name in ASKED if request.args.get(name)}


def _page(work: Work, answer: Indicators | None, errors: dict[str, str]) -> str:
    chain = answer.question.chain if answer else Chain.GOV
    return render_template(
        "statistics/show.html",
        answer=answer,
        book=book(),
        fair=review_book(),
        facts=facts_of(answer) if answer else [],
        errors=errors,
        asked=_asked(),
        group=_asked().get("group", USUAL["group"]),
        makes_bulletins=makes_bulletins(work),
        opens_screen=opens_screen(work.actor),
        trials=unverified_limits(work.law, chain, work.today),
    )


def _workbook(sheets: list[Sheet], name: str) -> Response:
    return send_file(
        BytesIO(workbook(sheets)),
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{name}.xlsx",
    )
