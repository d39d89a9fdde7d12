"""Months, quarters and years as the places of a table, in Beijing dates."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from reviewflow.queries.definitions import book
from reviewflow.queries.done import Month, month_of

MONTHS_IN_A_QUARTER = 3
MONTHS_IN_A_YEAR = 12


class Slot(NamedTuple):
    """A month, a quarter or a year: its key in addresses, its name."""

    key: str
    label: str


Cut = Callable[[date], Slot]


def month(day: date) -> Slot:
    """Return the month a day lies in; January names its year."""
    words = f"{day.month}月"
    return Slot(month_of(day).key, f"{day.year}年{words}" if day.month == 1 else words)


def quarter(day: date) -> Slot:
    """Return the quarter a day lies in."""
    number = (day.month - 1) // MONTHS_IN_A_QUARTER + 1
    words = book().labels["quarter"].format(year=day.year, quarter=number)
    return Slot(f"{day.year}Q{number}", words)


def year(day: date) -> Slot:
    """Return the year a day lies in."""
    return Slot(str(day.year), f"{day.year}年")


CUTS: tuple[Cut, ...] = (month, quarter, year)


def finest(first: date, last: date, most: int, cuts: tuple[Cut, ...] = CUTS) -> Cut:
    """Return by what to cut a span of days, so that there are not too many places."""
    return next(
        (cut for cut in cuts if len(list(slots(first, last, cut))) <= most), cuts[-1]
    )


def slots(first: date, last: date, cut: Cut) -> Iterator[Slot]:
    """Give every place between two days, also empty ones; the first names its year."""
    known = ""
    for one in _months(first, last):
        slot = cut(date(one.year, one.number, 1))
        if slot.key != known:
            is_bare = not known and str(one.year) not in slot.label
            known = slot.key
            yield Slot(slot.key, f"{one.year}年{slot.label}") if is_bare else slot


def months_before(day: date, count: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    before = month_of(day).plus(-count)
    return date(before.year, before.number, 1)


def _months(first: date, last: date) -> Iterator[Month]:
    one, end = month_of(first), month_of(last).key
    while one.key <= end:
        yield one
        one = one.plus(1)
