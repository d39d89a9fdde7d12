"""Historical ledgers: a template to fill in, a file to import, what was imported."""

from typing import BinaryIO, cast

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.queries.ledgers import ledgers_page, template_sheets
from reviewflow.usecases.ledgers import Book, ask_to_import, open_ledger
from web.files import send_made
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("ledgers", __name__, url_prefix="/ledgers")
TEMPLATE = "历史台账模板.xlsx"


@bp.get("")
def index() -> ResponseReturnValue:
    """Show how a ledger is filled in, and those imported."""
    return _page(None)


@bp.get("/template.xlsx")
def template() -> Response:
    """Give an empty ledger."""
    with begin_reading() as work:
        sheets = template_sheets(work)
    return send_made(workbook(sheets), MEDIA_TYPE, TEMPLATE)


@bp.post("")
def take() -> ResponseReturnValue:
    """Check a ledger, and have it entered if all of it is right."""
    with begin_reading() as work:
        ledgers_page(work)  # whoever may not is told before the file is read
    try:
        book = _sent_book()
        with begin_work() as work:
            job = ask_to_import(work, book)
            answer_with(url_for("jobs.show", job_id=job.id))
    except Invalid as error:
        return _page(error)
    return answered()


def _sent_book() -> Book:
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise Invalid({"sheet": "请先选择要导入的台账。"})
    book = open_ledger(runtime().files, file.filename, cast("BinaryIO", file.stream))
    file.stream.seek(0)
    return book


def _page(refused: Invalid | None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "ledgers/index.html", page=ledgers_page(work), refused=refused
        )
    return text, 422 if refused else 200
