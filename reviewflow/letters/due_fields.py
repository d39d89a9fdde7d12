"""Due dates in letters, with how they come about (期限推算)."""

from datetime import date

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.law.calendar import Pause
from reviewflow.law.deadlines import Deadline
from reviewflow.letters.merge import Fields
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.work import Work


def due_fields(
    work: Work, case: Case, started_on: date, due_on: date | None, name: str = "due"
) -> Fields:
    """Return a due date and its derivation, as one clock of the case has them.

    Where the law has changed since, the letter keeps its date and explains nothing.

    Args:
        work: Actor, instant and transaction.
        case: Where the clock runs.
        started_on: Day of the event that started it.
        due_on: The day the letter names.
        name: How the fields begin: `due_on`, `due_derivation`.
    """
    found = None
    for row in _clocks(work, case, started_on):
        found = found or next((d for d in _ends(work, row) if d.due_on == due_on), None)
    return {
        f"{name}_on": chinese.day(due_on),
        f"{name}_derivation": found.in_words if found else "",
    }


def first_due_fields(
    work: Work, case: Case, started_on: date, step: str, name: str
) -> Fields:
    """Return when the clock of a step was to end on the day it started.

    What was paused or put off afterwards is told by other letters.

    Args:
        work: Actor, instant and transaction.
        case: Where the clock runs.
        started_on: Day of the event that started it.
        step: By whose limit the case itself has a clock.
        name: How the fields begin.
    """
    limit_id = work.process(case).kind.limit_of(step, case.kind_code, case.facts)
    own = [row for row in _clocks(work, case, started_on) if row.task_id is None]
    own.sort(key=lambda row: row.limit_id != limit_id)
    if not own:
        return {f"{name}_on": "", f"{name}_derivation": ""}
    found = work.law.deadline(own[0].limit_id, started_on)
    return {
        f"{name}_on": chinese.day(found.due_on),
        f"{name}_derivation": found.in_words,
    }


def _clocks(work: Work, case: Case, started_on: date) -> list[CaseDeadline]:
    rows = work.session.scalars(
        sa.select(CaseDeadline)
        .where(CaseDeadline.case_id == case.id, CaseDeadline.started_on == started_on)
        .order_by(CaseDeadline.id)
    )
    return list(rows)


def _ends(work: Work, row: CaseDeadline) -> list[Deadline]:
    """Return when a clock was to end at first, and when it does by now."""
    over = tuple(Pause(p.from_on, p.until_on) for p in row.pauses if p.until_on)
    first = work.law.deadline(row.limit_id, row.started_on)
    if not over and not row.extended_by:
        return [first]
    now = work.law.deadline(row.limit_id, row.started_on, over, row.extended_by)
    return [first, now]
