"""How due dates and what leads to them look."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from reviewflow.law.deadlines import LONGEST_PERIOD
from reviewflow.model.deadline import CaseDeadline
from reviewflow.queries.deadlines import Explanation
from web.api.wire import Answer, Day, Query


class ReckoningStep(Answer):
    """One line of a derivation."""

    day: Day
    text: str


class Reckoning(Answer):
    """A due date, and how it comes about."""

    due_on: Day
    provisional: bool
    steps: list[ReckoningStep]


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
    steps: list[ReckoningStep]


class Clocks(Answer):
    """All limits of a case."""

    items: list[ExplainedClock]
    total: int
    next: str | None


def clock_shape(row: CaseDeadline, today: date) -> Clock:
    """Return how a limit that runs in a case looks today."""
    return Clock(**_clock(row, today))


def explained_shape(found: Explanation, today: date) -> ExplainedClock:
    """Return how a limit looks with the steps to its due date."""
    limit = found.limit
    return ExplainedClock(
        **_clock(found.row, today),
        days=limit.days,
        unit=limit.unit.value,
        basis=limit.basis,
        source=limit.source,
        verified=limit.verified.value,
        rule_version=found.row.law_version,
        pauses=[Pause.model_validate(pause) for pause in found.row.pauses],
        steps=[ReckoningStep.model_validate(step) for step in found.deadline.steps],
    )


def _clock(row: CaseDeadline, today: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "limit_id": row.limit_id,
        "title": row.title,
        "task_id": row.task_id,
        "round": row.round,
        "started_on": row.started_on,
        "due_on": row.due_on,
        "provisional": row.is_provisional,
        "met_on": row.met_on,
        "cancelled_on": row.cancelled_on,
        "is_paused": row.is_running and row.open_pause is not None,
        "is_overdue": row.is_running and row.open_pause is None and today > row.due_on,
    }
