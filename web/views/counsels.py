"""法律顾问: the register of counsel, and each entry."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.counsel import Counsel, CounselSort
from reviewflow.queries.counsels import counsel_row, counsel_sheet, list_counsels
from reviewflow.usecases.counsels import enter_counsel
from web.files import send_made
from web.labels import label
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("counsels", __name__, url_prefix="/counsels")
ASKED = ("sort", "fields", "licence", "firm", "term_from", "term_to")


@bp.get("")
def index() -> str:
    """List all counsel with their field, term and workload."""
    with begin_reading() as work:
        return render_template(
            "counsels/index.html", rows=list_counsels(work), year=work.today.year
        )


@bp.get("/table.xlsx")
def export() -> Response:
    """Give the register as a workbook."""
    with begin_reading() as work:
        words = {one: label(one) for one in CounselSort}
        sheet = counsel_sheet(list_counsels(work), work.today, words)
        content = workbook([sheet])
    return send_made(content, MEDIA_TYPE, f"{sheet.title}.xlsx")


@bp.get("/<int:counsel_id>")
def show(counsel_id: int) -> str:
    """Show one entry, to be changed by who keeps the register."""
    return _page(counsel_id)


@bp.post("/<int:counsel_id>")
def enter(counsel_id: int) -> ResponseReturnValue:
    """Enter somebody, or change the entry."""
    try:
        with begin_work() as work:
            row = enter_counsel(work, counsel_id, request.form)
            said = f"已登记{row.user.display_name}的聘任情况。"
            answer_with(url_for("counsels.index"), said)
    except Invalid as error:
        return _page(counsel_id, error), 422
    return answered()


def _page(counsel_id: int, refused: Invalid | None = None) -> str:
    with begin_reading() as work:
        row = counsel_row(work, counsel_id)
        return render_template(
            "counsels/show.html",
            row=row,
            sorts=CounselSort,
            typed=request.form or _typed(row.entry),
            errors=refused.errors if refused else {},
        )


def _typed(entry: Counsel | None) -> Mapping[str, str]:
    if entry is None:
        return {}
    return {name: str(getattr(entry, name) or "") for name in ASKED}
