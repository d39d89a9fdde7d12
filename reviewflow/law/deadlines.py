"""When a period ends; every deadline says how it came about."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from reviewflow.errors import Invalid
from reviewflow.law.calendar import ONE_DAY, Pause, WorkCalendar, roll
from reviewflow.law.derivation import Derivation, length
from reviewflow.law.walk import Walk

LONGEST_PERIOD = 3650
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True)
class Step:
    """One line of a derivation, in Chinese, and the day it is about."""

    day: date
    text: str


@dataclass(frozen=True)
class Deadline:
    """The last day that is in time (期限届满日), and how it came about.

    Deadlines are equal if their days are: the steps only explain.

    Source:
        《民法典》第二百零三条, by analogy (the last day ends at 24:00).
    """

    due_on: date
    provisional: bool = False
    steps: tuple[Step, ...] = field(default=(), compare=False)

    @property
    def in_words(self) -> str:
        """How it came about in one sentence, without the mark at its end."""
        return "；".join(step.text for step in self.steps)


def deadline_working(
    start: date, days: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Deadline:
    """Return the end of a period counted in working days.

    The starting day does not count: one working day from a Monday ends on
    Tuesday. Days in a pause do not count either.

    Raises:
        Invalid: The calendar does not reach back to `start`, or `days` makes no
            sense.

    Source:
        《民法典》第二百零一条, by analogy (the starting day does not count).
    """
    said = _begin(start, "working_days", days, calendar)
    walk = Walk(calendar, pauses, only_working=True)
    due = walk.go(start, days)
    walk.explain(said)
    said.end("last_working", due, due, count=days)
    return _deadline((start + ONE_DAY, due), due, calendar, said)


def deadline_calendar(
    start: date, days: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Deadline:
    """Return the end of a period counted in calendar days.

    The starting day does not count. A period that ends on a day off ends on
    the next working day.

    Raises:
        Invalid: As for working days.

    Source:
        《民法典》第二百零一条、第二百零三条, by analogy; weekends count as
        days off (product rule).
    """
    said = _begin(start, "days", days, calendar)
    if not pauses:
        return _rolled(start + timedelta(days=days), "last_day", calendar, said)
    walk = Walk(calendar, pauses, only_working=False)
    last = walk.go(start, days)
    walk.explain(said)
    return _rolled(last, "last_day", calendar, said)


def deadline_months(
    start: date, months: int, calendar: WorkCalendar, *, rolls: bool = True
) -> Deadline:
    """Return the end of a period counted in months.

    It ends on the day with the number of the starting day, or on the last day
    of a month that has none. Twelve months are a year.

    Args:
        start: Day of the event that starts the period.
        months: Length of the period.
        calendar: The days off.
        rolls: Whether a day off puts the end off, as it does for things to be
            done; the validity of a document just ends.

    Source:
        《民法典》第二百零二条、第二百零三条, by analogy.
    """
    years, rest = divmod(months, MONTHS_IN_A_YEAR)
    unit, count = ("months", months) if rest else ("years", years)
    said = _begin(start, unit, count, calendar)
    last = month_away(start, months)
    key = "last_day" if last.day == start.day else "last_of_month"
    if rolls:
        return _rolled(last, key, calendar, said)
    said.end(key, last, last)
    return Deadline(last, steps=_steps(said))


def months_before(event: date, months: int, calendar: WorkCalendar) -> Deadline:
    """Return the day so many months before a period ends; none is that day itself.

    It is the day with the same number, or the last of a month that has none; a
    day off does not move it, for it is only when something begins to be looked at.

    Source:
        《民法典》第二百零二条, by analogy and turned around (product rule).
    """
    calendar.require(event)
    said = Derivation(event)
    if months:
        said.begin(length("months", months), backward=True)
    due = month_away(event, -months)
    said.end("latest" if months else "last_day", due, due)
    return Deadline(due, steps=_steps(said))


def month_away(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month without it."""
    year, month = divmod(day.month - 1 + months, MONTHS_IN_A_YEAR)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def latest_before(event: date, days: int, calendar: WorkCalendar) -> Deadline:
    """Return the latest day that lies so many calendar days before an event.

    If that day is a day off, the working day before it is the latest.

    Source:
        《民法典》第二百零一条、第二百零三条, by analogy and turned around, so
        that a day off never shortens the time before the event (product rule).
    """
    said = _begin(event, "days", days, calendar, backward=True)
    last = event - timedelta(days=days)
    said.end("latest", last, last)
    due = roll(last, calendar, -ONE_DAY)
    if due != last:
        name = calendar.holiday(last)
        said.end("earlier_holiday" if name else "earlier_weekend", due, last, name)
    return _deadline((due, last), due, calendar, said)


def latest_working_before(event: date, days: int, calendar: WorkCalendar) -> Deadline:
    """Return the latest day that lies so many working days before an event.

    Source:
        As for `latest_before`.
    """
    said = _begin(event, "working_days", days, calendar, backward=True)
    walk = Walk(calendar, (), only_working=True)
    due = walk.go(event, days, backward=True)
    walk.explain(said)
    said.end("latest", due, due)
    return _deadline((due, event - ONE_DAY), due, calendar, said)


def first_day_after(start: date, days: int, calendar: WorkCalendar) -> Deadline:
    """Return the first day after a period of calendar days is over (…日后).

    It is not put off by days off: a rule may come into force on a Sunday.

    Source:
        《规章制定程序条例》第三十二条 (自公布之日起30日后施行); counted by
        analogy to 《民法典》第二百零一条.
    """
    said = _begin(start, "days", days, calendar)
    last = start + timedelta(days=days)
    said.end("first_after", last + ONE_DAY, last)
    return Deadline(last + ONE_DAY, steps=_steps(said))


def fixed_date(
    start: date, month_and_day: tuple[int, int], calendar: WorkCalendar
) -> Deadline:
    """Return the next such date of a year, `start` itself included.

    Source:
        《法规规章备案审查条例》第二十二条 (每年1月31日前): a date and not a
        period, so it is not put off.
    """
    calendar.require(start)
    due = date(start.year, *month_and_day)
    if due < start:
        due = date(start.year + 1, *month_and_day)
    said = Derivation(start)
    said.end("fixed_date", due, due)
    return Deadline(due, steps=_steps(said))


def _begin(
    start: date,
    unit: str,
    count: int,
    calendar: WorkCalendar,
    *,
    backward: bool = False,
) -> Derivation:
    calendar.require(start)
    if not 0 < count <= LONGEST_PERIOD:
        raise Invalid({"days": f"期限应为1至{LONGEST_PERIOD}之间的整数。"})
    said = Derivation(start)
    said.begin(length(unit, count), backward=backward)
    return said


def _rolled(last: date, key: str, calendar: WorkCalendar, said: Derivation) -> Deadline:
    said.end(key, last, last)
    due = roll(last, calendar)
    if due != last:
        name = calendar.holiday(last)
        said.end("rolled_holiday" if name else "rolled_weekend", due, last, name)
    return _deadline((last, due), due, calendar, said)


def _deadline(
    days: tuple[date, date], due: date, calendar: WorkCalendar, said: Derivation
) -> Deadline:
    """Build the deadline; the days it hangs on say if a notice may still move it."""
    years = range(min(days).year, max(days).year + 1)
    unknown = [year for year in years if not calendar.covers(year)]
    for year in unknown:
        said.provisional(year, due)
    return Deadline(due, provisional=bool(unknown), steps=_steps(said))


def _steps(said: Derivation) -> tuple[Step, ...]:
    return tuple(Step(day, text) for day, text in said.lines)
