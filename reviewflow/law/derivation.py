"""What a deadline says about itself: one Chinese line for each step.

The wording is in `data/derivation.yaml`; here is only what goes into it.
"""

from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import yaml

CACHED_DAYS = 4096  # a derivation names ten days, and all name the same ones


class Derivation:
    """Collects lines, each with the day it is about.

    The first line says the year; later days say theirs only if it is another.
    """

    def __init__(self, start: date) -> None:
        """Take the day of the event that starts, or ends, the period."""
        self.lines: list[tuple[date, str]] = []
        self._start = start

    def begin(self, length: str, *, backward: bool = False) -> None:
        """Say that the day of the event does not count."""
        start = _fill("full_day", day=self._start)
        key = "backward" if backward else "start"
        self._add(self._start, key, start=start, length=length)

    def stretch(self, key: str, first: date, last: date, name: str) -> None:
        """Say of days in a row why they count or do not."""
        self._add(
            first,
            key,
            span=self._span(first, last),
            name=name,
            weekday=_weekday(first),
        )

    def pause(self, days: tuple[date, date], reason: str, length: str) -> None:
        """Say from which notice to which resubmission the period stood still."""
        notified, resumed = days
        self._add(
            notified,
            "paused",
            notified=self._day(notified),
            resumed=self._day(resumed),
            reason=reason,
            length=length,
        )

    def end(
        self, key: str, due: date, last: date, name: str = "", count: int = 0
    ) -> None:
        """Say on which day the period ends, and where that puts the deadline."""
        self._add(
            due,
            key,
            due=self._day(due),
            weekday=_weekday(due),
            last=self._day(last),
            last_weekday=_weekday(last),
            name=name,
            count=count,
        )

    def provisional(self, year: int, due: date) -> None:
        """Say that the holidays of that year are not announced yet."""
        self._add(due, "provisional", year=year)

    def _add(self, day: date, key: str, **words: object) -> None:
        self.lines.append((day, _fill(key, **words)))

    def _day(self, day: date) -> str:
        return _day_words("day" if day.year == self._start.year else "full_day", day)

    def _span(self, first: date, last: date) -> str:
        if first == last:
            return self._day(first)
        if (first.year, first.month) == (last.year, last.month):
            return _fill("same_month", first=self._day(first), last=last)
        return _fill("span", first=self._day(first), last=self._day(last))


def length(unit: str, count: int) -> str:
    """Return a length in words; the units are keys of the wording."""
    return _fill(unit, count=count)


def extension(usual: str, extra: str) -> str:
    """Return what is said of a period that was put off: its length, and by how much."""
    return _fill("extended", usual=usual, extra=extra)


@cache
def _wording() -> dict[str, str]:
    path = Path(__file__).parent / "data" / "derivation.yaml"
    wording: dict[str, str] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return wording


def _fill(key: str, **words: object) -> str:
    return _wording()[key].format(**words)


@lru_cache(CACHED_DAYS)
def _day_words(key: str, day: date) -> str:
    return _fill(key, day=day)


@lru_cache(CACHED_DAYS)
def _weekday(day: date) -> str:
    return _fill("weekday", name=_wording()["weekday_names"][day.weekday()])
