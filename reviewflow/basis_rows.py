"""The rows of a table of bases beside the draft they speak of."""

import enum
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import provisions
from reviewflow.consulted import may_consult
from reviewflow.errors import Conflict, Missing, Refused
from reviewflow.model.basis import Basis, BasisTable, Nature
from reviewflow.model.case import Case, Part, Task
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.publication import Publication
from reviewflow.paragraphs import ENDING, Words, read_words
from reviewflow.work import Work

ROLE, DRAFT = "basis_table", "submission_draft"
IN_DRAFTING = frozenset({Part.DRAFTING_UNIT, Part.COMPETITION_AUTHORITY})
"""In whose hands a draft is before it is submitted, and when it comes back."""
NATURES: Mapping[Nature, str] = {
    Nature.EXECUTE: "执行性",
    Nature.DETAIL: "细化性",
    Nature.OWN: "自设",
}


class Mark(enum.StrEnum):
    """What has become of the provision since a row was entered."""

    CHANGED = "CHANGED"
    """条文已修改"""
    MOVED = "MOVED"
    """条文已移位"""
    GONE = "GONE"
    """条文已删除"""


class Laid(enum.StrEnum):
    """How the file in the dossier stands to the rows."""

    NONE = "NONE"
    """未存入"""
    CURRENT = "CURRENT"
    """已存入"""
    OLDER = "OLDER"
    """存入以后有改动"""
    BY_HAND = "BY_HAND"
    """另行上传"""


@dataclass(frozen=True, slots=True)
class Draft:
    """The latest draft of a case, as far as it can be cut.

    It is read before a transaction begins that writes; `require_latest` then says
    whether it still is the latest.
    """

    version_id: int
    name: str
    number: int
    provisions: Mapping[str, str]
    """Text by number; none if the file cannot be cut."""
    places: Mapping[str, str]
    """Number by plain text."""
    numbers_itself: bool

    def mark(self, row: Basis) -> Mark | None:
        """Return what has become of a row's provision, nothing if it stands."""
        said = provisions.plain(row.provision)
        now = self.provisions.get(row.clause)
        if not self.provisions or (now is not None and provisions.plain(now) == said):
            return None
        if said in self.places:
            return Mark.MOVED
        return Mark.GONE if now is None else Mark.CHANGED

    def place_of(self, row: Basis) -> str | None:
        """Return where the text of a row stands now."""
        return self.places.get(provisions.plain(row.provision))


def is_kept(work: Work, case: Case) -> bool:
    """Cases of its kind are drafted here, and carry a table of bases."""
    kind = work.process(case).kind
    asked = {need.role for form in kind.forms.values() for need in form.documents}
    return {ROLE, DRAFT} <= asked


def may_keep(work: Work, case: Case) -> bool:
    """The actor drafts in its unit, and it is being drafted."""
    return may_consult(work.actor, case) and is_being_drafted(work, case)


def require_drafting(work: Work, case: Case) -> None:
    """Insist that the actor may change the rows now.

    Raises:
        Missing: Cases of its kind have no such table.
        Refused: The actor does not draft in its unit.
        Conflict: It has been submitted and has not come back, or is closed.
    """
    if not is_kept(work, case):
        raise Missing
    if not may_consult(work.actor, case):
        raise Refused("条文依据对照表由起草单位填写，请联系起草承办人。")
    if not is_being_drafted(work, case):
        raise Conflict(
            "该事项不在起草单位办理，不能改动条文依据对照表；退回修改或者补正时可以再改。"
        )


def is_being_drafted(work: Work, case: Case) -> bool:
    """All that a case waits for is with the drafting unit, and it is not published."""
    if not case.is_running:
        return False
    kind = work.process(case).kind
    steps = work.session.scalars(
        sa.select(Task.step).where(Task.case_id == case.id, Task.closed_at.is_(None))
    )
    parts = {kind.post_of(step).part for step in steps}
    published = sa.select(Publication.id).where(Publication.case_id == case.id)
    return bool(parts) and parts <= IN_DRAFTING and not work.session.scalar(published)


def rows_of(work: Work, case_id: int) -> list[Basis]:
    """Return the rows in force, in the order in which they were first entered."""
    return list(
        work.session.scalars(
            sa.select(Basis)
            .where(Basis.case_id == case_id, Basis.ended_at.is_(None))
            .order_by(Basis.number, Basis.id)
            .options(joinedload(Basis.entered_by))
        )
    )


def find_draft(work: Work, case_id: int) -> Draft | None:
    """Return the latest draft of a case, none if nothing was uploaded."""
    version = _latest(work, case_id, DRAFT)
    if version is None:
        return None
    words = _words(work, version)
    found = {} if words is None else provisions.cut(words.paragraphs)
    return Draft(
        version_id=version.id,
        name=version.name,
        number=version.number,
        provisions=found,
        places={provisions.plain(text): name for name, text in reversed(found.items())},
        numbers_itself=words is not None and words.numbers_itself,
    )


def require_latest(work: Work, case: Case, draft: Draft | None) -> Draft:
    """Insist that a draft is the latest of a case, and can be cut.

    Raises:
        Conflict: There is none, it cannot be cut, or a newer one was uploaded.
    """
    if draft is None or not draft.provisions:
        raise Conflict(
            "请先上传 docx 格式、条号为文字的草案或者送审稿，再逐条填写依据。"
        )
    latest = _latest(work, case.id, DRAFT)
    if latest is None or latest.id != draft.version_id:
        raise Conflict("刚刚上传了新的草案，请查看最新的条文后再办理。")
    return draft


def _words(work: Work, version: DocumentVersion) -> Words | None:
    if not version.name.lower().endswith(ENDING):
        return None
    try:
        with work.files.open(version.sha256) as file:
            return read_words(file)
    except Missing:
        return None


def missing_clauses(draft: Draft | None, rows: Iterable[Basis]) -> list[str]:
    """Return the provisions that have no row yet."""
    there = {row.clause for row in rows}
    return [name for name in draft.provisions if name not in there] if draft else []


def stamp_of(rows: Iterable[Basis]) -> str:
    """Return the digest of which rows there are; no row ever changes."""
    ids = ",".join(str(row.id) for row in sorted(rows, key=lambda row: row.id))
    return hashlib.sha256(ids.encode()).hexdigest()


def laid(work: Work, case_id: int, rows: Iterable[Basis]) -> Laid:
    """Return how the latest file in the dossier stands to the rows."""
    found = work.session.execute(
        sa.select(DocumentVersion.id, BasisTable.stamp)
        .join(DocumentVersion.document)
        .outerjoin(BasisTable, BasisTable.version_id == DocumentVersion.id)
        .where(Document.case_id == case_id, Document.role == ROLE)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    ).first()
    if found is None:
        return Laid.NONE
    if found.stamp is None:
        return Laid.BY_HAND
    return Laid.CURRENT if found.stamp == stamp_of(rows) else Laid.OLDER


def _latest(work: Work, case_id: int, role: str) -> DocumentVersion | None:
    return work.session.scalar(
        sa.select(DocumentVersion)
        .join(DocumentVersion.document)
        .where(Document.case_id == case_id, Document.role == role)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    )
