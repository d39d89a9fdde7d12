"""Organs as the figures need them: in force on a day, with who serves them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow.model.catalogue import Catalogue, CatalogueSort
from reviewflow.model.counsel import Counsel, CounselSort
from reviewflow.model.people import Membership, Role, Unit, UnitSort, User
from reviewflow.model.unit_term import UnitTerm, UnitTermSort
from reviewflow.queries.organ_counts import (
    Organ,
    OrganFact,
    adviser_facts,
    catalogue_facts,
    is_governing,
    lawyer_facts,
    review_facts,
)
from reviewflow.queries.question import Question
from reviewflow.work import Work

SERVES = {
    CounselSort.ADVISER: UnitTermSort.ADVISER,
    CounselSort.PUBLIC_LAWYER: UnitTermSort.PUBLIC_LAWYER,
}
Holders = dict[int, dict[UnitTermSort, list[str]]]


def organ_facts(
    work: Work, question: Question, unreviewed: Mapping[int, int]
) -> Iterator[OrganFact]:
    """Give what the organs in force on the day count for.

    Args:
        work: Actor, instant and transaction.
        question: As of which day, and of which period.
        unreviewed: How many matters of each maker were decided without a review.
    """
    day = question.as_of
    units = work.session.execute(_units()).all()
    holders, ended = _holders(work, day), _ended(work, day)
    missed = _by_government(units, unreviewed)
    year = question.last_day.year
    public = _catalogues(work, year, day)
    for unit in units:
        if unit.id in ended:
            continue
        organ = Organ(unit.id, unit.level, unit.sort, holders.get(unit.id, {}))
        yield from review_facts(organ, missed.get(unit.id, 0))
        yield from adviser_facts(organ)
        yield from lawyer_facts(organ)
        yield from catalogue_facts(organ, year, public.get(unit.id))


def _units() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(Unit.id, Unit.level, Unit.sort, Unit.government_id).where(
        Unit.is_active
    )


def _by_government(units: Any, unreviewed: Mapping[int, int]) -> Mapping[int, int]:
    """Return how many matters went by unreviewed under each government."""
    found: dict[int, int] = defaultdict(int)
    for unit in units:
        governs = is_governing(unit.level, unit.sort)
        found[unit.id if governs else unit.government_id] += unreviewed.get(unit.id, 0)
    return found


class Held(NamedTuple):
    """Who serves a unit on a day, from when, and until when if that is known."""

    unit_id: int
    sort: UnitTermSort
    holder: str
    first_on: date
    last_on: date | None


def held_terms(work: Work, day: date) -> Iterator[Held]:
    """Give who serves each unit on the day, by the rosters of both sorts."""
    terms = sa.select(
        UnitTerm.unit_id,
        UnitTerm.sort,
        UnitTerm.holder,
        UnitTerm.valid_from,
        UnitTerm.valid_to,
    )
    held = terms.where(*_holds(UnitTerm.valid_from, UnitTerm.valid_to, day))
    for row in work.session.execute(held.order_by(UnitTerm.id)):
        yield Held(*row)
    for row in work.session.execute(_counsel(day)):
        is_pool = row.unit_sort is UnitSort.COUNSEL_POOL
        served = row.government_id if is_pool else row.unit_id
        sort = SERVES[row.sort]
        yield Held(served, sort, row.display_name, row.term_from, row.term_to)


def _holders(work: Work, day: date) -> Holders:
    found: Holders = defaultdict(lambda: defaultdict(list))
    for held in held_terms(work, day):
        found[held.unit_id][held.sort].append(held.holder)
    return found


def _counsel(day: date) -> sa.Select[*tuple[Any, ...]]:
    """Select who is counsel in which unit on the day, in term."""
    return (
        sa.select(
            Counsel.sort,
            User.display_name,
            Membership.unit_id,
            Unit.sort.label("unit_sort"),
            Unit.government_id,
            Counsel.term_from,
            Counsel.term_to,
        )
        .join(User, User.id == Counsel.user_id)
        .join(Membership, Membership.user_id == Counsel.user_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.role == Role.COUNSEL,
            *_holds(Membership.valid_from, Membership.valid_to, day),
            *_holds(Counsel.term_from, Counsel.term_to, day),
        )
        .order_by(User.position, User.id)
    )


def _ended(work: Work, day: date) -> set[int]:
    """Return which units are told to exist at times, but not on the day."""
    exists = UnitTerm.sort == UnitTermSort.IN_FORCE
    told = sa.select(UnitTerm.unit_id).where(exists)
    there = told.where(*_holds(UnitTerm.valid_from, UnitTerm.valid_to, day))
    return set(work.session.scalars(told.where(UnitTerm.unit_id.not_in(there))))


def _catalogues(work: Work, year: int, day: date) -> Mapping[int, date | None]:
    """Return when each government published its catalogue of decisions for a year."""
    select = sa.select(Catalogue.organ_id, Catalogue.published_on).where(
        Catalogue.sort == CatalogueSort.DECISIONS,
        Catalogue.year == year,
        Catalogue.published_on <= day,
    )
    return {row.organ_id: row.published_on for row in work.session.execute(select)}


def _holds(first: Any, last: Any, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return first <= day, sa.or_(last.is_(None), last >= day)
