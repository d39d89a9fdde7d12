"""Which days offices work, and how many lie between two days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reviewflow.errors import Invalid
from reviewflow.law.notices import SATURDAY, FixedHoliday, YearNotice

ONE_DAY = timedelta(days=1)
YEARS_AHEAD = 100


class DayKind(StrEnum):
    """What a day is for the counting of working days."""

    WORKING = "working"
    """工作日"""
    MAKEUP = "makeup"
    """调休上班日"""
    WEEKEND = "weekend"
    """周末"""
    HOLIDAY = "holiday"
    """放假"""

    @property
    def works(self) -> bool:
        """Whether offices work on such a day."""
        return self is DayKind.WORKING or self is DayKind.MAKEUP


class WorkCalendar:
    """Days off (放假) and make-up days (调休上班) of all years with a notice.

    A year without a notice is estimated: weekends and holidays with a fixed
    date. Years before the first notice are refused.
    """

    def __init__(
        self, years: Iterable[YearNotice], fixed: Iterable[FixedHoliday] = ()
    ) -> None:
        """Merge the notices, later years last: each may move days of another."""
        self.years = {year.year: year for year in years}
        if not self.years:
            raise Invalid({"calendar": "没有任何一年的放假安排，无法计算期限。"})
        self.first_year = min(self.years)
        self._last_year = max(self.years) + YEARS_AHEAD
        self._fixed = tuple(fixed)
        self.fixed = {(one.month, one.day): one.name for one in self._fixed}
        self._names: dict[date, str] = {}
        self._kinds: dict[date, DayKind] = {}
        for _, notice in sorted(self.years.items()):
            self._enter(notice.days_off, DayKind.HOLIDAY)
            self._enter(notice.makeup_days, DayKind.MAKEUP)

    def _enter(self, days: Mapping[date, str], kind: DayKind) -> None:
        self._names.update(days)
        self._kinds.update(dict.fromkeys(days, kind))

    def with_year(self, notice: YearNotice) -> "WorkCalendar":
        """Return the calendar with a year as that notice says it."""
        others = [year for year in self.years.values() if year.year != notice.year]
        return WorkCalendar([*others, notice], self._fixed)

    def covers(self, year: int) -> bool:
        """Return whether the holidays of that year have been announced."""
        return year in self.years

    def require(self, day: date) -> None:
        """Refuse a day nothing is known about.

        Raises:
            Invalid: The day lies before the first notice, or too far ahead.
        """
        if day.year < self.first_year:
            raise Invalid(
                {
                    "start": f"没有收录{day.year}年的放假安排，"
                    f"只能计算{self.first_year}年1月1日以后的日期。"
                }
            )
        if day.year > self._last_year:
            raise Invalid({"start": f"{day.year}年过于久远，无法计算，请核对日期。"})

    def kind(self, day: date) -> DayKind:
        """Return what that day is for the counting of working days."""
        known = self._kinds.get(day)
        if known and day.year >= self.first_year:
            return known
        if day.year not in self.years:
            self.require(day)
            if (day.month, day.day) in self.fixed:
                return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Return whether offices work on that day.

        Source:
            《全国年节及纪念日放假办法》第二条、第六条、第七条 and the yearly
            notices: Monday to Friday without days off, with make-up days.
        """
        return self.kind(day).works

    def holiday(self, day: date) -> str:
        """Return the name of the holiday a day off or make-up day belongs to."""
        if day in self._names or self.covers(day.year):
            return self._names.get(day, "")
        return self.fixed.get((day.month, day.day), "")


@dataclass(frozen=True)
class Pause:
    """A time that does not count (中止), for instance for supplements (补正).

    Raises:
        Invalid: It ends before it starts.

    Source:
        Product rule after local practice: the day of the notice still counts,
        the day of the resubmission does not.
    """

    notified_on: date
    resumed_on: date
    reason: str = "补正"

    def __post_init__(self) -> None:
        """Refuse what nobody can mean."""
        if self.resumed_on < self.notified_on:
            raise Invalid({"resumed_on": "恢复计算的日期早于通知的日期，请核对。"})

    def covers(self, day: date) -> bool:
        """Return whether that day does not count because of the pause."""
        return self.notified_on < day <= self.resumed_on


def working_days_between(
    after: date, until: date, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> int:
    """Return the working days after one day, up to and including another.

    Days in a pause are left out. If `until` is the earlier day, the count is
    that of the days between, below zero: what is overdue by two working days
    has minus two left.
    """
    if until < after:
        return -working_days_between(until, after, calendar, pauses)
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(
        calendar.is_working(day) and not any(pause.covers(day) for pause in pauses)
        for day in days
    )


def next_working_day(day: date, calendar: WorkCalendar) -> date:
    """Return the first working day after a day."""
    return roll(day + ONE_DAY, calendar)


def roll(day: date, calendar: WorkCalendar, step: timedelta = ONE_DAY) -> date:
    """Return the day itself if it is a working day, else the next one that is."""
    while not calendar.is_working(day):
        day += step
    return day
