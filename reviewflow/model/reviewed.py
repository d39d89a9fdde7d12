"""How the review of a filing stands on a day, and from which day on it stays so."""

import enum
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reviewflow.model.standing import ONE_DAY, lasting


class ReviewPace(enum.StrEnum):
    """Whether the review of a filing came in time."""

    RUNNING = "RUNNING"
    """未到期"""
    IN_TIME = "IN_TIME"
    """按时审结"""
    LATE = "LATE"
    """逾期审结或者逾期未审结"""


class ReviewResult(enum.StrEnum):
    """What the review of a filing came to, and what its maker did about it."""

    NONE = "NONE"
    """没有结论"""
    FAULTLESS = "FAULTLESS"
    """未发现问题"""
    MENDING = "MENDING"
    """整改期内"""
    MENDED = "MENDED"
    """按期整改"""
    MENDED_LATE = "MENDED_LATE"
    """逾期整改"""
    UNMENDED = "UNMENDED"
    """未整改"""


class ReviewOutcome(NamedTuple):
    """What the figures count of a registered filing."""

    pace: ReviewPace
    result: ReviewResult


class Reviewed(NamedTuple):
    """A registered filing: by when it is reviewed, and what came of it when."""

    due_on: date
    has_problem: bool
    decided_on: date | None
    correct_by: date | None
    reported_on: date | None
    settled_on: date | None

    def as_of(self, day: date) -> "Reviewed":
        """Return it as it was known at the end of a day."""
        return self._replace(
            decided_on=_known(self.decided_on, day),
            reported_on=_known(self.reported_on, day),
            settled_on=_known(self.settled_on, day),
        )

    def outcome(self, day: date) -> ReviewOutcome:
        """Return what the figures of that day count of it."""
        known = self.as_of(day)
        return ReviewOutcome(_pace(known, day), _result(known, day))

    def lasting(self) -> tuple[date, ReviewOutcome]:
        """Return from which day on the outcome stays, as far as is known, and it."""
        return lasting(self.outcome, self._turns())

    def _turns(self) -> Iterator[date]:
        """Give every day on which the outcome may become another."""
        yield self.due_on + ONE_DAY
        if self.correct_by is not None:
            yield self.correct_by + ONE_DAY
        for day in (self.decided_on, self.reported_on, self.settled_on):
            if day is not None:
                yield day


def _pace(known: Reviewed, day: date) -> ReviewPace:
    if (known.decided_on or day) > known.due_on:
        return ReviewPace.LATE
    return ReviewPace.RUNNING if known.decided_on is None else ReviewPace.IN_TIME


def _result(known: Reviewed, day: date) -> ReviewResult:
    """Return what became of an objection, once its time is over or it is mended."""
    if known.decided_on is None:
        return ReviewResult.NONE
    if not known.has_problem:
        return ReviewResult.FAULTLESS
    by, reported_on = known.correct_by, known.reported_on
    if known.settled_on is None:
        is_open = by is None or day <= by
        return ReviewResult.MENDING if is_open else ReviewResult.UNMENDED
    in_time = by is not None and reported_on is not None and reported_on <= by
    return ReviewResult.MENDED if in_time else ReviewResult.MENDED_LATE


def _known(on: date | None, day: date) -> date | None:
    return None if on is None or on > day else on
