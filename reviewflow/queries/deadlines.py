"""Due dates that explain themselves: of any period, and of one clock of a case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from reviewflow import clocks
from reviewflow.errors import Invalid
from reviewflow.law.calendar import DayKind, Pause
from reviewflow.law.deadlines import Deadline
from reviewflow.law.lawbook import Law
from reviewflow.law.limits import TimeLimit, Unit, period_end
from reviewflow.model.deadline import CaseDeadline
from reviewflow.work import Work

COUNTED = (Unit.CALENDAR_DAY, Unit.WORKING_DAY)
LONGEST_STRIP = 92


class Use(StrEnum):
    """What a day was for the counting of a period."""

    START = "start"
    """起算日，不计入"""
    COUNTED = "counted"
    """计入"""
    OFF = "off"
    """不计入"""
    PAUSED = "paused"
    """暂停计时"""
    PUT_OFF = "put_off"
    """届满日为休息日，顺延"""
    DUE = "due"
    """届满日"""


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of a period, and what it was for the counting."""

    day: date
    kind: DayKind
    name: str
    use: Use


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A due date with the days it ran over, for somebody who only asks."""

    deadline: Deadline
    strip: tuple[StripDay, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clock of a case with the rule it runs under and how its end comes about.

    `deadline` is computed from the law in force; where that gives another day
    than the row holds, `was_moved` says so.
    """

    row: CaseDeadline
    limit: TimeLimit
    deadline: Deadline
    pauses: tuple[Pause, ...]
    strip: tuple[StripDay, ...]

    @property
    def was_moved(self) -> bool:
        """The row holds another day than the law gives now."""
        return self.row.due_on != self.deadline.due_on


def deadline(law: Law, start: str, days: str, unit: str) -> Deadline:
    """Return when a period ends, from the words of somebody who asks.

    Raises:
        Invalid: A word is not understood, or the calendar does not reach.
    """
    errors: dict[str, str] = {}
    try:
        day = date.fromisoformat(start.strip())
    except ValueError:
        errors["start"] = _misread("日期", start, "按 2026-11-23 的形式填写起算日期")
    if not days.strip().isascii() or not days.strip().isdigit():
        errors["days"] = _misread("天数", days, "填写天数，为正整数")
    if unit not in COUNTED:
        errors["unit"] = _misread("单位", unit, "填写单位，为“日”或者“工作日”")
    if errors:
        raise Invalid(errors)
    return period_end(day, int(days), Unit(unit), law.calendar)


def _misread(what: str, typed: str, right: str) -> str:
    said = typed.strip()
    return f"{what}“{said}”不能识别，请{right}。" if said else f"请{right}。"


def reckon(law: Law, start: str, days: str, unit: str) -> Reckoned:
    """Return when a period ends, and what each of its days was for the counting.

    Raises:
        Invalid: As `deadline`.
    """
    found = deadline(law, start, days, unit)
    period = (int(days), Unit(unit))
    first = date.fromisoformat(start.strip())
    return Reckoned(found, tuple(_strip(law, period, first, found.due_on, ())))


def plain(found: Deadline) -> dict[str, Any]:
    """Return a due date with its derivation as JSON."""
    return {
        "due_on": str(found.due_on),
        "provisional": found.provisional,
        "steps": [{"day": str(step.day), "text": step.text} for step in found.steps],
    }


def get_explanation(work: Work, deadline_id: int) -> Explanation:
    """Return the explanation of one clock.

    Raises:
        Missing: There is none, or the actor may not see its case.
    """
    return explain(work, work.get(CaseDeadline, deadline_id))


def explain(work: Work, row: CaseDeadline) -> Explanation:
    """Return the clock with its rule, its pauses and the days it ran over.

    An open pause is reckoned up to today.
    """
    pauses, found = clocks.pauses_of(work, row), clocks.explain(work, row)
    limit = work.law.limit(row.limit_id, row.started_on)
    period = (limit.days, limit.unit)
    strip = _strip(work.law, period, row.started_on, found.due_on, pauses)
    return Explanation(row, limit, found, pauses, tuple(strip))


def _strip(
    law: Law,
    period: tuple[int, Unit],
    start: date,
    due_on: date,
    pauses: Sequence[Pause],
) -> Iterator[StripDay]:
    """Give each day of a period counted in days, unless there are too many."""
    (left, unit), span = period, (due_on - start).days
    if unit not in COUNTED or not 0 <= span < LONGEST_STRIP:
        return
    for number in range(span + 1):
        day = start + timedelta(days=number)
        kind = law.calendar.kind(day)
        is_paused = any(pause.covers(day) for pause in pauses)
        use = _use(unit, kind, left, is_paused=is_paused)
        left -= use is Use.COUNTED and day != start
        edges = {start: Use.START, due_on: Use.DUE}
        yield StripDay(day, kind, law.calendar.holiday(day), edges.get(day, use))


def _use(unit: Unit, kind: DayKind, left: int, *, is_paused: bool) -> Use:
    if is_paused:
        return Use.PAUSED
    if unit is Unit.WORKING_DAY:
        return Use.COUNTED if kind.works else Use.OFF
    return Use.COUNTED if left > 0 else Use.PUT_OFF
