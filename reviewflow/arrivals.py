"""A case reaches a step: whose task it is, who is told, which clock runs."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from reviewflow import advising, clocks, journal, notices
from reviewflow.engine.tokens import OpenTask
from reviewflow.errors import Invalid
from reviewflow.kinds.shelf import Post
from reviewflow.model.case import SEAT, Case, CaseParty, CasePerson, Part, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.people import Role
from reviewflow.work import Work

_PARTY = (
    sa.select(CaseParty)
    .where(
        CaseParty.case_id == sa.bindparam("case_id"),
        CaseParty.part == sa.bindparam("part"),
    )
    .options(lazyload(CaseParty.unit))
)
_CHOSEN = sa.select(CasePerson.user_id).where(
    CasePerson.case_id == sa.bindparam("case_id"),
    CasePerson.role == sa.bindparam("role"),
)


def open_task(work: Work, case: Case, waiting: OpenTask) -> None:
    """Open the task of a step; where counsel are asked, one for each of them.

    Raises:
        Invalid: No unit of the case takes the part whose post the step waits for.
    """
    post = work.process(case).kind.lanes[waiting.lane]
    asked = advising.not_asked_yet(work, case) if post.role == Role.COUNSEL else []
    if not asked:
        _open(work, case, waiting, waiting.engine_id, _chosen(work, case, post))
    for number, advice in enumerate(asked, start=1):
        seat = f"{SEAT}{number}" if len(asked) > 1 else ""
        engine_id = waiting.engine_id + seat
        row = _open(work, case, waiting, engine_id, advice.counsel_id)
        advice.task, advice.due_on = row, row.due_on


def find_party(work: Work, case: Case, part: Part) -> CaseParty | None:
    """Return the unit that takes a part in a case."""
    return work.session.scalar(_PARTY, {"case_id": case.id, "part": part})


def _open(
    work: Work, case: Case, waiting: OpenTask, engine_id: str, chosen: int | None
) -> Task:
    kind = work.process(case).kind
    post = kind.lanes[waiting.lane]
    role = Role(post.role)
    unit_id = _party_of_post(work, case, post, waiting.title).unit_id
    people = notices.holders(work, role, unit_id)
    row = Task(
        case_id=case.id,
        engine_id=engine_id,
        step=waiting.step,
        title=waiting.title,
        role=role,
        unit_id=unit_id,
        assignee_id=chosen if chosen in people else None,
        verbs=",".join(waiting.verbs),
        opened_at=work.now,
    )
    limit_id = waiting.deadline and kind.limit_of(
        waiting.step, case.kind_code, case.facts
    )
    clock = _set_clock(work, case, row, limit_id)
    work.session.add(row)
    case.phase = kind.phases.get(waiting.step, case.phase)
    journal.record(work, case, "task.opened", step=row.step, title=row.title)
    _tell(work, case, row, clock, people)
    return row


def _tell(
    work: Work, case: Case, row: Task, clock: CaseDeadline | None, people: list[int]
) -> None:
    to = people if row.assignee_id is None else [row.assignee_id]
    because = partial(clocks.explain, work, clock) if clock else None
    said = {"step": row.title, "till": notices.till(row.due_on)}
    notices.notify(work, case, to, "task_opened", because, **said)


def _party_of_post(work: Work, case: Case, post: Post, title: str) -> CaseParty:
    row = find_party(work, case, Part(post.part))
    if row is None:
        raise Invalid(
            message=f"“{title}”没有对应的办理单位，请管理员在“用户与机构”中补充后再办理。"
        )
    if row.seen_from is None:
        row.seen_from = work.now
    return row


def _chosen(work: Work, case: Case, post: Post) -> int | None:
    """Return who was chosen for a post in this case, if anybody was."""
    role = Role(post.role)
    chosen = work.session.scalar(_CHOSEN, {"case_id": case.id, "role": role})
    return case.drafter_id if chosen is None and role is Role.DRAFTER else chosen


def _set_clock(
    work: Work, case: Case, task: Task, limit_id: str | None
) -> CaseDeadline | None:
    """Show the case's own clock, or start one for the task if it names a limit."""
    row = clocks.running_clock(work, case, limit_id)
    if row is None and limit_id is not None:
        row = clocks.start_clock(work, case, limit_id, task=task)
    if row is not None:
        task.due_on, task.due_is_provisional = row.due_on, row.is_provisional
    return row
