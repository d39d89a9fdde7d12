"""The rows of a table of bases: entered, changed, looked at again, taken out."""

from collections.abc import Mapping

import sqlalchemy as sa

from reviewflow import clock, journal
from reviewflow.basis_rows import (
    Draft,
    Mark,
    require_drafting,
    require_latest,
    rows_of,
)
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.model.basis import Basis
from reviewflow.model.case import Case
from reviewflow.usecases.basis_forms import Entry, read_entry, said_of
from reviewflow.work import Work

MOST_ROWS = 2_000
"""Of one case."""


def add_basis(
    work: Work, case_id: int, typed: Mapping[str, str], draft: Draft | None
) -> Basis:
    """Enter a basis of a provision, or the statement why there is none.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        typed: Answers by field; the nature by its code.
        draft: The latest draft, read before.

    Raises:
        Missing: There is no such case for the actor, or its kind has no such table.
        Refused: The actor does not draft in its unit.
        Conflict: It is not being drafted, has no draft that can be cut, or has a
            newer one.
        Invalid: With a sentence for each answer that breaks a rule.
    """
    case, latest = drafted_case(work, case_id, draft)
    entry = read_entry(typed, latest)
    there = rows_of(work, case.id)
    if said_of(entry) in map(said_of, there):
        raise Invalid({"clause": "这一条已经有内容相同的一行，没有重复添加。"})
    require_room(len(there) + 1)

    row = new_row(work, case, entry, next_number(work, case))
    work.session.add(row)

    journal.record(work, case, "bases.added", clause=row.clause, nature=row.nature)
    return row


def change_basis(
    work: Work,
    case_id: int,
    basis_id: int,
    typed: Mapping[str, str],
    draft: Draft | None,
) -> Basis:
    """Put a row in the place of another, which is kept as it was.

    Raises:
        Missing, Refused, Invalid: As `add_basis`.
        Conflict: The same, or somebody has changed or taken out the row before.
    """
    case, old = _own_row(work, case_id, basis_id)
    entry = read_entry(typed, require_latest(work, case, draft))

    row = _replace(work, case, old, entry)

    journal.record(work, case, "bases.changed", clause=row.clause, nature=row.nature)
    return row


def confirm_basis(
    work: Work, case_id: int, basis_id: int, draft: Draft | None
) -> Basis:
    """Say that a row still holds for the provision as the latest draft has it.

    Raises:
        Missing, Refused: As `add_basis`.
        Conflict: As `change_basis`, or there is nothing to be looked at.
    """
    case, old = _own_row(work, case_id, basis_id)
    latest = require_latest(work, case, draft)
    if latest.mark(old) is not Mark.CHANGED:
        raise Conflict("这一行的条文没有修改，不用核对。")

    row = _replace(work, case, old, _at(old, latest, old.clause))

    journal.record(work, case, "bases.confirmed", clause=row.clause)
    return row


def follow_texts(work: Work, case_id: int, draft: Draft | None) -> int:
    """Let rows follow their provisions to the numbers they have now.

    Returns:
        How many did.

    Raises:
        Missing, Refused, Conflict: As `add_basis`.
    """
    case, latest = drafted_case(work, case_id, draft)
    moved = [row for row in rows_of(work, case.id) if latest.mark(row) is Mark.MOVED]
    for row in moved:
        place = latest.place_of(row) or row.clause
        _replace(work, case, row, _at(row, latest, place))
    if moved:
        journal.record(work, case, "bases.moved", rows=len(moved))
    return len(moved)


def remove_basis(work: Work, case_id: int, basis_id: int) -> Basis:
    """Take a row out of the table; what it said stays on record.

    Raises:
        Missing, Refused: As `add_basis`.
        Conflict: As `change_basis`.
    """
    case, row = _own_row(work, case_id, basis_id)

    _end(work, row)

    journal.record(work, case, "bases.removed", clause=row.clause, nature=row.nature)
    return row


def drafted_case(work: Work, case_id: int, draft: Draft | None) -> tuple[Case, Draft]:
    """Return a case whose rows the actor may change now, with its latest draft.

    Raises:
        Missing, Refused, Conflict: As `add_basis`.
    """
    case = work.get(Case, case_id, lock=True)
    require_drafting(work, case)
    return case, require_latest(work, case, draft)


def require_room(rows: int) -> None:
    """Insist that a table does not grow without end.

    Raises:
        Invalid: It would have too many rows.
    """
    if rows > MOST_ROWS:
        raise Invalid(message=f"一件事项最多 {MOST_ROWS} 行依据，请精简。")


def new_row(work: Work, case: Case, entry: Entry, number: int) -> Basis:
    """Return a row that says what was entered."""
    return Basis(
        case_id=case.id,
        number=number,
        clause=entry.clause,
        provision=entry.provision,
        nature=entry.nature,
        source=entry.source,
        quote=entry.quote,
        note=entry.note,
        entered_at=work.now,
        entered_by_id=work.actor.id,
    )


def next_number(work: Work, case: Case) -> int:
    """Return the place of the next row; none is given twice."""
    highest = sa.select(sa.func.max(Basis.number)).where(Basis.case_id == case.id)
    return (work.session.scalar(highest) or 0) + 1


def _own_row(work: Work, case_id: int, basis_id: int) -> tuple[Case, Basis]:
    case = work.get(Case, case_id, lock=True)
    require_drafting(work, case)
    row = work.get(Basis, basis_id)
    if row.case_id != case.id:
        raise Missing
    if row.ended_at is not None:
        who = row.ended_by.display_name if row.ended_by else ""
        at = row.ended_at.astimezone(clock.BEIJING).strftime("%m-%d %H:%M")
        raise Conflict(
            f"{row.clause}的这一行已由{who}于 {at} 更改或者删除，请查看最新内容后再改。"
        )
    return case, row


def _replace(work: Work, case: Case, old: Basis, entry: Entry) -> Basis:
    _end(work, old)
    row = new_row(work, case, entry, old.number)
    row.replaces_id = old.id
    work.session.add(row)
    return row


def _end(work: Work, row: Basis) -> None:
    row.ended_at, row.ended_by_id = work.now, work.actor.id


def _at(row: Basis, draft: Draft, clause: str) -> Entry:
    """Return what a row says, of a provision as it is now."""
    text = draft.provisions[clause]
    return Entry(clause, text, row.nature, row.source, row.quote, row.note)
