"""Time limits as rows of data: what each counts, from what day, by what text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.errors import Invalid
from reviewflow.law.calendar import Pause, WorkCalendar
from reviewflow.law.deadlines import (
    MONTHS_IN_A_YEAR,
    Deadline,
    deadline_calendar,
    deadline_months,
    deadline_working,
    first_day_after,
    fixed_date,
    latest_before,
    latest_working_before,
    months_before,
)
from reviewflow.law.rows import Row, Verified


class Unit(StrEnum):
    """What a period is counted in, as texts of law write it."""

    CALENDAR_DAY = "日"
    """日（自然日）"""
    WORKING_DAY = "工作日"
    """工作日"""
    MONTH = "月"
    """月"""
    YEAR = "年"
    """年"""


class Direction(StrEnum):
    """Whether a limit is a ceiling or a floor."""

    MAX = "max"
    """最长"""
    MIN = "min"
    """最短"""


class Counting(StrEnum):
    """Which day a limit yields, counted from the day of its event."""

    FORWARD = "forward"
    """自起算日向后，届满日"""
    BACKWARD = "backward"
    """自活动日向前，最迟日"""
    AFTER = "after"
    """期满后的第一日"""
    BEFORE_END = "before_end"
    """自有效期届满日向前，按月"""
    FIXED_DATE = "fixed_date"
    """每年的固定日期"""


@dataclass(frozen=True)
class TimeLimit:
    """A row of the register of time limits (时限).

    Attributes:
        days: How many of `unit`; 0 for a date of the year.
        at_least: The floor beside a ceiling (一般不少于…).
        extension: By how much the ceiling may be put off once.
        plan: What the product plans with where the safe reading is longer.
        hard: Whether missing it makes the step itself unlawful.
        rolls: Whether a last day that is a day off is put off.
        on_month, on_day: The date of the year, if it is one.
    """

    id: str
    title: str
    days: int
    unit: Unit
    direction: Direction
    counting: Counting
    applies: tuple[str, ...]
    basis: str
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False
    at_least: int | None = None
    extension: int | None = None
    plan: int | None = None
    hard: bool = False
    rolls: bool = True
    on_month: int = 0
    on_day: int = 0

    def deadline(
        self, start: date, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
    ) -> Deadline:
        """Return what the limit makes of an event on that day.

        Raises:
            Invalid: The limit cannot be paused, or the calendar does not reach.
        """
        if self.counting is Counting.FORWARD:
            return period_end(
                start, self.days, self.unit, calendar, pauses, rolls=self.rolls
            )
        if pauses:
            raise Invalid({"pauses": f"“{self.title}”的时限不能暂停计算。"})
        if self.counting is Counting.FIXED_DATE:
            return fixed_date(start, (self.on_month, self.on_day), calendar)
        count = self._other_way()
        return count(start, self.days, calendar)

    def _other_way(self) -> Callable[[date, int, WorkCalendar], Deadline]:
        """Return how a period is counted that does not simply run forward."""
        if self.counting is Counting.AFTER:
            return first_day_after
        if self.counting is Counting.BEFORE_END:
            return months_before
        if self.unit is Unit.WORKING_DAY:
            return latest_working_before
        return latest_before

    def nonsense(self) -> str:
        """Return in Chinese which of its fields contradict one another, or nothing."""
        in_days = self.unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY)
        contradictions = {
            "向前推算的时限只能以日或者工作日计": (
                self.counting is Counting.BACKWARD and not in_days
            ),
            "“…日后”的时限只能以日计": (
                self.counting is Counting.AFTER and self.unit is not Unit.CALENDAR_DAY
            ),
            "自届满日向前的时限只能以月计": (
                self.counting is Counting.BEFORE_END and self.unit is not Unit.MONTH
            ),
            "固定日期的时限只写“every_year”，其他时限只写“days”和“unit”": (
                {self.counting is Counting.FIXED_DATE, bool(self.on_month)}
                != {not self.days and self.counting is not Counting.BEFORE_END}
            ),
            "“at_least”大于“days”": (self.at_least or 0) > self.days,
            "“rolls”只用于以月、年计的时限": in_days and not self.rolls,
        }
        return next((text for text, is_so in contradictions.items() if is_so), "")


def period_end(
    start: date,
    count: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    *,
    rolls: bool = True,
) -> Deadline:
    """Return the end of a period in any unit.

    Raises:
        Invalid: Months or years are to be paused, or as for the single units.
    """
    if unit is Unit.WORKING_DAY:
        return deadline_working(start, count, calendar, pauses)
    if unit is Unit.CALENDAR_DAY:
        return deadline_calendar(start, count, calendar, pauses)
    if pauses:
        raise Invalid({"pauses": "以月或者年计的期限不能暂停计算。"})
    months = count * (MONTHS_IN_A_YEAR if unit is Unit.YEAR else 1)
    return deadline_months(start, months, calendar, rolls=rolls)


def read_limit(row: Row) -> TimeLimit:
    """Return the limit that a row of the register holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    on_month, on_day = _read_date_of_year(row)
    counting = _read_counting(row, on_month)
    may_be_none = on_month or counting is Counting.BEFORE_END  # the last day itself
    limit = TimeLimit(
        **row.origin(),
        title=row.text("title"),
        days=row.whole("days", 0 if on_month else None, least=0 if may_be_none else 1),
        unit=row.choice("unit", Unit, Unit.CALENDAR_DAY if on_month else None),
        direction=row.choice("direction", Direction),
        counting=counting,
        applies=row.texts("applies"),
        basis=row.text("basis"),
        at_least=row.whole_or_none("at_least"),
        extension=row.whole_or_none("extension"),
        plan=row.whole_or_none("plan"),
        hard=row.flag("hard", default=False),
        rolls=row.flag("rolls", default=True),
        on_month=on_month,
        on_day=on_day,
    )
    if limit.nonsense():
        raise row.wrong(limit.nonsense())
    return limit


def _read_counting(row: Row, on_month: int) -> Counting:
    usual = Counting.FIXED_DATE if on_month else Counting.FORWARD
    return row.choice("counting", Counting, usual)


def _read_date_of_year(row: Row) -> tuple[int, int]:
    """Return month and day of `every_year: 01-31`, zeros if there is none."""
    text = row.text("every_year", "")
    if not text:
        return 0, 0
    try:
        found = date.fromisoformat(f"2001-{text}")
    except ValueError as error:
        raise row.wrong("“every_year”应为月和日，例如 01-31") from error
    return found.month, found.day
