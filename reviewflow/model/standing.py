"""How a duty to file stands on a day, and from which day on it stays so (报备情况)."""

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

ONE_DAY = timedelta(days=1)
Found = TypeVar("Found")


class ObligationStatus(enum.StrEnum):
    """Where a duty to file stands on a given day."""

    NOT_DUE = "NOT_DUE"
    """未到期"""
    ON_TIME = "ON_TIME"
    """按时报备"""
    LATE = "LATE"
    """迟报"""
    LATE_UNREGISTERED = "LATE_UNREGISTERED"
    """逾期未补正"""
    OVERDUE_UNFILED = "OVERDUE_UNFILED"
    """逾期未报"""
    EXEMPT = "EXEMPT"
    """不需报备"""


class Handling(enum.StrEnum):
    """What the receiver has done about a filing."""

    NONE = "NONE"
    """未报送"""
    AWAITED = "AWAITED"
    """待处理"""
    SENT_BACK = "SENT_BACK"
    """已退回或者要求补正，未登记"""
    AT_ONCE = "AT_ONCE"
    """首报即登记"""
    AFTERWARDS = "AFTERWARDS"
    """退回、补正后登记，或者报告内容不完整"""


class Outcome(NamedTuple):
    """What the figures count of a duty to file."""

    status: ObligationStatus
    handling: Handling


def lasting(find: Callable[[date], Found], days: Iterable[date]) -> tuple[date, Found]:
    """Return from which day on a finding stays as it is, and that finding.

    Args:
        find: What is found on a day.
        days: Every day on which it may become another; at least one.
    """
    *earlier, since = sorted(set(days))
    found = find(since)
    for day in reversed(earlier):
        if find(day) != found:
            break
        since = day
    return since, found


@dataclass(frozen=True, slots=True)
class Standing:
    """Facts about one duty to file; asks for a day, knows only what was by then.

    `submissions` are (submitted_on, returned_on), `corrections` are (notice_on,
    due_on, corrected_on), in the order they happened.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（补正、退回）; the statuses
    themselves are the product's rule, no text defines them.
    """

    due_on: date
    exempt: bool
    submissions: Sequence[tuple[date, date | None]]
    corrections: Sequence[tuple[date, date, date | None]]
    registered_on: date | None
    report_is_complete: bool = True

    def filed_on(self, day: date) -> date | None:
        """Return the day of the first filing that counts, as known on `day`."""
        return next(
            (
                submitted
                for submitted, returned in self.submissions
                if submitted <= day and not (returned and returned <= day)
            ),
            None,
        )

    def status(self, day: date) -> ObligationStatus:
        """Return where the duty stands at the end of that day."""
        if self.exempt:
            return ObligationStatus.EXEMPT
        filed_on = self.filed_on(day)
        if filed_on is None:
            overdue = day > self.due_on
            return (
                ObligationStatus.OVERDUE_UNFILED
                if overdue
                else ObligationStatus.NOT_DUE
            )
        lapse = self._lapse(day)
        if lapse is not None:
            return lapse
        in_time = filed_on <= self.due_on
        return ObligationStatus.ON_TIME if in_time else ObligationStatus.LATE

    def outcome(self, day: date) -> Outcome:
        """Return what the figures of that day count of it."""
        if self.exempt:
            return Outcome(ObligationStatus.EXEMPT, Handling.NONE)
        return Outcome(self.status(day), self._handling(day))

    def lasting(self) -> tuple[date, Outcome]:
        """Return from which day on the outcome stays, as far as is known, and it."""
        return lasting(self.outcome, self._turns())

    def _turns(self) -> Iterator[date]:
        """Give every day on which the outcome may become another."""
        yield self.due_on + ONE_DAY
        for submitted_on, returned_on in self.submissions:
            yield from (submitted_on, returned_on or submitted_on)
        for notice_on, due_on, corrected_on in self.corrections:
            yield from (notice_on, due_on + ONE_DAY, corrected_on or notice_on)
        if self.registered_on is not None:
            yield self.registered_on

    def _handling(self, day: date) -> Handling:
        if self.is_conforming(day):
            return Handling.AT_ONCE
        if self._registered(day):
            return Handling.AFTERWARDS
        if self.is_decided(day):
            return Handling.SENT_BACK
        return Handling.AWAITED if self.filed_on(day) else Handling.NONE

    def _lapse(self, day: date) -> ObligationStatus | None:
        known = [c for c in self.corrections if c[0] <= day]
        found = None
        for _notice, due_on, corrected_on in known:
            done = corrected_on is not None and corrected_on <= day
            if not done and day > due_on:
                return ObligationStatus.LATE_UNREGISTERED
            if done and corrected_on is not None and corrected_on > due_on:
                found = ObligationStatus.LATE
        return found

    def is_decided(self, day: date) -> bool:
        """The receiver had registered, returned or asked to supplement by then."""
        return (
            self._registered(day)
            or any(returned and returned <= day for _, returned in self.submissions)
            or any(notice <= day for notice, _, _ in self.corrections)
        )

    def is_conforming(self, day: date, *, after_correction: bool = False) -> bool:
        """It was registered, and (unless corrections are forgiven) at first go."""
        if not self._registered(day):
            return False
        if after_correction:
            return True
        returned = any(returned_on for _, returned_on in self.submissions)
        return self.report_is_complete and not self.corrections and not returned

    def _registered(self, day: date) -> bool:
        return self.registered_on is not None and self.registered_on <= day
