"""How due dates and what leads to them look."""

from typing import Annotated, Literal

from pydantic import Field

from reviewflow.law.deadlines import LONGEST_PERIOD
from web.api.wire import Answer, Day, Query


class Step(Answer):
    """One line of a derivation."""

    day: Day
    text: str


class Reckoning(Answer):
    """A due date, and how it comes about."""

    due_on: Day
    provisional: bool
    steps: list[Step]


class Period(Query):
    """From which day, how long, counted in what."""

    start: Day
    days: Annotated[int, Field(ge=1, le=LONGEST_PERIOD)]
    unit: Literal["日", "工作日"]


class Pause(Answer):
    """A stretch that does not count; without an end it still goes on."""

    from_on: Day
    until_on: Day | None
    reason: str


class Clock(Answer):
    """A limit running in a case."""

    id: int
    limit_id: str
    title: str
    task_id: int | None
    round: int
    started_on: Day
    due_on: Day
    provisional: bool
    met_on: Day | None
    cancelled_on: Day | None
    is_paused: bool
    is_overdue: bool


class ExplainedClock(Clock):
    """A limit running in a case, and how its due date comes about."""

    days: int
    unit: str
    basis: str
    source: str
    verified: str
    rule_version: str
    pauses: list[Pause]
    steps: list[Step]


class Clocks(Answer):
    """All limits of a case."""

    items: list[ExplainedClock]
    total: int
    next: str | None
