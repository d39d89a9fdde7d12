"""When a deadline warns: amber, red, overdue, and who is told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.law.calendar import WorkCalendar, working_days_between
from reviewflow.law.rows import Row, Verified

WHOLE = 100


class Lamp(StrEnum):
    """How urgent an open deadline is."""

    CALM = "calm"
    """正常"""
    AMBER = "amber"
    """临期"""
    RED = "red"
    """即将到期"""
    OVERDUE = "overdue"
    """逾期"""


@dataclass(frozen=True)
class Escalation:
    """Who is told once a deadline is over by so many working days."""

    working_days: int
    role: str


@dataclass(frozen=True)
class WarnRule:
    """When deadlines of some limits warn; no limits named means all others.

    Source:
        Product rule.
    """

    id: str
    limits: tuple[str, ...]
    amber_used_percent: int | None
    amber_left_working_days: int
    red_left_working_days: int
    escalations: tuple[Escalation, ...]
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False

    def lamp(
        self, start: date, due_on: date, today: date, calendar: WorkCalendar
    ) -> Lamp:
        """Return the lamp of a deadline on a day; the last day is still in time."""
        if today > due_on:
            return Lamp.OVERDUE
        left = working_days_between(today, due_on, calendar)
        if left <= self.red_left_working_days:
            return Lamp.RED
        if left <= self.amber_left_working_days or self._half_gone(
            start, today, left, calendar
        ):
            return Lamp.AMBER
        return Lamp.CALM

    def _half_gone(
        self, start: date, today: date, left: int, calendar: WorkCalendar
    ) -> bool:
        if self.amber_used_percent is None or today < start:
            return False
        used = working_days_between(start, today, calendar)
        return used * WHOLE >= self.amber_used_percent * (used + left)


def read_warn_rule(row: Row) -> WarnRule:
    """Return the warning rule that a row holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    return WarnRule(
        **row.origin(),
        limits=row.texts("limits"),
        amber_used_percent=row.whole_or_none("amber_used_percent"),
        amber_left_working_days=row.whole("amber_left_working_days"),
        red_left_working_days=row.whole("red_left_working_days", least=0),
        escalations=tuple(_read_escalation(part) for part in row.rows("escalations")),
    )


def _read_escalation(row: Row) -> Escalation:
    step = Escalation(row.whole("working_days", least=0), row.text("role"))
    row.finish()
    return step
