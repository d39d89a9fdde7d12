"""工作日历: the working days of a year, and the notice it comes from."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.queries.calendars import calendar_page
from reviewflow.usecases.law_changes import propose_year
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("calendars", __name__, url_prefix="/calendar")


@bp.get("")
def show() -> str:
    """Show a year, this one by default."""
    return _page({}, {})


@bp.post("")
def propose() -> ResponseReturnValue:
    """Read the text of a notice and propose it; somebody else approves."""
    try:
        with begin_work() as work:
            row = propose_year(work, request.form)
            address = url_for("rules.change", change_id=row.id)
            said = "已识别放假通知，请核对下面的日历；批准前不影响任何期限。"
            answer_with(address, said)
    except Invalid as error:
        return _page(request.form, error.errors), status_of(error)
    return answered()


def _page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        page = calendar_page(work, request.args.get("year", work.today.year, int))
        return render_template(
            "calendars/show.html", page=page, typed=typed, errors=errors
        )
