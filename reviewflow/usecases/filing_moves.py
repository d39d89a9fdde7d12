"""A running filing goes on outside the system, or in it, as its receiver does."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow import filing_moves, journal, progress
from reviewflow.engine.workflow import Workflow
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.deadline import Timer, TimerKind, TimerState
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role
from reviewflow.work import Work

LONGEST_REASON = 200
PATHS: Mapping[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    # where a filing stands: what was done before, in either kind
    "prepare_filing": (),
    "examine_filing": (("prepare_filing", {}),),
    "correct_filing": (
        ("prepare_filing", {}),
        ("examine_filing", {"decision": "SUPPLEMENT"}),
    ),
}


def move_filing(work: Work, filing_id: int, reason: str) -> FilingObligation:
    """Let a running filing go on as its receiver works now (转为系统外报备).

    It stays the same case with the same papers, at the step where it stood: clocks,
    due days and figures of any day do not change.

    Raises:
        Missing: There is no such duty for the actor.
        Refused: The actor does not file it.
        Conflict: It has ended, or its receiver works as it did.
        Invalid: No reason is given, or a long one.
    """
    duty = work.get(FilingObligation, filing_id)
    case = work.get(Case, duty.case_id, lock=True)
    if not work.actor.holds(Role.FILER, case.unit_id):
        raise Refused("只有负责报送的单位的报备人可以改变报备方式。")
    if not filing_moves.is_stranded(work, duty):
        raise Conflict("该件已办结，或者备案机关接收报备的方式没有变化，不需要转换。")
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise Invalid(
            {"move_reason": f"请填写转换的理由，不超过 {LONGEST_REASON} 字。"}
        )

    left = case.process_version_id
    (task,) = progress.open_rows(work, case)
    _go_over(work, case, task.step, filing_moves.kind_for(work, duty))

    journal.record(work, case, filing_moves.MOVED, to=case.kind, left=left, reason=said)
    return duty


def _go_over(work: Work, case: Case, step: str, key: str) -> None:
    """Put a case on another kind, at the step where it stands."""
    old = Workflow.resume(work.process(case).diagram, case.state, {})
    before = progress.waiting(old)
    ends = {event: row.due_at for event, row in _timers(work, case).items()}
    process = work.processes.latest(work.session, key)
    case.kind, case.process_version_id = key, process.version_id

    done = dict.fromkeys(work.bind(work, case, {}), _nothing)
    new = Workflow.start(process.diagram, case.facts, done)
    for passed, decisions in PATHS[step]:
        (waiting,) = new.open_tasks()
        _require_step(waiting.step, passed)
        new.complete(waiting.engine_id, decisions)
    if not ends:
        for timer in new.timers():  # it has fired before
            new.fire(timer.engine_id)
    progress.put_away(work, case, new, before)

    work.session.flush()
    for event, row in _timers(work, case).items():
        row.due_at = ends.get(event, row.due_at)


def _require_step(found: str, wanted: str) -> None:
    if found != wanted:
        raise Conflict("这一流程的环节已被修改，不能自动转换，请联系系统管理员。")


def _timers(work: Work, case: Case) -> dict[str, Timer]:
    """Return the armed timers of a case's process by their events."""
    rows = work.session.scalars(
        sa.select(Timer).where(
            Timer.case_id == case.id,
            Timer.kind == TimerKind.PROCESS,
            Timer.state == TimerState.ARMED,
        )
    )
    return {row.event or "": row for row in rows}


def _nothing(_steering: Mapping[str, Any]) -> None:
    """What was done before is not done again."""
