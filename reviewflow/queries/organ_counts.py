"""What an organ counts for on a day: reviewed, advised, with a catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from reviewflow.model.people import Level, UnitSort
from reviewflow.model.unit_term import UnitTermSort
from reviewflow.queries.rates import Names

LEVELS = frozenset({Level.CITY, Level.COUNTY, Level.TOWN})
UPPER = frozenset({Level.CITY, Level.COUNTY})
ORGANS = frozenset(
    {
        *(UnitSort.GOVERNMENT, UnitSort.DEPARTMENT),
        *(UnitSort.VERTICAL, UnitSort.DISPATCHED),
    }
)
"""Organs of government; an office goes with its government."""

Value = str | int | date | None


class Organ(NamedTuple):
    """An organ as it was on a day."""

    id: int
    level: Level
    sort: UnitSort
    holders: Mapping[UnitTermSort, Sequence[str]]
    """Who reviews and advises, and on what basis it may enforce."""


class OrganFact(NamedTuple):
    """An organ that is counted, with what the list behind it shows."""

    id: int
    names: Names
    values: tuple[Value, ...]

    @property
    def maker_id(self) -> int:
        """The organ itself, for groups."""
        return self.id


def is_governing(level: Level, sort: UnitSort) -> bool:
    """It is one of the three levels that decide: a government, or for it a 街道."""
    if sort is UnitSort.DISPATCHED:
        return level is Level.TOWN
    return sort is UnitSort.GOVERNMENT and level in LEVELS


def review_facts(organ: Organ, unreviewed: int) -> Iterator[OrganFact]:
    """Give a government, if somebody reviews for it and nothing went by unreviewed.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    if not is_governing(organ.level, organ.sort):
        return
    bodies = organ.holders.get(UnitTermSort.REVIEW_BODY, ())
    is_covered = bool(bodies) and not unreviewed
    names = (
        "governments",
        "governments_covered" if is_covered else "governments_uncovered",
        "governments_staffed" if bodies else "governments_unstaffed",
    )
    yield OrganFact(organ.id, names, (_listed(bodies), unreviewed))


def adviser_facts(organ: Organ) -> Iterator[OrganFact]:
    """Give an organ of government, if it has legal advisers."""
    if organ.level in LEVELS and organ.sort in ORGANS:
        advisers = organ.holders.get(UnitTermSort.ADVISER, ())
        outcome = "organs_advised" if advisers else "organs_unadvised"
        yield OrganFact(organ.id, ("organs", outcome), (_listed(advisers),))


def lawyer_facts(organ: Organ) -> Iterator[OrganFact]:
    """Give an organ that may enforce, if government lawyers work for it."""
    may_enforce = bool(organ.holders.get(UnitTermSort.ENFORCEMENT))
    if organ.level in UPPER and may_enforce:
        lawyers = organ.holders.get(UnitTermSort.PUBLIC_LAWYER, ())
        outcome = "enforcers_covered" if lawyers else "enforcers_uncovered"
        yield OrganFact(organ.id, ("enforcers", outcome), (_listed(lawyers),))


def catalogue_facts(
    organ: Organ, year: int, published_on: date | None
) -> Iterator[OrganFact]:
    """Give a government that owes a catalogue for the year, if it is public.

    Source: 《重大行政决策程序暂行条例》第三条（县级以上, 乡镇参照）.
    """
    if organ.level in UPPER and organ.sort is UnitSort.GOVERNMENT:
        outcome = "listing_published" if published_on else "listing_unpublished"
        yield OrganFact(organ.id, ("listing_organs", outcome), (year, published_on))


def _listed(holders: Sequence[str]) -> str | None:
    return "、".join(dict.fromkeys(holders)) or None
