"""规章目录: the yearly list of rules, sent by 31 January of the year after."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.queries.rule_lists import receipt_of, rule_list_year, rule_sheet
from reviewflow.usecases.rule_lists import keep_receipt, send_rule_list
from web.addresses import row_key
from web.errors import status_of
from web.files import send_made, send_stored
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import receive_files

bp = Blueprint("rule_lists", __name__, url_prefix="/rule-lists")
FIRST, LAST = 2000, 2999


@bp.get("")
def index() -> ResponseReturnValue:
    """Show who owes the list of a year, and what was sent."""
    return _page(None)


@bp.post("")
def send() -> ResponseReturnValue:
    """Note that a list was sent."""
    try:
        with begin_work() as work:
            row = send_rule_list(work, request.form)
            answer_with(url_for(".index", year=row.year), "已登记报送。")
    except (Invalid, Conflict) as error:
        return _page(error)
    return answered()


@bp.post("/<int:rule_list_id>/receipt")
def receipt(rule_list_id: int) -> ResponseReturnValue:
    """Keep what the receiver answered."""
    try:
        files = [upload for role, upload in receive_files() if role == "receipt"]
        with begin_work() as work:
            said = request.form.get("received_on", "")
            row = keep_receipt(work, rule_list_id, said, files[0] if files else None)
            answer_with(url_for(".index", year=row.year), "已登记回执。")
    except (Invalid, Conflict) as error:
        return _page(error, rule_list_id)
    return answered()


@bp.get("/<int:rule_list_id>/receipt")
def read_receipt(rule_list_id: int) -> Response:
    """Send the receipt."""
    with begin_reading() as work:
        row = receipt_of(work, rule_list_id)
        return send_stored(row.receipt_name, row.receipt_type, row.receipt_sha256)


@bp.get("/units/<int:unit_id>.xlsx")
def sheet(unit_id: int) -> Response:
    """Send the list of one organ as a workbook, as the library has it today."""
    with begin_reading() as work:
        found = rule_sheet(work, unit_id, _year(work.today.year - 1))
    return send_made(workbook([found]), MEDIA_TYPE, f"{found.title}.xlsx")


def _year(usual: int) -> int:
    asked = request.values.get("year", usual, row_key)
    return asked if FIRST <= asked <= LAST else usual


def _page(
    refused: ReviewflowError | None, wrong_row: int | None = None
) -> ResponseReturnValue:
    errors: Mapping[str, str] = refused.errors if isinstance(refused, Invalid) else {}
    with begin_reading() as work:
        last = work.today.year - 1
        page = rule_list_year(work, _year(last))
        if not page.rows and "year" not in request.values:
            page = rule_list_year(work, last + 1)  # nothing is owed for last year
        text = render_template(
            "rule_lists/index.html",
            page=page,
            years=(last + 1, last, last - 1),
            typed=request.form,
            errors=errors,
            refused=refused,
            wrong_row=wrong_row,
        )
    return text, status_of(refused) if refused else 200
