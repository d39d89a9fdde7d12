"""Which counts a review, and a submission for review, belong to on a given day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reviewflow.law.calendar import Pause, working_days_between
from reviewflow.law.lawbook import Law
from reviewflow.law.rows import Verified
from reviewflow.queries.rates import Names

ACCEPTED = "case.accepted"
DECISIONS = (ACCEPTED, "case.supplement_requested", "case.returned")
"""What the review office may do with a submission."""


class ReviewClock(NamedTuple):
    """One round of review: from acceptance until the opinion is signed.

    `pauses` are (from_on, until_on); `signed` says that what met the clock was
    the signing of the opinion.
    """

    case_id: int
    maker_id: int
    kind_code: str
    limit_id: str
    started_on: date
    due_on: date
    met_on: date | None
    signed: bool
    cancelled_on: date | None
    withdrawn_on: date | None
    pauses: Sequence[tuple[date, date | None]] = ()
    extended_by: int = 0
    extended_on: date | None = None


class ReviewFact(NamedTuple):
    """One round of review as it stood on a day."""

    id: int
    """Of the case."""
    maker_id: int
    kind_code: str
    counted_on: date
    """The day it was finished, else the day it was or is due."""
    started_on: date
    due_on: date
    finished_on: date | None
    net_working_days: int | None
    extended_by: int
    """By how many working days it was put off."""
    is_bound: bool
    """A text sets the ceiling; else it is only this program's default."""


class SubmissionFact(NamedTuple):
    """A case the review office first answered on a day, and how."""

    id: int
    """Of the case."""
    maker_id: int
    kind_code: str
    counted_on: date
    outcome: str


def review_fact(
    clock: ReviewClock, day: date, law: Law, *, recompute: bool = False
) -> ReviewFact | None:
    """Return a review as it stood at the end of a day; none if it does not count.

    Args:
        clock: The round of review.
        day: Later facts are not known yet.
        law: By which due dates are computed where the stored one does not fit.
        recompute: Whether the stored due date is that of another law.
    """
    if not _counts(clock, day):
        return None
    finished_on = clock.met_on if clock.met_on and clock.met_on <= day else None
    pauses = _known_pauses(clock, finished_on or day)
    extended_by = clock.extended_by if _is_extended(clock, day) else 0
    due_on, limit = clock.due_on, law.limit(clock.limit_id, clock.started_on)
    if recompute or _knows_more(clock, finished_on or day):
        found = law.deadline(clock.limit_id, clock.started_on, pauses, extended_by)
        due_on = found.due_on
    net = None
    if finished_on is not None:
        net = working_days_between(clock.started_on, finished_on, law.calendar, pauses)
    return ReviewFact(
        id=clock.case_id,
        maker_id=clock.maker_id,
        kind_code=clock.kind_code,
        counted_on=finished_on or due_on,
        started_on=clock.started_on,
        due_on=due_on,
        finished_on=finished_on,
        net_working_days=net,
        extended_by=extended_by,
        is_bound=limit.verified is not Verified.DEFAULT,
    )


def review_names(fact: ReviewFact, day: date) -> Names:
    """Return the counts a review belongs to at the end of a day.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    names: Names = ("reviews", "reviews_in_time")
    if (fact.finished_on or day) > fact.due_on:
        names = ("reviews", "reviews_late")
    elif fact.finished_on is None:
        names = ("reviews_running",)
    every = [f"every_{name}" for name in names]
    if "reviews" in names:
        every.append("every_reviews_" + ("extended" if fact.extended_by else "usual"))
    return (*every, *names) if fact.is_bound else tuple(every)


def submission_names(fact: SubmissionFact) -> Names:
    """Return the counts a submission belongs to."""
    at_once = fact.outcome == ACCEPTED
    return ("submissions", "submissions_at_once" if at_once else "submissions_again")


def _counts(clock: ReviewClock, day: date) -> bool:
    """It had begun, and neither was withdrawn nor ended without an opinion."""
    if clock.started_on > day:
        return False
    gone = (clock.withdrawn_on, clock.cancelled_on)
    ended = None if clock.signed else clock.met_on
    return not any(on is not None and on <= day for on in (*gone, ended))


def _known_pauses(clock: ReviewClock, day: date) -> tuple[Pause, ...]:
    return tuple(
        Pause(from_on, min(until_on or day, day))
        for from_on, until_on in clock.pauses
        if from_on <= day
    )


def _knows_more(clock: ReviewClock, day: date) -> bool:
    """The stored due date reckons with something that was not known that day."""
    if clock.extended_by and not _is_extended(clock, day):
        return True
    return any(until_on is None or until_on > day for _, until_on in clock.pauses)


def _is_extended(clock: ReviewClock, day: date) -> bool:
    return clock.extended_on is not None and clock.extended_on <= day
