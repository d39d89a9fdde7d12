"""How urgent tasks and clocks are today, in the states of the visual kit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa

from reviewflow.law import lamps as law
from reviewflow.law.calendar import working_days_between
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.deadline import Pause as PauseRow
from reviewflow.work import Work

WHOLE = 100


class Urgency(StrEnum):
    """States of a lamp, the most urgent first."""

    LATE = "late"
    """逾期"""
    TODAY = "today"
    """今日到期"""
    SOON = "soon"
    """临期"""
    FINE = "fine"
    """正常"""
    PAUSED = "paused"
    """暂停计时"""
    NONE = "none"
    """无时限"""


ORDER = {state: place for place, state in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One clock as it stands today.

    `working_days` are those left, those over if it is late, those it has stood
    still if it is paused.
    """

    state: Urgency
    due_on: date | None = None
    working_days: int = 0
    used_percent: int = 0
    provisional: bool = False
    deadline_id: int | None = None

    @property
    def rank(self) -> tuple[int, date]:
        """The more urgent, the smaller."""
        return ORDER[self.state], self.due_on or date.max


DARK_LAMP = Lamp(Urgency.NONE)


@dataclass(frozen=True, slots=True)
class Span:
    """A limit that runs: which, from when, until when, paused since when."""

    limit_id: str
    started_on: date
    due_on: date
    provisional: bool = False
    paused_on: date | None = None
    deadline_id: int | None = None


class Lamps:
    """Lights lamps for one day; equal spans are worked out once."""

    def __init__(self, work: Work) -> None:
        """Take the day and the law from a piece of work."""
        self._work = work
        self.light = cache(self._light)

    def _light(self, span: Span) -> Lamp:
        today, calendar = self._work.today, self._work.law.calendar
        rule = self._work.law.warn_rule(span.limit_id, span.started_on)
        lit = rule.lamp(span.started_on, span.due_on, today, calendar)
        left = working_days_between(today, span.due_on, calendar)
        used = working_days_between(span.started_on, today, calendar)
        if span.paused_on is not None:
            left = working_days_between(span.paused_on, today, calendar)
        return Lamp(
            state=_state(lit, span, today),
            due_on=span.due_on,
            working_days=abs(left),
            used_percent=_percent(used, used + max(left, 0)),
            provisional=span.provisional,
            deadline_id=span.deadline_id,
        )


def _state(lit: law.Lamp, span: Span, today: date) -> Urgency:
    if span.paused_on is not None:
        return Urgency.PAUSED
    if lit is law.Lamp.OVERDUE:
        return Urgency.LATE
    if span.due_on == today:
        return Urgency.TODAY
    return Urgency.FINE if lit is law.Lamp.CALM else Urgency.SOON


def _percent(part: int, whole: int) -> int:
    return WHOLE if whole <= 0 else min(WHOLE, max(0, part * WHOLE // whole))


def light_clock(work: Work, row: CaseDeadline) -> Lamp:
    """Return the lamp of one clock of a case; one that has ended is dark."""
    if not row.is_running:
        return Lamp(Urgency.NONE, row.due_on, deadline_id=row.id)
    paused = row.open_pause
    return Lamps(work).light(
        Span(
            row.limit_id,
            row.started_on,
            row.due_on,
            row.is_provisional,
            paused.from_on if paused else None,
            row.id,
        )
    )


CLOCK = sa.and_(
    CaseDeadline.case_id == Task.case_id,
    CaseDeadline.due_on == Task.due_on,
    CaseDeadline.met_on.is_(None),
    CaseDeadline.cancelled_on.is_(None),
    sa.or_(CaseDeadline.task_id.is_(None), CaseDeadline.task_id == Task.id),
)
"""The clock a task is due by: its own, or that of its case."""

PAUSE = sa.and_(PauseRow.deadline_id == CaseDeadline.id, PauseRow.until_on.is_(None))


def task_lamps(work: Work, *where: sa.ColumnElement[bool]) -> dict[int, Lamp]:
    """Return the lamps of the tasks that fulfil conditions, by due date."""
    rows = work.session.execute(
        sa.select(
            Task.id,
            Task.due_on,
            Task.due_is_provisional,
            CaseDeadline.limit_id,
            CaseDeadline.started_on,
            CaseDeadline.id.label("clock_id"),
            PauseRow.from_on.label("paused_on"),
        )
        .outerjoin(CaseDeadline, CLOCK)
        .outerjoin(PauseRow, PAUSE)
        .where(*where)
        .order_by(Task.due_on.nulls_last(), Task.id)
    )
    lamps = Lamps(work)
    return {
        row.id: lamps.light(_span(row, work.today)) if row.due_on else DARK_LAMP
        for row in rows
    }


def _span(row: Any, today: date) -> Span:
    return Span(
        limit_id=row.limit_id or "",
        started_on=row.started_on or min(today, row.due_on),
        due_on=row.due_on,
        provisional=row.due_is_provisional,
        paused_on=row.paused_on,
        deadline_id=row.clock_id,
    )


def count_states(lamps: Iterable[Lamp]) -> Mapping[Urgency, int]:
    """Return how many lamps are in each state."""
    return Counter(lamp.state for lamp in lamps)


def most_urgent(lamps: Iterable[Lamp]) -> Lamp:
    """Return the lamp that matters most, a dark one if there is none."""
    return min(lamps, key=lambda lamp: lamp.rank, default=DARK_LAMP)
