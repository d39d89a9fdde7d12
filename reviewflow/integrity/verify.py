"""Whether the records still are what they were when they were written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.clock import beijing_date
from reviewflow.engine.workflow import Workflow
from reviewflow.errors import ReviewflowError
from reviewflow.integrity import records
from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.deadline import Incident, Timer, TimerKind, TimerState
from reviewflow.model.document import Document
from reviewflow.model.event import Event
from reviewflow.model.people import Membership
from reviewflow.work import Work

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What rows raise that somebody has filled with nonsense."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it was: which case, what rule, a sentence."""

    case_id: int
    rule: str
    sentence: str


def verify(work: Work, case_ids: Iterable[int] | None = None) -> list[Discrepancy]:
    """Return everything that is not as it was, case by case.

    Args:
        work: Reading work of the system.
        case_ids: The cases to look at; all by default.
    """
    chosen = work.session.scalars(
        sa.select(Case.id).order_by(Case.id) if case_ids is None else _ids(case_ids)
    ).all()
    found: list[Discrepancy] = []
    for case_id in chosen:
        try:
            found += verify_case(work, work.get(Case, case_id))
        except UNREADABLE:
            found.append(Discrepancy(case_id, "I12", "事项登记的内容不能读取。"))
        work.session.expunge_all()
    return found


def verify_case(work: Work, case: Case) -> list[Discrepancy]:
    """Return everything about one case that is not as it was."""
    return [
        Discrepancy(case.id, rule, sentence)
        for rule in CHECKS
        for sentence in flaws(work, case, rule)
    ]


def flaws(work: Work, case: Case, rule: str) -> list[str]:
    """Return what one rule finds; what cannot even be read is found too."""
    try:
        return list(CHECKS[rule](work, case))
    except UNREADABLE:
        return ["登记的内容不能读取，可能被改动。"]


def _ids(case_ids: Iterable[int]) -> sa.Select[int]:
    return sa.select(Case.id).where(Case.id.in_(list(case_ids))).order_by(Case.id)


def _chain(work: Work, case: Case) -> Iterator[str]:
    prev, seq = "", 0
    for event in work.session.scalars(
        sa.select(Event).where(Event.case_id == case.id).order_by(Event.seq)
    ):
        seq += 1
        if event.seq != seq:
            yield f"第 {seq} 条办理记录缺失。"
            return
        payload = journal.text_digest(journal.canonical(event.payload))
        if payload != event.payload_digest:
            yield f"第 {seq} 条办理记录的内容被改动。"
        if event.prev != prev or journal.event_hash(event) != event.hash:
            yield f"第 {seq} 条办理记录与前一条不衔接。"
        prev = event.hash
    if (seq, prev) != (case.nseq, case.head):
        yield "办理记录的末尾与事项登记的不一致。"


def _digests(work: Work, case: Case) -> Iterator[str]:
    last = work.session.get(Event, (case.id, case.nseq))
    if last is None:
        return
    if journal.text_digest(case.state) != last.state_digest:
        yield "流程状态与最后一条办理记录不一致。"
    if journal.projection_digest(work.session, case) != last.projection_digest:
        yield "待办、定时或材料登记与最后一条办理记录不一致。"


def _engine(work: Work, case: Case) -> Iterator[str]:
    try:
        workflow = Workflow.resume(work.process(case).diagram, case.state, {})
    except ReviewflowError as error:
        yield f"流程状态不能读取：{error.message}"
        return
    if case.status is CaseStatus.RUNNING and workflow.finished:
        yield "流程已经结束，事项却仍在办理。"
    if not case.is_running:
        return
    waiting = {task.engine_id for task in workflow.open_tasks()}
    open_rows = work.session.scalars(
        sa.select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))
    )
    rows = {task.engine_task for task in open_rows}
    if waiting != rows:
        yield "待办与流程状态不一致。"
    armed = {timer.engine_id for timer in workflow.timers()}
    if armed != set(work.session.scalars(_process_timers(case))):
        yield "定时事项与流程状态不一致。"


def _process_timers(case: Case) -> sa.Select[str | None]:
    return sa.select(Timer.engine_id).where(
        Timer.case_id == case.id,
        Timer.kind == TimerKind.PROCESS,
        Timer.state == TimerState.ARMED,
    )


def _completions(work: Work, case: Case) -> Iterator[str]:
    tasks = work.session.scalars(
        sa.select(Task).where(Task.case_id == case.id, Task.done_at.is_not(None))
    )
    done = sorted((t.id, t.done_by_id, t.done_at) for t in tasks)
    events = work.session.scalars(
        sa.select(Event).where(Event.case_id == case.id, Event.kind == "task.completed")
    )
    told = sorted((e.payload["task_id"], e.actor_id, e.at) for e in events if e.payload)
    if done != told:
        yield "已办任务与办理记录不一一对应。"


def _posts(work: Work, case: Case) -> Iterator[str]:
    """Whoever completed a task held its post on that day."""
    acts = work.session.execute(
        sa.select(Event.seq, Event.actor_id, Event.unit_id, Event.role, Event.at).where(
            Event.case_id == case.id, Event.kind == "task.completed"
        )
    ).all()
    held = work.session.scalars(
        sa.select(Membership).where(
            Membership.user_id.in_({act.actor_id for act in acts})
        )
    ).all()
    for act in acts:
        day = beijing_date(act.at)
        if not any(
            post.in_force(day)
            and (post.user_id, post.unit_id) == (act.actor_id, act.unit_id)
            and post.role == act.role
            for post in held
        ):
            yield f"第 {act.seq} 条办理记录的办理人当时不在该岗位。"


def _alive(work: Work, case: Case) -> Iterator[str]:
    if not case.is_running:
        return
    for table, open_ in (
        (Task, Task.closed_at.is_(None)),
        (Timer, Timer.state == TimerState.ARMED),
        (Incident, Incident.closed_at.is_(None)),
    ):
        if work.session.scalar(
            sa.select(table.id).where(table.case_id == case.id, open_).limit(1)
        ):
            return
    yield "事项仍在办理，却没有待办、定时或异常事件。"


def _files(work: Work, case: Case) -> Iterator[str]:
    for document in work.session.scalars(
        sa.select(Document).where(Document.case_id == case.id)
    ):
        for version in document.versions:
            if not work.files.is_intact(version.sha256, version.size_bytes):
                yield f"材料“{version.name}”第 {version.number} 版的内容缺失或被改动。"


CHECKS: dict[str, Callable[[Work, Case], Iterator[str]]] = {
    "I1": _chain,
    "I3": _engine,
    "I4": _completions,
    "I8": records.answers,
    "I5": _alive,
    "I6": _files,
    "I9": records.opinions,
    "P4": records.publication,
    "I10": _posts,
    "I13": _digests,
    "I14": records.filing,
}
