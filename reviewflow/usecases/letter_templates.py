"""Templates of letters made in Word: uploaded, put to use, given up again."""

from typing import BinaryIO

from reviewflow import permissions, template_rows
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.letters.check_template import check_template
from reviewflow.letters.sorts import SORTS
from reviewflow.model.letter_template import LetterTemplate, TemplateAct
from reviewflow.storage.files import FileStore
from reviewflow.storage.inert_docx import check_inert
from reviewflow.storage.intake import check_upload
from reviewflow.template_rows import Wording
from reviewflow.usecases.documents import Upload, receive_upload
from reviewflow.usecases.people import audit
from reviewflow.work import Work

WORD = ".docx"


def receive_template(
    files: FileStore, wording: str, name: str, source: BinaryIO
) -> Upload:
    """Check a template and make it durable; done before any transaction begins.

    Args:
        files: Where it is kept.
        wording: Whose place it is to take.
        name: File name as uploaded.
        source: The open file.

    Raises:
        Missing: There is no such sort of letter.
        Invalid: It is no Word file, not inert, or cannot be filled; one sentence.
        Unavailable: It could not be written.
    """
    sort = wording.rpartition(".")[2]
    if sort not in SORTS:
        raise Missing
    if not name:
        raise Invalid({"file": "请选择修改好的 docx 文件。"})
    if not name.lower().endswith(WORD):
        raise Invalid(
            {"file": "文书模板须是 docx 文件，请用 Word 或者 WPS 另存后上传。"}
        )
    check_upload(name, source)
    check_inert(source)
    check_template(sort, source.read())
    source.seek(0)
    return receive_upload(files, name, source)


def add_template(work: Work, wording: str, upload: Upload) -> LetterTemplate:
    """Keep a checked template; letters take it once it is adopted.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such letter.
    """
    _wording(work, wording)
    row = _add(work, wording, TemplateAct.UPLOADED, upload.stored.sha256, upload.name)
    audit(work, "letter_template.uploaded", f"wording:{wording}", sha256=row.sha256)
    return row


def adopt_template(work: Work, wording: str, template_id: int) -> LetterTemplate:
    """Let letters take an uploaded template from now on.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such letter, or it has no such template.
        Conflict: It is in use.
    """
    _wording(work, wording)
    chosen = work.get(LetterTemplate, template_id)
    if chosen.wording != wording or not chosen.sha256:
        raise Missing
    used = template_rows.template_in_force(work, wording, work.now)
    if used is not None and used.sha256 == chosen.sha256:
        raise Conflict("这份模板正在使用，不需要再次启用。")
    row = _add(work, wording, TemplateAct.ADOPTED, chosen.sha256, chosen.name)
    audit(work, "letter_template.adopted", f"wording:{wording}", sha256=row.sha256)
    return row


def restore_shipped(work: Work, wording: str) -> LetterTemplate:
    """Let letters take the shipped template again.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such letter.
        Conflict: They do.
    """
    _wording(work, wording)
    if template_rows.template_in_force(work, wording, work.now) is None:
        raise Conflict("现在使用的就是系统自带模板。")
    row = _add(work, wording, TemplateAct.SHIPPED, "", "")
    audit(work, "letter_template.restored", f"wording:{wording}")
    return row


def _wording(work: Work, name: str) -> Wording:
    permissions.require_admin(work.actor)
    found = template_rows.wordings(work).get(name)
    if found is None or work.actor.id is None:
        raise Missing
    return found


def _add(
    work: Work, wording: str, act: TemplateAct, sha256: str, name: str
) -> LetterTemplate:
    row = LetterTemplate(
        wording=wording,
        act=act,
        sha256=sha256,
        name=name,
        at=work.now,
        by_id=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    return row
