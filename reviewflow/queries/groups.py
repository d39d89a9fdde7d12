"""Groups of figures in their official order, and how they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow.model.filing import Chain, quarter_of
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.queries.case_counts import CaseFact
from reviewflow.queries.definitions import book
from reviewflow.queries.filing_counts import FilingFact
from reviewflow.queries.filing_review_counts import FilingReviewFact
from reviewflow.queries.filing_shares import FilingShare
from reviewflow.queries.kinds import deployed_kinds
from reviewflow.queries.library_counts import LibraryFact
from reviewflow.queries.organ_counts import OrganFact
from reviewflow.queries.question import Group
from reviewflow.queries.review_counts import ReviewFact, SubmissionFact
from reviewflow.work import Work

Fact = (
    FilingFact
    | FilingReviewFact
    | ReviewFact
    | SubmissionFact
    | CaseFact
    | OrganFact
    | LibraryFact
)


class Heading(NamedTuple):
    """A group: its place in the order, its key in addresses, its name."""

    place: tuple[int, ...]
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker of documents, as far as groups need it."""

    name: str
    level: Level
    area: str
    position: int
    is_vertical: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """Who makes documents, and how the kinds of documents are called."""

    makers: Mapping[int, Maker]
    kinds: Mapping[str, str]

    def is_vertical(self, maker_id: int) -> bool:
        """The maker is managed by a department above its government."""
        return self.makers[maker_id].is_vertical


def read_roster(work: Work) -> Roster:
    """Return every unit, and the kinds of documents of the deployed processes."""
    units = work.session.execute(
        sa.select(Unit.id, Unit.name, Unit.level, Unit.area, Unit.position, Unit.sort)
    )
    makers = {
        number: _maker(name, level, area, position, sort)
        for number, name, level, area, position, sort in units
    }
    kinds: dict[str, str] = {}
    for kind in deployed_kinds(work):  # what the first one calls a code, holds
        kinds |= {code: said for code, said in kind.codes.items() if code not in kinds}
    return Roster(makers, kinds)


def heading_of(
    group: Group, roster: Roster
) -> Callable[[Fact | FilingShare], Heading | None]:
    """Return what gives the group of a fact; none if it is in no group.

    Vertically managed departments are grouped with their city. Organs stand for
    themselves: they have no kind of document and no quarter.

    Source: domain rule 6.4 (product rule).
    """
    by_maker: Mapping[Group, Callable[[int], Heading]] = {
        Group.LEVEL: cache(lambda number: _level(roster.makers[number])),
        Group.AREA: cache(_areas(roster)),
        Group.UNIT: cache(lambda number: _unit(number, roster.makers[number])),
    }
    if group in by_maker:
        of_maker = by_maker[group]
        return lambda fact: of_maker(fact.maker_id)
    if group is Group.KIND:
        of_kind = cache(_kinds(roster))
        return lambda fact: (
            None if isinstance(fact, OrganFact) else of_kind(fact.kind_code)
        )
    return _of_quarter if group is Group.QUARTER else _chain


def _maker(name: str, level: Level, area: str, position: int, sort: UnitSort) -> Maker:
    vertical = sort is UnitSort.VERTICAL
    return Maker(name, Level.CITY if vertical else level, area, position, vertical)


def _level(maker: Maker) -> Heading:
    place = list(Level).index(maker.level)
    return Heading((place,), maker.level.value, book().labels[maker.level.value])


def _areas(roster: Roster) -> Callable[[int], Heading]:
    first: dict[str, int] = {}
    for maker in roster.makers.values():
        place = first.get(maker.area, maker.position)
        first[maker.area] = min(place, maker.position)

    def area(number: int) -> Heading:
        name = roster.makers[number].area
        place = (not name, first[name])
        return Heading(place, name or "-", name or book().labels["no_area"])

    return area


def _unit(number: int, maker: Maker) -> Heading:
    return Heading((maker.position, number), str(number), maker.name)


def _kinds(roster: Roster) -> Callable[[str], Heading]:
    codes = list(roster.kinds)

    def kind(code: str) -> Heading:
        place = codes.index(code) if code in codes else len(codes)
        return Heading((place,), code, roster.kinds.get(code, code))

    return kind


def _of_quarter(fact: Fact | FilingShare) -> Heading | None:
    if isinstance(fact, OrganFact):
        return None
    if isinstance(fact, FilingShare):
        return _quarter(fact.quarter)
    return _quarter(quarter_of(fact.counted_on))


@cache
def _quarter(key: str) -> Heading:
    year, quarter = map(int, key.split("Q"))
    words = book().labels["quarter"].format(year=year, quarter=quarter)
    return Heading((year, quarter), key, words)


def _chain(fact: Any) -> Heading | None:
    line: Chain | None = getattr(fact, "chain", None)
    if line is None:
        return None
    return Heading((list(Chain).index(line),), line.value, book().labels[line.value])
