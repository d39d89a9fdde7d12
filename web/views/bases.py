"""条文依据对照表: what every provision of a draft rests on, row by row."""

from typing import BinaryIO, cast

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.basis_rows import Draft
from reviewflow.comments.sheets import Line
from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.basis import Nature
from reviewflow.queries.bases import bases_page, basis_form, latest_draft
from reviewflow.queries.basis_tables import TITLE, find_table
from reviewflow.usecases.bases import (
    add_basis,
    change_basis,
    confirm_basis,
    follow_texts,
    remove_basis,
)
from reviewflow.usecases.basis_sheets import import_bases, read_sheet
from reviewflow.usecases.basis_tables import file_bases
from web.basis_tables import NAME, store_table, word_file
from web.errors import status_of
from web.files import send_made
from web.labels import label
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("bases", __name__, url_prefix="/cases/<int:case_id>/bases")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("")
def show(case_id: int) -> ResponseReturnValue:
    """Show the provisions of the draft with their rows."""
    return _page(case_id)


@bp.get("/new")
def new(case_id: int) -> ResponseReturnValue:
    """Show an empty row for a provision."""
    return _form(case_id, None)


@bp.post("/new")
def add(case_id: int) -> ResponseReturnValue:
    """Enter a row."""
    try:
        draft = _draft(case_id)
        with begin_work() as work:
            row = add_basis(work, case_id, request.form, draft)
            answer_with(_place(case_id), f"已添加{row.clause}的依据。")
    except Invalid as error:
        return _form(case_id, None, error)
    return answered()


@bp.get("/<int:basis_id>")
def edit(case_id: int, basis_id: int) -> ResponseReturnValue:
    """Show a row to be changed."""
    return _form(case_id, basis_id)


@bp.post("/<int:basis_id>")
def change(case_id: int, basis_id: int) -> ResponseReturnValue:
    """Put another row in the place of one."""
    try:
        draft = _draft(case_id)
        with begin_work() as work:
            row = change_basis(work, case_id, basis_id, request.form, draft)
            answer_with(_place(case_id), f"已更改{row.clause}的依据。")
    except Invalid as error:
        return _form(case_id, basis_id, error)
    return answered()


@bp.post("/<int:basis_id>/removal")
def remove(case_id: int, basis_id: int) -> ResponseReturnValue:
    """Take a row out."""
    with begin_work() as work:
        row = remove_basis(work, case_id, basis_id)
        answer_with(
            _place(case_id), f"已删除{row.clause}的这一行，原内容见“此前的内容”。"
        )
    return answered()


@bp.post("/<int:basis_id>/confirmation")
def confirm(case_id: int, basis_id: int) -> ResponseReturnValue:
    """Say that a row still holds."""
    draft = _draft(case_id)
    with begin_work() as work:
        row = confirm_basis(work, case_id, basis_id, draft)
        answer_with(_place(case_id), f"已核对{row.clause}的依据。")
    return answered()


@bp.post("/moves")
def follow(case_id: int) -> ResponseReturnValue:
    """Let rows follow their provisions to other numbers."""
    draft = _draft(case_id)
    with begin_work() as work:
        moved = follow_texts(work, case_id, draft)
        answer_with(_place(case_id), f"已把 {moved} 行移到新的条号。")
    return answered()


@bp.post("/sheet")
def take_sheet(case_id: int) -> ResponseReturnValue:
    """Import a table: every row, or none."""
    try:
        lines, draft = _sent_lines(), _draft(case_id)
        with begin_work() as work:
            found = import_bases(work, case_id, lines, draft)
            known = f"；{found.known} 行此前已有，没有重复添加" if found.known else ""
            blank = f"；{found.blank} 行只有条文，没有填写依据" if found.blank else ""
            said = f"已导入 {found.added} 行{known}{blank}。"
            answer_with(_place(case_id), said)
    except Invalid as error:
        return _page(case_id, error)
    return answered()


@bp.get("/table.xlsx")
def export(case_id: int) -> Response:
    """Give the table as a workbook, which can be filled in and imported."""
    with begin_reading() as work:
        table = find_table(work, case_id)
    return send_made(workbook([table.sheet]), MEDIA_TYPE, f"{TITLE}.xlsx")


@bp.get("/table.docx")
def download(case_id: int) -> Response:
    """Give the table as a Word file."""
    with begin_reading() as work:
        table = find_table(work, case_id)
    return send_made(word_file(table), WORD, NAME)


@bp.post("/table")
def keep(case_id: int) -> ResponseReturnValue:
    """Put the table into the dossier."""
    with begin_reading() as work:
        table = find_table(work, case_id)
    upload = store_table(table)
    try:
        with begin_work() as work:
            version = file_bases(work, case_id, upload, table.stamp, table.draft)
            said = f"对照表已存入送审材料（第 {version.number} 稿）。"
            answer_with(url_for("documents.index", case_id=case_id), said)
    except Conflict as error:
        return _page(case_id, error)
    return answered()


def _place(case_id: int) -> str:
    return url_for("bases.show", case_id=case_id)


def _draft(case_id: int) -> Draft | None:
    """Return the latest draft, read before anything is written."""
    with begin_reading() as work:
        return latest_draft(work, case_id)


def _sent_lines() -> list[Line]:
    """Return the rows of the table that was sent."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise Invalid({"sheet": "请先选择要导入的表格。"})
    lines = read_sheet(file.filename, cast("BinaryIO", file.stream))
    file.stream.seek(0)
    return lines


def _page(case_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "bases/show.html",
            page=bases_page(work, case_id),
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
        )
    return text, status_of(refused) if refused else 200


def _form(
    case_id: int, basis_id: int | None, refused: Invalid | None = None
) -> ResponseReturnValue:
    clause = request.values.get("clause", "")
    with begin_reading() as work:
        text = render_template(
            "bases/form.html",
            page=basis_form(work, case_id, clause, basis_id),
            natures=[(one.value, label(one)) for one in Nature],
            typed=request.form,
            errors=refused.errors if refused else {},
            refused=refused,
        )
    return text, 422 if refused else 200
