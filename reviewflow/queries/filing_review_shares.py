"""Registered filings counted by the database by how their review went."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from reviewflow.effects.filing_reviews import KIND, REVIEW_STEP
from reviewflow.law.lawbook import Law
from reviewflow.model.filing import FilingObligation
from reviewflow.model.reviewed import ReviewOutcome, ReviewPace, ReviewResult
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_review_counts import RECEIVED_HERE, REVIEW_NAMES
from reviewflow.queries.filing_shares import FilingShare, counted_alike, share
from reviewflow.queries.question import Question
from reviewflow.work import Work

RUNNING, LATE = (
    REVIEW_NAMES[ReviewOutcome(pace, ReviewResult.NONE)]
    for pace in (ReviewPace.RUNNING, ReviewPace.LATE)
)
"""The counts of what was not reviewed yet."""
UNBEGUN = FilingObligation.review_pace.is_(None)
IS_TOLD = sa.or_(
    FilingObligation.backfilled_on.is_(None),
    FilingObligation.registered_on >= FilingObligation.backfilled_on,
)
"""A ledger of the past does not tell of reviews of what it registered."""


def filing_review_shares(
    work: Work, question: Question, law: Law
) -> Iterator[FilingShare]:
    """Give the registered filings whose review stands as is kept, by shares.

    Those whose review has not begun are counted with them: they run, or are late,
    by the day of their registration alone.

    Args:
        work: Actor, instant and transaction.
        question: Which period and chain, and as of which day; not a trial.
        law: By which due dates are computed.
    """
    kept = (FilingObligation.review_pace, FilingObligation.review_result)
    is_asked = _by_limit(work, lambda limit: _is_asked(law, limit))
    runs = _by_limit(work, lambda limit: _runs(law, limit, question.as_of))
    where, still = _registered(question, is_asked), sa.case((runs, 1), else_=0)
    select = counted_alike(question, kept, *where, more=still)
    for row in work.session.execute(select):
        count, open_still, *place, pace, result = row
        if pace is not None:
            yield share(place, REVIEW_NAMES[ReviewOutcome(pace, result)], count)
            continue
        for names, number in ((RUNNING, open_still), (LATE, count - open_still)):
            if number:
                yield share(place, names, number)


def review_lasts(question: Question) -> sa.ColumnElement[bool]:
    """Say which reviews stood on the day as is kept, or had not begun."""
    return sa.or_(UNBEGUN, FilingObligation.review_lasting_from <= question.as_of)


def _registered(
    question: Question, is_asked: sa.ColumnElement[bool]
) -> list[sa.ColumnElement[bool]]:
    return [
        FilingObligation.lasting_status != ObligationStatus.EXEMPT,
        FilingObligation.registered_on <= question.as_of,
        review_lasts(question),
        sa.or_(
            FilingObligation.review_pace.is_not(None),
            sa.and_(IS_TOLD, is_asked, RECEIVED_HERE),
        ),
    ]


def _by_limit(
    work: Work, say: Callable[[str], sa.ColumnElement[bool]]
) -> sa.ColumnElement[bool]:
    """Say something of each filing that depends on the limit of its review."""
    kind = work.processes.latest(work.session, KIND).kind
    code = FilingObligation.kind_code
    others = {
        other: limits[REVIEW_STEP]
        for other, limits in kind.code_limits.items()
        if REVIEW_STEP in limits
    }
    usual = sa.and_(code.not_in(others), say(kind.steps[REVIEW_STEP].deadline))
    return sa.or_(
        usual, *(sa.and_(code == other, say(limit)) for other, limit in others.items())
    )


def _is_asked(law: Law, limit_id: str) -> sa.ColumnElement[bool]:
    """Say that the limit was there already; what is older asks nothing."""
    first_days = [limit.first_day for limit in law.limits if limit.id == limit_id]
    return FilingObligation.registered_on >= min(first_days, default=date.max)


def _runs(law: Law, limit_id: str, day: date) -> sa.ColumnElement[bool]:
    """Say that a review that has not begun is not late yet."""
    spans = (
        FilingObligation.registered_on.between(first, last)
        for first, last in running_spans(law, limit_id, day)
    )
    return sa.or_(sa.false(), *spans)


def running_spans(law: Law, limit_id: str, day: date) -> Iterator[tuple[date, date]]:
    """Give the first and last days between which a period began that still runs.

    Under one row of a limit, what begins later ends no earlier; so one day divides
    what runs from what is over.

    Args:
        law: Whose limits, and whose calendar.
        limit_id: The limit.
        day: At the end of which it runs; what ends on it still does.
    """
    rows = {limit.first_day for limit in law.limits if limit.id == limit_id}
    begins = sorted(first for first in rows if first <= day)
    ends = date.fromordinal(day.toordinal() + 1)
    for first, after in pairwise([*begins, ends]):
        days = range(first.toordinal(), after.toordinal())
        place = bisect_left(
            days,
            True,  # noqa: FBT003 - what is looked for
            key=lambda number: _end(law, limit_id, number) >= day,
        )
        if place < len(days):
            yield date.fromordinal(days[place]), date.fromordinal(days[-1])


def _end(law: Law, limit_id: str, number: int) -> date:
    return law.deadline(limit_id, date.fromordinal(number)).due_on
