"""The lists behind the numbers of a yearly report: all that is counted, as seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import User
from reviewflow.model.publication import Publication
from reviewflow.queries.counted_rows import BATCH, rows_of
from reviewflow.queries.definitions import book
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.report_facts import ReportFact, Value
from reviewflow.queries.report_figures import Place, ReportFigures
from reviewflow.queries.report_outlines import outlines
from reviewflow.work import Work

CASES, DOCUMENTS, USERS, FILINGS = "cases", "documents", "users", "filings"
IDS_OF: Mapping[str, str] = {
    **dict.fromkeys(("opinions", "problems", "events"), CASES),
    "cleaned": DOCUMENTS,
    "staff": USERS,
}
SEEN: Mapping[str, Any] = {CASES: Case.id, FILINGS: FilingObligation.id}
"""What not everybody may see; organs and documents of the library are for all."""
TOLD: Mapping[str, sa.Select[*tuple[Any, ...]]] = {
    CASES: sa.select(Case.id, Case.title, Case.number),
    DOCUMENTS: sa.select(
        LibraryDocument.id, Publication.title, Publication.doc_number
    ).join(LibraryDocument.publication),
    USERS: sa.select(User.id, User.display_name),
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One thing that is counted; what the actor may not see has only its number."""

    id: int
    is_seen: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ReportList:
    """What a number of a report counts: one page of it, or all."""

    title: str
    group: str
    ids_of: str
    headings: tuple[str, ...]
    rows: list[ReportRow]
    paging: Paging


def report_list(
    figures: ReportFigures, count: str, place: Place, *, page: int
) -> ReportList:
    """Return one page of the list behind a number.

    Raises:
        Missing: There is no such count, or nothing in that group.
    """
    facts = _facts(figures, count, place)
    cut = paging(len(facts), page)
    return _list(figures, count, place, facts[cut.first : cut.end], cut)


def whole_list(
    figures: ReportFigures, count: str, place: Place, most: int
) -> ReportList:
    """Return the list behind a number from its beginning, at most so many rows.

    Raises:
        Missing: There is no such count.
    """
    facts = _facts(figures, count, place)
    return _list(figures, count, place, facts[:most], paging(len(facts), 1))


def _facts(figures: ReportFigures, count: str, place: Place) -> Sequence[Any]:
    part = figures.part(place)
    if count in outlines().counts:
        return part.own.facts(count)
    if count not in book().counts:
        raise Missing
    return [] if part.figures is None else part.figures.tally.facts(count)


def _list(
    figures: ReportFigures,
    count: str,
    place: Place,
    facts: Sequence[Any],
    cut: Paging,
) -> ReportList:
    own = count in outlines().counts
    subject = _subject(count)
    headings = outlines().lists[subject] if own else book().lists[subject]
    ids_of = IDS_OF[subject] if own else book().ids[subject]
    with figures.work.beyond_sight():
        if own:
            rows = _own_rows(figures.work, ids_of, facts)
        else:
            found = rows_of(figures.work, figures.answer(place), subject, facts)
            rows = [(row.id, row.values) for row in found]
    return ReportList(
        title=outlines().title(count),
        group=figures.part(place).label,
        ids_of=ids_of,
        headings=headings,
        rows=_as_seen(figures.work, ids_of, rows),
        paging=cut,
    )


def _subject(count: str) -> str:
    """Return what list shows a count: of opinions, problems, filings and so on."""
    if count not in outlines().counts:
        return book().subject(count)
    if count in outlines().events.values():
        return "events"
    return count.partition("_")[0]


def _own_rows(
    work: Work, ids_of: str, facts: Sequence[ReportFact]
) -> list[tuple[int, tuple[Value, ...]]]:
    ids = sorted({fact.id for fact in facts})
    select = TOLD[ids_of]
    column = select.selected_columns[0]
    told: dict[int, tuple[Value, ...]] = {}
    for start in range(0, len(ids), BATCH):
        part = select.where(column.in_(ids[start : start + BATCH]))
        told |= {row[0]: tuple(row[1:]) for row in work.session.execute(part)}
    return [(fact.id, (*told[fact.id], *fact.values)) for fact in facts]


def _as_seen(
    work: Work, ids_of: str, rows: Sequence[tuple[int, tuple[Value, ...]]]
) -> list[ReportRow]:
    """Return the rows without title and number where the actor may not see them."""
    column = SEEN.get(ids_of)
    ids = sorted({row_id for row_id, _ in rows})
    seen = set(ids)
    if column is not None:
        seen = set()
        for start in range(0, len(ids), BATCH):
            some = sa.select(column).where(column.in_(ids[start : start + BATCH]))
            seen |= set(work.session.scalars(some))
    return [
        ReportRow(
            id_,
            is_seen=id_ in seen,
            values=values if id_ in seen else _bare(id_, values),
        )
        for id_, values in rows
    ]


def _bare(id_: int, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return a row without its words: only whose it is, days and numbers are left."""
    unseen = outlines().words["unseen"].format(id=id_)
    maker, rest = values[2], values[3:]
    kept = (None if isinstance(value, str) else value for value in rest)
    return (unseen, None, maker, *kept)
