"""文书模板: the letters of the place, edited in Word; for administrators."""

from io import BytesIO

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.letter import Letter
from reviewflow.letters.render_docx import render_docx
from reviewflow.model.advice import Verdict
from reviewflow.model.cleanup import CleanupResult
from reviewflow.model.filing_review import FilingVerdict
from reviewflow.model.hearing import Choosing
from reviewflow.model.letter_template import TemplateAct
from reviewflow.model.meeting import Voice
from reviewflow.model.opinion import Adoption, Conclusion, Nature
from reviewflow.model.unit_opinion import Stance
from reviewflow.queries.letter_templates import (
    case_letter,
    list_templates,
    sample_letter,
    shipped_file,
    template_file,
    template_page,
)
from reviewflow.usecases.letter_templates import (
    add_template,
    adopt_template,
    receive_template,
    restore_shipped,
)
from reviewflow.work import Work
from web.addresses import row_key
from web.administration import admit_administrators
from web.errors import status_of
from web.files import send_made, send_stored
from web.labels import label
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("letter_templates", __name__, url_prefix="/templates")
bp.before_request(admit_administrators)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODED = (
    *(Adoption, Choosing, CleanupResult, Conclusion, FilingVerdict, Nature),
    *(Stance, Verdict, Voice),
)
CODES = {one.value: label(one) for kind in CODED for one in kind} | {
    "PROBLEM": "有问题",
    "MEETING": "论证会",
    "CONTROLLABLE": "风险可控",
    "CONDITIONAL": "修改后同意",
    "REFUSED": "拒绝签字",
    "RETURN": "退回修改",
    "EXCEPTION": "适用例外规定",
    "PUBLIC_INTEREST": "社会公共利益",
    "CITY": "市级",
}
"""What the codes mean that a template asks for in its conditions."""


@bp.get("")
def index() -> str:
    """List every sort of letter, where it is used, and whose template it takes."""
    with begin_reading() as work:
        entries = list_templates(work)
        return render_template("letter_templates/index.html", entries=entries)


@bp.get("/<wording>")
def show(wording: str) -> str:
    """Show one sort of letter: its template, the earlier ones, the fields."""
    return _page(wording)


@bp.post("/<wording>")
def add(wording: str) -> ResponseReturnValue:
    """Take a template; it is not used before it is adopted."""
    try:
        name, source = _sent()
        upload = receive_template(runtime().files, wording, name, source)
        with begin_work() as work:
            row = add_template(work, wording, upload)
            address = url_for(".preview", wording=wording, template=row.id)
            answer_with(address, "模板已上传，还没有启用。请核对下面的预览。")
    except Invalid as error:
        return _page(wording, error), status_of(error)
    return answered()


@bp.post("/<wording>/adopt")
def adopt(wording: str) -> ResponseReturnValue:
    """Let letters take a template from now on; without one, the shipped again."""
    chosen = request.form.get("template_id", 0, row_key)
    with begin_work() as work:
        if chosen:
            adopt_template(work, wording, chosen)
            said = "已启用，今后的文书使用这份模板；已经发出的文书不变。"
        else:
            restore_shipped(work, wording)
            said = "已恢复系统自带模板；已经发出的文书不变。"
        answer_with(url_for(".show", wording=wording), said)
    return answered()


@bp.get("/<wording>/shipped.docx")
def shipped(wording: str) -> Response:
    """Give the shipped template as a Word file."""
    with begin_reading() as work:
        content = shipped_file(work, wording)
        title = template_page(work, wording).entry.sort.short_title
    return _word(content, f"{title}（系统自带模板）.docx")


@bp.get("/<wording>/<int:template_id>.docx")
def download(wording: str, template_id: int) -> Response:
    """Give an uploaded template as it was uploaded."""
    with begin_reading() as work:
        row, file = template_file(work, wording, template_id)
        file.close()
        return send_stored(row.name, WORD, row.sha256)


@bp.get("/<wording>/preview")
def preview(wording: str) -> ResponseReturnValue:
    """Show a template filled with sample values, or with those of a case."""
    refused: Invalid | None = None
    chosen = request.args.get("template", 0, row_key)
    with begin_reading() as work:
        try:
            letter = _filled(work, wording)
        except Invalid as error:
            refused, letter = error, sample_letter(work, wording, chosen)
        page = template_page(work, wording)
        rows = {row.id: row for row in page.acts}
        text = render_template(
            "letter_templates/preview.html",
            page=page,
            letter=letter,
            row=rows.get(chosen),
            number=request.args.get("number", ""),
            refused=refused,
        )
    return text, 200 if refused is None else status_of(refused)


@bp.get("/<wording>/preview.docx")
def preview_file(wording: str) -> Response:
    """Give the same as a Word file."""
    with begin_reading() as work:
        letter = _filled(work, wording)
    return _word(render_docx(letter), letter.file_name)


def _filled(work: Work, wording: str) -> Letter:
    chosen = request.args.get("template", 0, row_key)
    number = request.args.get("number", "").strip()
    if number:
        return case_letter(work, wording, chosen, number)
    return sample_letter(work, wording, chosen)


def _sent() -> tuple[str, BytesIO]:
    """Return name and bytes of the file of the form; nothing if there is none."""
    file = request.files.get("file")
    if file is None:
        return "", BytesIO()
    return file.filename or "", BytesIO(file.stream.read())


def _page(wording: str, refused: Invalid | None = None) -> str:
    with begin_reading() as work:
        return render_template(
            "letter_templates/show.html",
            page=template_page(work, wording),
            acts=TemplateAct,
            codes=CODES,
            errors=refused.errors if refused else {},
        )


def _word(content: bytes, name: str) -> Response:
    return send_made(content, WORD, name)
