"""Effects on the library: a document comes in as it is published (文件库)."""

from datetime import date

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.effects.publications import (
    find_publication,
    publish_document,
    register_document,
)
from reviewflow.effects.relations import (
    Change,
    get_by_number,
    make_change,
    numbers_in,
)
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case
from reviewflow.model.library import DocumentRelation, LibraryDocument, RelationSort
from reviewflow.model.publication import Publication
from reviewflow.work import Answers, Work

USUAL, TRIAL, PILOT = "TL-23", "TL-23T", "TL-30"
TRIAL_WORDS = ("暂行", "试行")
NAMED = {
    # question of a publication's form: what the new document does to those named
    "replaces": RelationSort.REPLACES,
    "amends": RelationSort.AMENDS,
    "repeals": RelationSort.REPEALS,
}


def publish(work: Work, case: Case, answers: Answers) -> None:
    """Note the publication, and enter the document in the library."""
    publish_document(work, case, answers)
    _enter(work, case, answers)


def register(work: Work, case: Case, answers: Answers) -> None:
    """Enter a document that was published outside the system, in the library too."""
    register_document(work, case, answers)
    _enter(work, case, answers)


def take_out(work: Work, case: Case) -> None:
    """Forget a document whose registration is taken back; nothing hangs on it yet.

    Raises:
        Conflict: It has changed another document, or was changed.
    """
    row = work.session.scalar(
        sa.select(LibraryDocument).where(LibraryDocument.case_id == case.id)
    )
    if row is None:
        return
    named = sa.or_(
        DocumentRelation.document_id == row.id, DocumentRelation.changed_id == row.id
    )
    if work.session.scalar(sa.select(DocumentRelation.id).where(named).limit(1)):
        raise Conflict("该文件在文件库中已与其他文件建立关系，不能撤回。")
    work.session.delete(row)


def _enter(work: Work, case: Case, answers: Answers) -> None:
    """Make the row of a published document.

    Raises:
        Invalid: It is valid for too long, or a document it names cannot be changed.
    """
    published = find_publication(work, case)
    if published is None or published.effective_on is None:
        raise Missing("该文件还没有公布，不能记入文件库。")
    row = LibraryDocument(
        publication=published,
        case_id=case.id,
        unit=case.unit,
        valid_until=published.valid_until,
        long_reason=str(answers.get("long_reason") or ""),
        is_pilot=answers.get("is_pilot") is True,
        entered_on=work.written_on,
    )
    limit = validity_limit(
        work, published, published.effective_on, is_pilot=row.is_pilot
    )
    if row.is_pilot and row.valid_until is None and limit is not None:
        row.valid_until = _last_day(work, limit, published.effective_on)
    if work.told_at is None:  # what was so, was so
        require_length(work, limit, published.effective_on, row)
    work.session.add(row)
    work.session.flush()
    _change_those_named(work, row, published.effective_on, answers)


def validity_limit(
    work: Work, published: Publication, start: date, *, is_pilot: bool
) -> TimeLimit | None:
    """Return the limit on how long a document may be valid from a day; none is fine.

    Source: the rows TL-23, TL-23T and TL-30 of the register name theirs.
    """
    is_trial = any(word in published.title for word in TRIAL_WORDS)
    limit_id = PILOT if is_pilot else TRIAL if is_trial else USUAL
    try:
        limit = work.law.limit(limit_id, start)
    except Missing:
        return None  # older than what the register knows of
    return limit if published.kind_code in limit.applies else None


def require_length(
    work: Work, limit: TimeLimit | None, start: date, row: LibraryDocument
) -> None:
    """Insist that a document is not valid for longer than it may be.

    Raises:
        Invalid: It is, and the limit is hard, or no reason is given.
    """
    if limit is None or row.valid_until is None:
        return
    last_on = _last_day(work, limit, start)
    if row.valid_until <= last_on:
        return
    last = chinese.day(last_on)
    length = f"{limit.days} {limit.unit}"
    if limit.hard:
        sentence = f"“{limit.title}”最长 {length}，请填写{last}或者更早的日期。"
        raise Invalid({"valid_until": sentence})
    if not row.long_reason.strip():
        sentence = f"有效期一般不超过 {length}（至{last}），超过的请填写理由。"
        raise Invalid({"long_reason": sentence})


def _last_day(work: Work, limit: TimeLimit, start: date) -> date:
    return work.law.deadline(limit.id, start).due_on


def _change_those_named(
    work: Work, by: LibraryDocument, on: date, answers: Answers
) -> None:
    for field, sort in NAMED.items():
        for number in numbers_in(str(answers.get(field) or "")):
            changed = get_by_number(work, number, field)
            make_change(work, Change(changed, sort, on, by=by), field)
