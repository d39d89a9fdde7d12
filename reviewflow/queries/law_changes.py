"""Changes of limits and holidays, and what each of them would move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.config import MOST_TRIED
from reviewflow.law.amendments import Amendment, Register, amended, limit_of, year_of
from reviewflow.law.lawbook import Law
from reviewflow.law.limits import TimeLimit
from reviewflow.law.notices import YearNotice
from reviewflow.lawbooks import amendment_of
from reviewflow.model.law_change import LawChange
from reviewflow.model.people import Role
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Question
from reviewflow.queries.trials import is_too_long
from reviewflow.recalculation import Move, moves
from reviewflow.work import Work

LISTED = 200
LOOKING = frozenset({Role.ADMIN, Role.REVIEW_SIGNER, Role.AUDITOR})
"""Who is shown which clocks a change moves, by number alone."""


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """An indicator of this year that a change would alter, as it is written."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change would alter, or has altered."""

    moves: Sequence[Move]
    """The first of them."""
    count: int
    figures: Sequence[ChangedFigure] | None
    """Indicators of the year; none if there are too many filings to try it."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change beside what holds without it."""

    change: LawChange
    limit: TimeLimit | None
    present_limit: TimeLimit | None
    year: YearNotice | None
    consequences: Consequences | None
    """None once it is settled, and for who may not look."""
    may_approve: bool
    may_drop: bool
    unmoved: int
    """How many clocks it has still to move, though it was approved."""


def list_changes(work: Work, register: Register | None = None) -> list[LawChange]:
    """Return the changes proposed so far, the newest first."""
    select = (
        sa.select(LawChange)
        .options(joinedload(LawChange.proposed_by), joinedload(LawChange.approved_by))
        .order_by(LawChange.id.desc())
    )
    if register is not None:
        select = select.where(LawChange.register == register.value)
    return list(work.session.scalars(select))


def change_page(work: Work, change_id: int, most_tried: int = MOST_TRIED) -> ChangePage:
    """Return one change with what it would alter while it waits.

    Args:
        work: Actor, instant and transaction.
        change_id: Which.
        most_tried: Over how many filings the figures are worked out.

    Raises:
        Missing: There is no such change.
    """
    change = work.get(LawChange, change_id)
    amendment, roles = amendment_of(change), work.actor.roles
    is_limit = amendment.register is Register.LIMIT
    limit = limit_of(amendment) if is_limit else None
    waits = change.is_pending
    is_own = change.proposed_by_id == work.actor.id
    return ChangePage(
        change=change,
        limit=limit,
        present_limit=_without(work.law, limit) if limit else None,
        year=None if is_limit else year_of(amendment),
        consequences=_consequences(work, amendment, most_tried)
        if waits and roles & LOOKING
        else None,
        may_approve=waits and Role.REVIEW_SIGNER in roles and not is_own,
        may_drop=waits and bool(roles & {Role.ADMIN, Role.REVIEW_SIGNER}),
        unmoved=_unmoved(work, amendment)
        if change.serial and roles & {Role.ADMIN, Role.REVIEW_SIGNER}
        else 0,
    )


def _unmoved(work: Work, amendment: Amendment) -> int:
    """Return how many clocks an approved change has not moved yet."""
    with work.beyond_sight():
        return sum(1 for _ in moves(work, work.law, amendment))


def _without(law: Law, limit: TimeLimit) -> TimeLimit | None:
    """Return the row that would hold on its first day without it."""
    others = tuple(one for one in law.limits if one != limit)
    law = replace(law, limits=others)
    known = law.knows(limit.id, limit.first_day)
    return law.limit(limit.id, limit.first_day) if known else None


def _consequences(work: Work, amendment: Amendment, most: int) -> Consequences:
    """Return what would change for everybody: numbers and rates, no contents."""
    law = amended(work.law, [amendment])
    with work.beyond_sight():
        found = moves(work, law, amendment)
        first = list(islice(found, LISTED))
        count = len(first) + sum(1 for _ in found)
        return Consequences(first, count, _figures(work, amendment, most))


def _figures(work: Work, amendment: Amendment, most: int) -> list[ChangedFigure] | None:
    """Return the indicators of the year up to today that come out otherwise."""
    question = Question(work.today, from_on=date(work.today.year, 1, 1))
    trial = replace(question, amendment=amendment)
    if is_too_long(work, trial, most):
        return None
    now, then = indicators(work, question).total, indicators(work, trial).total
    pairs = [(now.rate(one), then.rate(one)) for one in book().each()]
    return [
        ChangedFigure(before.definition.title, before.percent, after.percent)
        for before, after in pairs
        if (before.numerator, before.denominator)
        != (after.numerator, after.denominator)
    ]
