"""The working days of a year, month by month, as the law counts them."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.errors import Missing
from reviewflow.law.amendments import Amendment, Register, amended
from reviewflow.law.calendar import DayKind, WorkCalendar
from reviewflow.law.lawbook import Law
from reviewflow.law.notices import Notice
from reviewflow.model.law_change import LawChange
from reviewflow.model.people import Role
from reviewflow.queries.law_changes import list_changes
from reviewflow.work import Work

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month; what it is for the counting, and of which holiday."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday on; days of other months are left empty."""

    number: int
    weeks: Sequence[Sequence[Day | None]]
    working_days: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A year, where its days off come from, and what may be done about it."""

    year: int
    months: Sequence[Month]
    notices: Sequence[Notice]
    """Empty while no notice is there: days then are an estimate."""
    years: Sequence[int]
    changes: Sequence[LawChange]
    may_propose: bool

    @property
    def working_days(self) -> int:
        """Working days of the whole year."""
        return sum(month.working_days for month in self.months)


def calendar_page(work: Work, year: int) -> CalendarPage:
    """Return a year.

    Raises:
        Missing: Nothing is known of that year, not even by estimate.
    """
    calendar = work.law.calendar
    last = max(*calendar.years, work.today.year) + 1
    if not calendar.first_year <= year <= last:
        raise Missing("没有收录这一年的工作日历。")
    notice = calendar.years.get(year)
    return CalendarPage(
        year=year,
        months=months_of(calendar, year),
        notices=notice.notices if notice else (),
        years=range(calendar.first_year, last + 1),
        changes=[
            one for one in list_changes(work, Register.YEAR) if one.key == str(year)
        ],
        may_propose=work.actor.holds(Role.ADMIN),
    )


def months_under(law: Law, amendment: Amendment) -> list[Month]:
    """Return the months of a year as a change of its holidays would have them."""
    return months_of(amended(law, [amendment]).calendar, int(amendment.key))


def months_of(calendar: WorkCalendar, year: int) -> list[Month]:
    """Return the twelve months of a year."""
    return [_month(calendar, year, number) for number in MONTHS]


def _month(calendar: WorkCalendar, year: int, number: int) -> Month:
    weeks = [
        [_day(calendar, day) if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    days = [day for week in weeks for day in week if day is not None]
    return Month(number, weeks, sum(day.kind.works for day in days))


def _day(calendar: WorkCalendar, day: date) -> Day:
    return Day(day, calendar.kind(day), calendar.holiday(day))
