"""Uploads: bytes are checked and made durable first, then a row names them."""

import re
from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa

from reviewflow import advising, journal
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.access import AuditRecord
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case, Task
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.storage.files import FileStore, Stored
from reviewflow.storage.intake import Sort, check_upload
from reviewflow.work import Work

UNFIT = re.compile(r"[\x00-\x1f\x7f/\\\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What no file name has: control characters, paths, and what turns the text round."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A checked file, safely stored, not yet part of any case."""

    name: str
    sort: Sort
    stored: Stored


def receive_upload(files: FileStore, name: str, source: BinaryIO) -> Upload:
    """Check a file and make it durable; done before any transaction begins.

    Raises:
        Invalid: The file is not what it says, too large, or unsafe.
        Unavailable: It could not be written.
    """
    clean = _clean_name(name)
    sort = check_upload(clean, source)
    source.seek(0)
    return Upload(clean, sort, files.put(source))


def attach_document(
    work: Work, case_id: int, role: str, upload: Upload
) -> DocumentVersion:
    """Add an upload to a case's dossier as a new version of one item.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor has no open task on the case.
        Conflict: The case is closed.
        Invalid: The dossier has no item of that role.
    """
    case = work.get(Case, case_id, lock=True)
    _require_a_task(work, case)
    label = document_labels(work.process(case).kind).get(role)
    if label is None:
        raise Invalid({"role": "材料清单中没有这一项，请从清单中选择。"})

    with work.beyond_sight():  # what others may not be shown counts all the same
        own = advising.own_advice(work, case) if role == advising.ROLE else None
        if own is not None:
            role, label = _own_paper(work, own, label)
        document = _document(work, case, role, label)
        version = _next_version(work, document, upload)
        if own is not None:
            own.document_id = document.id

    journal.record(
        work,
        case,
        "document.attached",
        role=role,
        number=version.number,
        name=upload.name if own is None else document.title,
        sha256=upload.stored.sha256,
    )
    return version


def add_document(work: Work, case: Case, role: str, upload: Upload) -> None:
    """Add an upload for an act that is no step; its use case has asked who may.

    Raises:
        Invalid: The dossier has no item of that role.
    """
    label = document_labels(work.process(case).kind).get(role)
    if label is None:
        raise Invalid({role: "材料清单中没有这一项。"})
    with work.beyond_sight():
        version = _next_version(work, _document(work, case, role, label), upload)
    journal.record(
        work,
        case,
        "document.attached",
        role=role,
        number=version.number,
        name=upload.name,
        sha256=upload.stored.sha256,
    )


def read_document(work: Work, document_id: int, number: int) -> DocumentVersion:
    """Return one version to be downloaded, and record that it was read.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    document = work.get(Document, document_id)
    version = next((v for v in document.versions if v.number == number), None)
    if version is None:
        raise Missing
    work.session.add(
        AuditRecord(
            actor_id=work.actor.id,
            kind="document.read",
            subject=f"document:{document_id}:{number}",
            at=work.now,
            details={"case_id": document.case_id, "name": version.name},
        )
    )
    return version


def document_labels(kind: ProcessKind) -> dict[str, str]:
    """Return every item a kind's dossier can have: role to Chinese label."""
    asked = {
        need.role: need.label for form in kind.forms.values() for need in form.documents
    }
    return asked | {need.role: need.label for need in kind.checklist}


def _own_paper(work: Work, advice: Advice, label: str) -> tuple[str, str]:
    """Return the item that is a counsel's alone; the record does not tell its name."""
    role = advising.paper_role(work, advice)
    return role, f"{label}（{advice.counsel.display_name}）"


def _require_a_task(work: Work, case: Case) -> None:
    if not case.is_running:
        raise Conflict("该事项已办结，不能再上传材料。")
    tasks = work.session.scalars(
        sa.select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))
    )
    if not any(work.actor.holds(task.role, task.unit_id) for task in tasks):
        raise Refused("该事项目前不在您的环节，不能上传材料。")


def _document(work: Work, case: Case, role: str, label: str) -> Document:
    document = work.session.scalar(
        sa.select(Document).where(Document.case_id == case.id, Document.role == role)
    )
    if document is None:
        document = Document(case_id=case.id, role=role, title=label, versions=[])
        work.session.add(document)
        work.session.flush()
    return document


def _next_version(work: Work, document: Document, upload: Upload) -> DocumentVersion:
    version = DocumentVersion(
        document=document,
        number=len(document.versions) + 1,
        name=upload.name,
        media_type=upload.sort.media_type,
        size_bytes=upload.stored.size_bytes,
        sha256=upload.stored.sha256,
        uploaded_at=work.now,
        uploaded_by_id=work.actor.id,
    )
    work.session.add(version)
    work.session.flush()
    return version


def _clean_name(name: str) -> str:
    clean = UNFIT.sub("_", name).strip(" .")
    if not clean:
        raise Invalid({"file": "请选择要上传的文件。"})
    return clean[-150:]
