"""Effects of asking for the emergency procedure: approved, or refused."""

from collections.abc import Iterator

import sqlalchemy as sa

from reviewflow import arrivals, clocks, journal, progress
from reviewflow.effects.cases import REVIEW_STEP, review_limit
from reviewflow.kinds.shelf import EMERGENCY
from reviewflow.model.case import Case, Part, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.emergency import EmergencyRequest
from reviewflow.model.opinion import Opinion
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work

STEPS = ("endorse_emergency", "approve_emergency")
"""Where the diagram itself asks for the two approvals."""


def approve_emergency(work: Work, case: Case, answers: Answers) -> None:
    """Let the short limits of the kind hold from now on, never for what is past.

    A limit that runs already ends, and the short one begins today.

    Source: 国办发〔2018〕115号（五）（应对突发事件、执行上级紧急命令的，不受一般审核
    时间限制）.
    """
    review = running_review(work, case)
    case.facts = {**case.facts, EMERGENCY: True}
    journal.record(
        work, case, "emergency.approved", approved_by=str(answers["approved_by"])
    )
    if review is not None:
        _hasten(work, case, review, review_limit(work, case))
    for row, limit_id in _hastened_tasks(work, case):
        _hasten(work, case, row, limit_id)


def refuse_emergency(work: Work, case: Case, answers: Answers) -> None:
    """Go on at the usual pace: what was asked for at the beginning holds no more."""
    case.facts = {**case.facts, EMERGENCY: False}
    reason = str(answers.get("reason") or "")
    journal.record(work, case, "emergency.refused", reason=reason)


def running_review(work: Work, case: Case) -> CaseDeadline | None:
    """Return the clock of the review, while it runs."""
    return clocks.running_clock(work, case, review_limit(work, case))


def why_not(work: Work, case: Case) -> str:
    """Return why a matter cannot be hastened now; empty if it can."""
    return next(_obstacles(work, case), "")


def _obstacles(work: Work, case: Case) -> Iterator[str]:
    if not work.process(case).kind.hastened:
        yield "这类事项没有紧急程序。"
    if not case.is_running:
        yield "该事项已办结，不能再改按紧急程序办理。"
    steps = {task.step for task in progress.open_rows(work, case)}
    if steps & set(STEPS) or arrivals.find_party(work, case, Part.OFFICE) is None:
        yield "登记、送审时申请的紧急程序在当前环节办理，不需要在这里申请。"
    if case.facts.get(EMERGENCY) is True:
        yield "该事项已经按紧急程序办理。"
    if _is_signed(work, case):
        yield "审查意见已经签发，不能再缩短审查时限。"
    review = running_review(work, case)
    if review is not None and not _is_sooner(work, case, review):
        yield "审查时限即将或者已经届满，按紧急程序重新起算不会更早。"


def waiting_request(work: Work, case: Case) -> EmergencyRequest | None:
    """Return what was asked and is not decided."""
    return work.session.scalar(
        sa.select(EmergencyRequest).where(
            EmergencyRequest.case_id == case.id, EmergencyRequest.is_approved.is_(None)
        )
    )


def may_decide(work: Work, case: Case, row: EmergencyRequest | None) -> bool:
    """The actor receives papers in the office of the case, and did not ask."""
    is_another = row is None or row.asked_by_id != work.actor.id
    office = office_of(work, case)
    return is_another and work.actor.holds(Role.OFFICE_INTAKE, office)


def office_of(work: Work, case: Case) -> int:
    """Return the unit that takes part as the office; 0 if none does yet."""
    party = arrivals.find_party(work, case, Part.OFFICE)
    return party.unit_id if party is not None else 0


def let_office_see(work: Work, case: Case) -> None:
    """Let the office read a case that has not come to it yet, for it is to decide."""
    party = arrivals.find_party(work, case, Part.OFFICE)
    if party is not None and party.seen_from is None:
        party.seen_from = work.now


def _is_signed(work: Work, case: Case) -> bool:
    signed = sa.select(Opinion.id).where(
        Opinion.case_id == case.id,
        Opinion.round == case.round,
        Opinion.signed_at.is_not(None),
    )
    with work.beyond_sight():
        return work.session.scalar(signed.limit(1)) is not None


def _is_sooner(work: Work, case: Case, review: CaseDeadline) -> bool:
    """The short limit, begun today, would end before the one that runs."""
    if review.open_pause is not None:
        return True  # nobody knows yet when it will end
    kind, urgent = work.process(case).kind, {**case.facts, EMERGENCY: True}
    limit_id = kind.limit_of(REVIEW_STEP, case.kind_code, urgent)
    return work.law.deadline(limit_id, work.today).due_on < review.due_on


def _hastened_tasks(work: Work, case: Case) -> list[tuple[CaseDeadline, str]]:
    """Return the clocks of open tasks that have less time now, with their new limits.

    One that ends sooner than the new limit would stays as it is.
    """
    kind = work.process(case).kind
    found = work.session.execute(
        sa.select(CaseDeadline, Task.step)
        .join(CaseDeadline.task)
        .where(
            CaseDeadline.case_id == case.id,
            CaseDeadline.met_on.is_(None),
            CaseDeadline.cancelled_on.is_(None),
            Task.closed_at.is_(None),
            Task.step.in_(kind.hastened),
        )
    ).all()
    shorter = []
    for row, step in found:
        limit_id = kind.limit_of(step, case.kind_code, case.facts)
        if work.law.deadline(limit_id, work.today).due_on < row.due_on:
            shorter.append((row, limit_id))
    return shorter


def _hasten(work: Work, case: Case, row: CaseDeadline, limit_id: str) -> None:
    """End a clock and begin a shorter one; what is paused stays paused."""
    before, pause = row.due_on, row.open_pause
    if pause is not None:
        pause.until_on = work.today
    clocks.cancel_clock(work, row)
    shorter = clocks.start_clock(work, case, limit_id, task=row.task)
    waiting = sa.select(Task).where(
        Task.case_id == case.id, Task.closed_at.is_(None), Task.due_on == before
    )
    for task in work.session.scalars(waiting):
        task.due_on, task.due_is_provisional = shorter.due_on, shorter.is_provisional
    journal.record(
        work,
        case,
        "review.hastened",
        limit=limit_id,
        before=before,
        due_on=shorter.due_on,
    )
    if pause is not None:
        clocks.pause_clock(work, case, limit_id, pause.reason)
