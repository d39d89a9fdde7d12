"""工作任务看板: the items of the plan as they stand, and what each is proved by."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from reviewflow import chinese
from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.queries.counted import MOST_EXPORTED
from reviewflow.queries.definitions import book
from reviewflow.queries.indicator_sheets import facts_of
from reviewflow.queries.indicators import Indicators
from reviewflow.queries.item_book import plan
from reviewflow.queries.item_sheets import board_sheets, item_sheets
from reviewflow.queries.item_states import State
from reviewflow.queries.items import SHOWN, board, item_page, read_period
from reviewflow.queries.question import Question
from reviewflow.work import Work
from web.files import send_made
from web.labels import label
from web.signin import begin_reading

bp = Blueprint("items", __name__, url_prefix="/items")
ASKED = ("as_of", "year")
WORDS = {state: label(state) for state in State}


@bp.get("")
def index() -> ResponseReturnValue:
    """Show every item with target, actual and whether it is reached."""
    with begin_reading() as work:
        try:
            found = board(work, _question(work))
        except Invalid as error:
            return _page("items/index.html", None, error.errors, found=None), 422
        return _page("items/index.html", found.answer, {}, found=found)


@bp.get("/<int:item_number>")
def show(item_number: int) -> ResponseReturnValue:
    """Show one item by unit, with who is missing and the evidence."""
    with begin_reading() as work:
        try:
            found = item_page(work, _question(work), item_number, SHOWN)
        except Invalid as error:
            return _page("items/index.html", None, error.errors, found=None), 422
        return _page("items/show.html", found.answer, {}, page=found, shown=SHOWN)


@bp.get("/table.xlsx")
def export() -> Response:
    """Give the board as a workbook."""
    with begin_reading() as work:
        found = board(work, _question(work))
        sheets = board_sheets(found, WORDS)
        name = f"工作任务看板-{found.question.as_of}"
    return send_made(workbook(sheets), MEDIA_TYPE, f"{name}.xlsx")


@bp.get("/<int:item_number>/table.xlsx")
def export_item(item_number: int) -> Response:
    """Give one item as a workbook, with everything it is computed from."""
    with begin_reading() as work:
        page = item_page(work, _question(work), item_number, MOST_EXPORTED)
        sheets = item_sheets(page, WORDS)
        name = (
            f"第{item_number}项-{page.standing.item.title}-{page.answer.question.as_of}"
        )
    return send_made(workbook(sheets), MEDIA_TYPE, f"{name}.xlsx")


def _question(work: Work) -> Question:
    return read_period(request.args, work.today)


def _page(
    template: str,
    answer: Indicators | None,
    errors: Mapping[str, str],
    **more: object,
) -> str:
    question = answer.question if answer else None
    kept = {name: request.args[name] for name in ASKED if request.args.get(name)}
    return render_template(
        template,
        plan=plan(),
        book=book(),
        states=State,
        question=question,
        scope=_scope(answer),
        lists=_lists(question),
        asked=kept,
        errors=errors,
        **more,
    )


def _scope(answer: Indicators | None) -> list[str]:
    """Return over what, as of when and by which rules the figures are."""
    if answer is None:
        return []
    facts = ["：".join(fact) for fact in facts_of(answer)]
    day, year = answer.question.as_of, answer.question.last_day.year
    return [f"{year}年度", f"统计截至{chinese.day(day)}", *facts[-2:]]


def _lists(question: Question | None) -> dict[str, str]:
    """Return the filter of the lists behind the numbers."""
    if question is None:
        return {}
    days = {"from": question.from_on, "to": question.to_on, "as_of": question.as_of}
    return {name: str(day) for name, day in days.items()}
