"""What is done to a document of the library: replaced, amended, repealed … (关系)."""

import re
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import journal, organs, progress
from reviewflow.effects.bases import tell_who_rests_on
from reviewflow.effects.publications import clean_number
from reviewflow.errors import Invalid
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.library import (
    ENDS,
    DocumentRelation,
    LibraryDocument,
    RelationSort,
)
from reviewflow.model.people import Unit, UnitSort
from reviewflow.model.publication import Publication
from reviewflow.work import Work

EVENTS = {
    RelationSort.REPLACES: "document.replaced",
    RelationSort.AMENDS: "document.amended",
    RelationSort.CHANGES: "document.changed",
    RelationSort.REPEALS: "document.repealed",
    RelationSort.LAPSES: "document.lapsed",
    RelationSort.REVOKES: "document.revoked",
}
BECAME = {
    RelationSort.REPLACES: "已被替代",
    RelationSort.AMENDS: "已修改",
    RelationSort.CHANGES: "已被改变",
    RelationSort.REPEALS: "已废止",
    RelationSort.LAPSES: "已宣布失效",
    RelationSort.REVOKES: "已撤销",
}
ENDINGS = {
    RelationSort.REPLACES: "文件已被替代",
    RelationSort.REPEALS: "文件已废止",
    RelationSort.LAPSES: "文件已宣布失效",
    RelationSort.REVOKES: "文件已撤销",
}
APART = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a document: by which other one, or on what basis."""

    changed: LibraryDocument
    sort: RelationSort
    effective_on: date
    by: LibraryDocument | None = None
    basis: str = ""
    within: Case | None = None
    """The case that does it; it ends by itself."""


def make_change(work: Work, change: Change, field: str = "") -> DocumentRelation:
    """Note what is done to a document; its state follows from the day.

    Args:
        work: Actor, instant and transaction.
        change: What is done, to which document, by what.
        field: The question of a form a refusal belongs to.

    Raises:
        Invalid: The document has ended already, is another organ's, is itself, or
            the two would change each other.
    """
    _require_possible(work, change, field)
    changed = change.changed
    row = DocumentRelation(
        document=change.by,
        changed=changed,
        sort=change.sort,
        effective_on=change.effective_on,
        basis=change.basis,
        made_at=work.now,
        made_by_id=work.actor.id,
    )
    work.session.add(row)
    ending = ENDS.get(change.sort)
    if ending is not None:
        changed.ended_on, changed.ended_as = change.effective_on, ending
    else:
        earlier = changed.amended_on or change.effective_on
        changed.amended_on = min(earlier, change.effective_on)
    with work.beyond_sight():
        work.session.flush()
        _tell(work, change)
        tell_who_rests_on(work, changed, BECAME[change.sort], change.effective_on)
    return row


def find_by_number(work: Work, number: str) -> LibraryDocument | None:
    """Return the document of the library with that number, if there is one."""
    return work.session.scalar(
        sa.select(LibraryDocument)
        .join(LibraryDocument.publication)
        .where(Publication.doc_number == number)
    )


def get_by_number(work: Work, typed: str, field: str) -> LibraryDocument:
    """Return the document whose number somebody wrote.

    Raises:
        Invalid: It is no number, or there is no such document.
    """
    number = _clean(typed, field)
    found = find_by_number(work, number)
    if found is None:
        sentence = (
            f"文件库中没有“{number}”，请核对；没有登记过的历史文件，"
            "请先按“已公布文件登记”登记。"
        )
        raise Invalid({field: sentence})
    return found


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text, one a line or set apart by 、，；, each once."""
    parts = (part.strip() for part in APART.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def may_change(by: Unit, maker: Unit) -> bool:
    """An organ may change its own documents, a government also those below it."""
    if by.id == maker.id:
        return True
    if by.sort not in {UnitSort.GOVERNMENT, UnitSort.OFFICE}:
        return False
    own, level = organs.government_of(by), maker.government
    if maker.sort is UnitSort.GOVERNMENT and maker.id == own.id:
        return True
    while level is not None and level.id != own.id:
        level = level.government
    return level is not None


def _clean(typed: str, field: str) -> str:
    for sort in ("doc_number", "order_number"):
        try:
            return clean_number(typed, sort)
        except Invalid:
            continue
    sentence = f"“{typed}”不是文号，请写成六政办〔2026〕15号的样子，一行一个。"
    raise Invalid({field: sentence})


def _require_possible(work: Work, change: Change, field: str) -> None:
    changed, by = change.changed, change.by
    number = changed.publication.doc_number
    if by is not None and by.id == changed.id:
        raise Invalid({field: f"“{number}”就是本文件，不能与自己建立关系。"})
    if changed.ended_on is not None or not changed.holds_on(work.today):
        raise Invalid({field: f"“{number}”已经不再执行，不能再次处理。"})
    if by is not None and not may_change(
        by.publication.maker, changed.publication.maker
    ):
        maker = changed.publication.maker.name
        sentence = f"“{number}”由{maker}制定，本文件的制定机关不能处理。"
        raise Invalid({field: sentence})
    if by is not None and by.id in _changed_after(work, changed):
        sentence = f"“{number}”已经修改或者替代了本文件，不能再反过来处理。"
        raise Invalid({field: sentence})


def _changed_after(work: Work, start: LibraryDocument) -> set[int]:
    """Return the ids of all that a document changed, and those in turn."""
    found: set[int] = set()
    ahead = [start.id]
    while ahead:
        rows = work.session.scalars(
            sa.select(DocumentRelation.changed_id).where(
                DocumentRelation.document_id.in_(ahead)
            )
        )
        ahead = [one for one in rows if one not in found]
        found.update(ahead)
    return found


def _tell(work: Work, change: Change) -> None:
    """Write the record of the document's own case; end what dealt with its end."""
    changed = change.changed
    case = work.get(Case, changed.case_id, lock=True)
    journal.record(
        work,
        case,
        EVENTS[change.sort],
        number=change.by and change.by.publication.doc_number,
        effective_on=change.effective_on,
        basis=change.basis or None,
    )
    if changed.validity_case_id is None or change.sort not in ENDINGS:
        return
    ending = work.get(Case, changed.validity_case_id, lock=True)
    is_other = change.within is None or change.within.id != ending.id
    if is_other and ending.is_running:
        progress.finish(work, ending, CaseStatus.TERMINATED, ENDINGS[change.sort])
