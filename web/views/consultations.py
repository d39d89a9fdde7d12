"""Asking the public, for officials: what came in, its groups, the answers."""

from io import BytesIO
from typing import BinaryIO, cast

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.comments.sheets import HEADINGS, Line
from reviewflow.errors import Invalid
from reviewflow.letters.table_docx import render_table
from reviewflow.letters.workbook import MEDIA_TYPE, Sheet, workbook
from reviewflow.queries.adoption_table import (
    CHANNELS,
    SENDERS,
    SHARES,
    TITLE,
    find_table,
    table_facts,
)
from reviewflow.queries.consultations import consultation_page, group_page
from reviewflow.usecases.adoption_tables import file_table
from reviewflow.usecases.comment_forms import BY_HAND
from reviewflow.usecases.comment_groups import ask_for_grouping, move_comment
from reviewflow.usecases.comments import enter_comment, import_comments, read_table
from reviewflow.usecases.consultation_extensions import extend_consultation
from reviewflow.usecases.consultations import Answer, answer_groups
from reviewflow.usecases.documents import receive_upload
from web.files import send_made
from web.filters import day
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint(
    "consultations", __name__, url_prefix="/cases/<int:case_id>/consultations"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("")
def show(case_id: int) -> str:
    """Show the period, the groups and what waits for an answer."""
    return _page(case_id)


@bp.post("/comments")
def enter(case_id: int) -> ResponseReturnValue:
    """Enter a comment that came on paper or by mail."""
    try:
        with begin_work() as work:
            comment = enter_comment(work, case_id, request.form)
            said = f"已登记第 {comment.number} 号意见，回执编号 {comment.receipt}。"
            answer_with(url_for("consultations.show", case_id=case_id), said)
    except Invalid as error:
        return _page(case_id, error), 422
    return answered()


@bp.post("/sheet")
def take_sheet(case_id: int) -> ResponseReturnValue:
    """Import a table of comments: every row, or none."""
    try:
        lines = _sent_lines()
        with begin_work() as work:
            found = import_comments(work, case_id, lines)
            known = (
                f"；{found.known} 条此前已经导入，没有重复计入" if found.known else ""
            )
            answer_with(
                url_for("consultations.show", case_id=case_id),
                f"已导入 {found.added} 条意见{known}。",
            )
    except Invalid as error:
        return _page(case_id, error), 422
    return answered()


@bp.get("/template.xlsx")
def template(case_id: int) -> Response:
    """Give an empty table to be filled in."""
    with begin_reading() as work:
        consultation_page(work, case_id)
    return send_made(
        workbook([Sheet("意见", HEADINGS, [])]), MEDIA_TYPE, "意见导入模板.xlsx"
    )


@bp.post("/extension")
def extend(case_id: int) -> ResponseReturnValue:
    """Give the public more time."""
    try:
        with begin_work() as work:
            ends_on, reason = request.form["ends_on"], request.form["extension_reason"]
            row = extend_consultation(work, case_id, ends_on, reason)
            said = f"征求意见已延期至{day(row.ends_on)}，公开页面已更新。"
            answer_with(url_for("consultations.show", case_id=case_id), said)
    except Invalid as error:
        return _page(case_id, error), 422
    return answered()


@bp.post("/grouping")
def arrange(case_id: int) -> ResponseReturnValue:
    """Have grouped what has no group yet; the page of the job shows how far it is."""
    with begin_work() as work:
        job = ask_for_grouping(work, case_id)
        answer_with(url_for("jobs.show", job_id=job.id))
    return answered()


@bp.post("/answers")
def answer(case_id: int) -> ResponseReturnValue:
    """Answer the groups of a page."""
    here = {name: request.args[name] for name in ("of", "page") if name in request.args}
    try:
        with begin_work() as work:
            changed = answer_groups(work, case_id, _typed_answers())
            place = url_for("consultations.show", case_id=case_id, **here)  # type: ignore[arg-type]
            answer_with(place, f"已保存 {changed} 组答复。")
    except Invalid as error:
        return _page(case_id, error), 422
    return answered()


@bp.get("/groups/<int:group_id>")
def group(case_id: int, group_id: int) -> str:
    """Show the comments of a group; 0 is what has none yet."""
    return _group(case_id, group_id)


@bp.post("/groups/<int:group_id>")
def move(case_id: int, group_id: int) -> ResponseReturnValue:
    """Put one comment of a group elsewhere."""
    try:
        with begin_work() as work:
            comment_id = request.form.get("comment_id", 0, int)
            home = move_comment(work, case_id, comment_id, _target())
            place = url_for("consultations.group", case_id=case_id, group_id=home.id)
            answer_with(place, f"已移到第 {home.number} 组。")
    except Invalid as error:
        return _group(case_id, group_id, error), 422
    return answered()


@bp.get("/table.xlsx")
def export(case_id: int) -> Response:
    """Give the adoption table as a workbook."""
    with begin_reading() as work:
        table = find_table(work, case_id)
    return send_made(workbook([table.sheet]), MEDIA_TYPE, f"{TITLE}.xlsx")


@bp.get("/table.docx")
def download(case_id: int) -> Response:
    """Give the adoption table as a Word file."""
    return send_made(_word(case_id), WORD, f"{TITLE}.docx")


@bp.post("/table")
def keep(case_id: int) -> ResponseReturnValue:
    """Put the adoption table into the dossier."""
    upload = receive_upload(runtime().files, f"{TITLE}.docx", BytesIO(_word(case_id)))
    with begin_work() as work:
        version = file_table(work, case_id, upload)
        answer_with(
            url_for("documents.index", case_id=case_id),
            f"采纳情况表已存入送审材料（第 {version.number} 稿）。",
        )
    return answered()


def _word(case_id: int) -> bytes:
    with begin_reading() as work:
        table = find_table(work, case_id)
        facts, today = table_facts(work, table), work.today
    return render_table(table.sheet, facts, today, SHARES)


def _sent_lines() -> list[Line]:
    """Return the rows of the table that was sent."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise Invalid({"sheet": "请先选择要导入的表格。"})
    lines = read_table(file.filename, cast("BinaryIO", file.stream))
    file.stream.seek(0)
    return lines


def _target() -> str:
    """Return the number of the group to move to; nothing for a group of its own."""
    if request.form.get("act") == "split":
        return ""
    to = request.form.get("to", "").strip()
    if not to:
        raise Invalid({"to": "请填写要移到的组号。"})
    return to


def _typed_answers() -> dict[int, Answer]:
    """Return the answers of a page by group, as they were typed."""
    ids = request.form.getlist("group", int)
    adoption, reason = "adoption-{}", "reason-{}"
    return {
        group_id: Answer(
            request.form.get(adoption.format(group_id), ""),
            request.form.get(reason.format(group_id), ""),
        )
        for group_id in ids
    }


def _page(case_id: int, refused: Invalid | None = None) -> str:
    of, number = request.args.get("of", ""), request.args.get("page", 1, int)
    with begin_reading() as work:
        return render_template(
            "consultations/show.html",
            page=consultation_page(work, case_id, of, number),
            of=of,
            senders=[(sender.value, words) for sender, words in SENDERS.items()],
            channels=[(one.value, CHANNELS[one]) for one in CHANNELS if one in BY_HAND],
            typed=request.form,
            errors=refused.errors if refused else {},
            refused=refused,
        )


def _group(case_id: int, group_id: int, refused: Invalid | None = None) -> str:
    with begin_reading() as work:
        number = request.args.get("page", 1, int)
        return render_template(
            "consultations/group.html",
            page=group_page(work, case_id, group_id or None, number),
            typed=request.form,
            errors=refused.errors if refused else {},
        )
