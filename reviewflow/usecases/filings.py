"""What is done about a duty to file: the open task of its case is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock
from reviewflow.errors import Conflict
from reviewflow.model.case import Case, Task
from reviewflow.model.filing import FilingObligation
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work


class FilingAct(StrEnum):
    """What somebody does about a duty to file."""

    SUBMIT = "submit"
    """报送备案"""
    REGISTER = "register"
    """予以登记"""
    REQUEST_CORRECTION = "request_correction"
    """通知补正"""
    CORRECT = "correct"
    """补正"""
    RETURN = "return"
    """不予登记，退回"""


@dataclass(frozen=True, slots=True)
class _Way:
    """At which step it is done, and which answers it stands for."""

    step: str
    sets: Mapping[str, str] = field(default_factory=dict)


WAYS: Mapping[FilingAct, _Way] = {
    FilingAct.SUBMIT: _Way("prepare_filing"),
    FilingAct.REGISTER: _Way("examine_filing", {"decision": "REGISTER"}),
    FilingAct.REQUEST_CORRECTION: _Way("examine_filing", {"decision": "SUPPLEMENT"}),
    FilingAct.CORRECT: _Way("correct_filing"),
    FilingAct.RETURN: _Way("examine_filing", {"decision": "WRONG_ROUTE"}),
}


def act_on_filing(
    work: Work, filing_id: int, act: FilingAct, answers: Mapping[str, Any]
) -> FilingObligation:
    """Do something about a duty to file, as its form would.

    Args:
        work: Actor, instant and transaction.
        filing_id: The duty.
        act: What is done.
        answers: Further answers to the form of the step.

    Raises:
        Missing: There is no such duty for the actor.
        Conflict: It is not at that step, or no longer.
        Refused, Invalid: As for completing a task.
    """
    duty = work.get(FilingObligation, filing_id)
    case = work.get(Case, duty.case_id, lock=True)
    way = WAYS[act]
    task = work.session.scalar(
        sa.select(Task).where(
            Task.case_id == case.id, Task.step == way.step, Task.closed_at.is_(None)
        )
    )
    if task is None:
        raise Conflict(f"{_where_it_is(work, case)}，不能办理这一步。")
    complete_task(work, task.id, {**answers, **way.sets})
    return work.get(FilingObligation, filing_id)


def _where_it_is(work: Work, case: Case) -> str:
    """Say where a case is, and who did what last."""
    tasks = work.session.scalars(
        sa.select(Task)
        .where(Task.case_id == case.id)
        .order_by(Task.done_at.desc().nulls_last(), Task.id)
        .options(joinedload(Task.done_by))
    ).all()
    waiting = "、".join(f"“{task.title}”" for task in tasks if task.is_open)
    where = f"该件目前在{waiting}环节" if waiting else "该件已办结"
    last = tasks[0] if tasks else None
    if last is None or last.done_by is None or last.done_at is None:
        return where
    at = last.done_at.astimezone(clock.BEIJING).strftime("%m-%d %H:%M")
    return f"{where}（“{last.title}”由{last.done_by.display_name}于 {at} 办结）"
