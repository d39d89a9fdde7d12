"""Walking day by day: which days of a period count, and why others do not."""

from collections.abc import Hashable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from reviewflow.law.calendar import ONE_DAY, DayKind, Pause, WorkCalendar
from reviewflow.law.derivation import Derivation, length


class Mark(NamedTuple):
    """A day a derivation speaks of, because it is out of the ordinary."""

    day: date
    kind: DayKind
    name: str
    pause: Pause | None

    @property
    def cause(self) -> Hashable:
        """What days in a row share if one line can speak of all of them."""
        if self.pause:
            return self.pause
        return (self.kind, self.name, self.day if self.kind.works else None)


class Walk:
    """Counts days, forward or backward, and marks the exceptions."""

    def __init__(
        self, calendar: WorkCalendar, pauses: Sequence[Pause], *, only_working: bool
    ) -> None:
        """Take the calendar, and whether only working days count."""
        self._calendar = calendar
        self._pauses = pauses
        self._only_working = only_working
        self._marks: list[Mark] = []

    def go(self, start: date, days: int, *, backward: bool = False) -> date:
        """Return the last of so many days that count; `start` itself does not."""
        step = -ONE_DAY if backward else ONE_DAY
        day, left = start, days
        while left:
            day += step
            left -= self._counts(day)
        return day

    def explain(self, said: Derivation) -> None:
        """Say of each stretch of marked days why it counts or does not."""
        marks = enumerate(sorted(self._marks, key=lambda mark: mark.day))
        for _, found in groupby(marks, key=_in_a_row):
            self._say([mark for _, mark in found], said)

    def _counts(self, day: date) -> bool:
        kind = self._calendar.kind(day)
        pause = self._pause_on(day) if self._pauses else None
        if kind is DayKind.WORKING and pause is None:
            return True
        if self._only_working or pause:
            self._marks.append(Mark(day, kind, self._calendar.holiday(day), pause))
        return pause is None and self._is_countable(kind)

    def _pause_on(self, day: date) -> Pause | None:
        return next((pause for pause in self._pauses if pause.covers(day)), None)

    def _is_countable(self, kind: DayKind) -> bool:
        return kind.works or not self._only_working

    def _say(self, marks: list[Mark], said: Derivation) -> None:
        first, last = marks[0], marks[-1]
        if first.pause is None:
            said.stretch(first.kind, first.day, last.day, first.name)
            return
        skipped = sum(self._is_countable(mark.kind) for mark in marks)
        unit = "working_days" if self._only_working else "days"
        days = (first.pause.notified_on, first.pause.resumed_on)
        said.pause(days, first.pause.reason, length(unit, skipped))


def _in_a_row(numbered: tuple[int, Mark]) -> tuple[Hashable, int]:
    place, mark = numbered
    return mark.cause, mark.day.toordinal() - place
