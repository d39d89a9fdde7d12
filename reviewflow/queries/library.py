"""Published documents in lists, as they stand today (文件库)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.law.deadlines import month_away
from reviewflow.model.library import (
    HOLDING,
    DocumentState,
    LibraryDocument,
    state_column,
)
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.slices import Slice, Window
from reviewflow.work import Work

Condition = sa.ColumnElement[bool]
SOON = "VL-01"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which documents a list is to show."""

    text: str = ""
    maker_id: int | None = None
    kind_code: str = ""
    year: int | None = None
    state: DocumentState | None = None
    soon: bool = False
    in_force: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Something besides the state is asked for."""
        return bool(self.text.strip() or self.maker_id or self.kind_code or self.year)

    def conditions(self) -> list[Condition]:
        """Return all conditions but those on the state."""
        found: list[Condition] = []
        if self.text.strip():
            found.append(_has_text(self.text))
        if self.maker_id is not None:
            found.append(Publication.maker_id == self.maker_id)
        if self.kind_code:
            found.append(Publication.kind_code == self.kind_code)
        if self.year is not None:
            found.append(_published_in(self.year))
        return found


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One document, and where it stands today."""

    document: LibraryDocument
    state: DocumentState
    ends_soon: bool
    begins_later: bool
    """It is published, and to be followed from a later day on."""


@dataclass(frozen=True, slots=True)
class Library:
    """A page of documents, and how many stand where."""

    rows: list[LibraryRow]
    paging: Paging
    counts: Mapping[DocumentState, int]
    ending_soon: int

    @property
    def total(self) -> int:
        """How many there are in all states."""
        return sum(self.counts.values())


def list_library(work: Work, sought: Sought, page: int = 1) -> Library:
    """Return documents, the latest published first; ending ones by their last day."""
    state, soon = state_column(work.today), _ends_soon(work)
    counted = work.session.execute(
        _joined(sa.select(state, sa.func.count(), sa.func.count().filter(soon)))
        .where(*sought.conditions())
        .group_by(state)
    ).all()
    counts = {DocumentState(one): count for one, count, _ in counted}
    ending = sum(count for _, _, count in counted)
    cut = paging(_total(sought, counts, ending), page)
    return Library(_rows(work, sought, cut.window), cut, counts, ending)


def library_part(work: Work, sought: Sought, window: Window) -> Slice[LibraryRow]:
    """Return any part of the same list, and how long the whole is."""
    counted = _joined(sa.select(sa.func.count())).where(*_wanted(work, sought))
    return Slice(_rows(work, sought, window), work.session.scalar(counted) or 0)


def _wanted(work: Work, sought: Sought) -> list[Condition]:
    where, state = sought.conditions(), state_column(work.today)
    if sought.in_force:
        where.append(state.in_(HOLDING))
    if sought.state is not None:
        where.append(state == sought.state)
    if sought.soon:
        where.append(_ends_soon(work))
    return where


def _rows(work: Work, sought: Sought, window: Window) -> list[LibraryRow]:
    newest = (Publication.published_on.desc(), LibraryDocument.id.desc())
    order = (LibraryDocument.valid_until, LibraryDocument.id) if sought.soon else newest
    found = work.session.scalars(
        _joined(sa.select(LibraryDocument))
        .where(*_wanted(work, sought))
        .order_by(*order)
        .offset(window.offset)
        .limit(window.limit)
    )
    return [row_of(work, one) for one in found.unique()]


def row_of(work: Work, document: LibraryDocument) -> LibraryRow:
    """Return a document with where it stands today."""
    state, until = document.state_on(work.today), document.valid_until
    ends_soon = state in HOLDING and until is not None and until <= horizon(work)
    effective_on = document.publication.effective_on
    begins_later = (
        state in HOLDING and effective_on is not None and effective_on > work.today
    )
    return LibraryRow(document, state, ends_soon, begins_later)


def horizon(work: Work) -> date:
    """Return the last day that is near: so many months away as one begins to look."""
    return month_away(work.today, work.law.limit(SOON, work.today).days)


def library_makers(work: Work) -> list[Unit]:
    """Return whose documents there are, in official order."""
    return list(
        work.session.scalars(
            sa.select(Unit)
            .where(Unit.id.in_(_joined(sa.select(Publication.maker_id))))
            .order_by(Unit.position, Unit.id)
        )
    )


def library_years(work: Work) -> list[int]:
    """Return the years in which something was published, the latest first."""
    years = sa.func.extract("year", Publication.published_on)
    found = work.session.scalars(_joined(sa.select(years).distinct()))
    return sorted((int(year) for year in found if year is not None), reverse=True)


def _joined(select: sa.Select) -> sa.Select:  # type: ignore[type-arg] # of any rows
    return select.select_from(LibraryDocument).join(LibraryDocument.publication)


def _total(sought: Sought, counts: Mapping[DocumentState, int], ending: int) -> int:
    if sought.soon:
        return ending
    states = HOLDING if sought.in_force else DocumentState
    return sum(n for one, n in counts.items() if _fits(sought, one) and one in states)


def _fits(sought: Sought, state: DocumentState) -> bool:
    return sought.state in (None, state)


def _ends_soon(work: Work) -> Condition:
    state = state_column(work.today)
    return sa.and_(state.in_(HOLDING), LibraryDocument.valid_until <= horizon(work))


def _published_in(year: int) -> Condition:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Publication.published_on.between(first, last)


def _has_text(text: str) -> Condition:
    clean = " ".join(text.split()).strip("《》")
    said = (Publication.title, Publication.doc_number)
    return sa.or_(*(column.contains(clean, autoescape=True) for column in said))
