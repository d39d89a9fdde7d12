"""Who may see, who may do: one table each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.errors import Refused
from reviewflow.model.base import Base
from reviewflow.model.case import (
    Case,
    CaseParty,
    CasePerson,
    Part,
    Task,
    TaskAnswers,
)
from reviewflow.model.consultation import Consultation
from reviewflow.model.deadline import CaseDeadline, Incident, Timer
from reviewflow.model.document import Document
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.hearing_list import HEARING_TABLES
from reviewflow.model.opinion import Opinion
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.people import Role, User

Predicate = sa.ColumnElement[bool]

INSIDE = (
    Role.REVIEW_HANDLER,
    Role.REVIEW_CHECKER,
    Role.REVIEW_SIGNER,
    Role.COUNSEL,
)
"""What is written in these posts stays among reviewers until it is signed."""
REVIEW_STAFF = frozenset({*INSIDE, Role.REVIEW_INTAKE, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held that day; without a user, the system."""

    user: User | None
    posts: frozenset[tuple[Role, int]]
    """(role, unit id) of every post in force."""

    @property
    def id(self) -> int | None:
        """Id of the user; none for the system."""
        return None if self.user is None else self.user.id

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Units in which a post is held that works on cases, in order."""
        at_work = {unit_id for role, unit_id in self.posts if role is not Role.ADMIN}
        return tuple(sorted(at_work))

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(role for role, _ in self.posts)

    def holds(self, role: Role, unit_id: int | None = None) -> bool:
        """The role is held, in that unit if one is named."""
        if unit_id is None:
            return role in self.roles
        return (role, unit_id) in self.posts


SYSTEM = Actor(None, frozenset())


def actor_of(user: User, day: date) -> Actor:
    """Return the actor a user is on that day."""
    posts = ((m.role, m.unit_id) for m in user.memberships if m.in_force(day))
    return Actor(user, frozenset(posts))


def visible(actor: Actor) -> Mapping[type[Base], Predicate]:
    """Return, for each table with case content, which rows the actor may see."""
    own: dict[type[Base], Predicate] = {
        OutboxMessage: OutboxMessage.user_id == actor.id
    }
    if actor.holds(Role.AUDITOR):
        return own  # an auditor sees every case
    cases = _cases(actor)
    seen = sa.select(Case.id).where(cases)
    of_case = (
        CaseParty,
        CasePerson,
        Task,
        TaskAnswers,
        CaseDeadline,
        Timer,
        Incident,
        Event,
        Document,
        Opinion,
        Consultation,
        *HEARING_TABLES,
        FilingObligation,
    )
    rows: dict[type[Base], Predicate] = {t: t.case_id.in_(seen) for t in of_case}
    rows |= own
    rows[Case] = cases
    if not actor.roles & REVIEW_STAFF:
        rows[Opinion] = rows[Opinion] & Opinion.signed_at.is_not(None)
        rows[TaskAnswers] = rows[TaskAnswers] & _is_out()
    return rows


def _is_out() -> Predicate:
    """What reviewers and counsel wrote is for others once an opinion is signed.

    What they asked the drafting unit to supplement is for it at once.
    """
    inside = sa.select(Task.id).where(Task.role.in_(INSIDE))
    signed = sa.select(Opinion.id).where(
        Opinion.case_id == TaskAnswers.case_id, Opinion.signed_at >= TaskAnswers.at
    )
    asked = sa.select(Event.seq).where(
        Event.case_id == TaskAnswers.case_id,
        Event.kind == "case.supplement_requested",
        Event.at == TaskAnswers.at,
    )
    return sa.or_(
        TaskAnswers.task_id.is_(None),
        TaskAnswers.task_id.not_in(inside),
        signed.exists(),
        asked.exists(),
    )


def _cases(actor: Actor) -> Predicate:
    through_unit = sa.select(CaseParty.case_id).where(
        CaseParty.unit_id.in_(actor.unit_ids),
        CaseParty.seen_from.is_not(None),
        CaseParty.part != Part.COUNSEL_POOL,  # counsel see what they are asked about
    )
    in_person = sa.select(CasePerson.case_id).where(CasePerson.user_id == actor.id)
    return sa.or_(
        Case.id.in_(through_unit),
        Case.id.in_(in_person),
        Case.drafter_id == actor.id,
    )


Rule = Callable[[Actor, Task], bool]


def holds_the_post(actor: Actor, task: Task) -> bool:
    """The task waits for a post the actor holds in that unit."""
    return actor.holds(task.role, task.unit_id)


def is_free_or_own(actor: Actor, task: Task) -> bool:
    """Nobody else has been given the task."""
    return task.assignee_id is None or task.assignee_id == actor.id


def is_assigned_to_actor(actor: Actor, task: Task) -> bool:
    """The actor has taken or been given the task."""
    return task.assignee_id is not None and task.assignee_id == actor.id


def may_lead(actor: Actor, task: Task) -> bool:
    """The actor has the task, or leads the unit whose task it is."""
    return is_free_or_own(actor, task) or any(
        actor.holds(role, task.unit_id) for role in LEADING
    )


LEADING = (Role.REVIEW_INTAKE, Role.REVIEW_SIGNER, Role.UNIT_HEAD)

MAY: Mapping[str, tuple[Rule, ...]] = {
    # action: every rule must hold
    "task.complete": (holds_the_post, is_free_or_own),
    "task.claim": (holds_the_post, is_free_or_own),
    "task.release": (holds_the_post, is_assigned_to_actor),
    "task.return": (holds_the_post, is_free_or_own),
    "task.reassign": (may_lead,),
}

REFUSALS: Mapping[Rule, str] = {
    holds_the_post: "这一环节不由您的岗位办理。",
    is_free_or_own: "该任务已由他人认领，请联系认领人转办。",
    is_assigned_to_actor: "只有已认领该任务的人可以退回待认领。",
    may_lead: "只有承办人或本单位负责人可以转办。",
}


def may(actor: Actor, action: str, task: Task) -> bool:
    """The actor may do this to the task."""
    return all(rule(actor, task) for rule in MAY[action])


def require(actor: Actor, action: str, task: Task) -> None:
    """Insist that the actor may do this to the task.

    Raises:
        Refused: A rule does not hold; the sentence says which.
    """
    for rule in MAY[action]:
        if not rule(actor, task):
            raise Refused(REFUSALS[rule])


REVIEWING = frozenset({Role.REVIEW_HANDLER, Role.REVIEW_CHECKER, Role.REVIEW_SIGNER})
DRAFTING = frozenset({Role.DRAFTER, Role.UNIT_HEAD})

EXCLUDES: Mapping[Role, frozenset[Role]] = {
    # who acts in this post may not have acted in one of those, in the same case
    # Source: domain rules SOD-1, SOD-2 (product rule), SOD-8
    Role.REVIEW_HANDLER: REVIEWING - {Role.REVIEW_HANDLER} | DRAFTING,
    Role.REVIEW_CHECKER: REVIEWING - {Role.REVIEW_CHECKER} | DRAFTING,
    Role.REVIEW_SIGNER: REVIEWING - {Role.REVIEW_SIGNER} | DRAFTING,
    Role.COUNSEL: DRAFTING,
    Role.FILING_REVIEWER: frozenset({Role.FILER}),
    Role.UNIT_LEGAL: frozenset({Role.DRAFTER}),
    Role.HEARING_HOST: frozenset({Role.DRAFTER}),  # who presents the draft
}


def conflicting(role: Role, acted_in: Iterable[Role]) -> bool:
    """Somebody who acted in those posts is excluded from this one."""
    return bool(EXCLUDES.get(role, frozenset()) & frozenset(acted_in))


def may_withdraw(actor: Actor, case: Case) -> bool:
    """The actor drafted the case or heads its drafting unit."""
    return actor.id == case.drafter_id or actor.holds(Role.UNIT_HEAD, case.unit_id)


def require_admin(actor: Actor) -> None:
    """Insist that the actor administers the installation, or is the system itself.

    Raises:
        Refused: The actor is somebody else.
    """
    if actor.user is not None and not actor.holds(Role.ADMIN):
        raise Refused("只有系统管理员可以管理用户与机构、查看系统自检。")


def part_sees(part: Part) -> bool:
    """The part sees the case from its beginning, not only once it has a task."""
    return part in {Part.DRAFTING_UNIT, Part.FILING_UNIT, Part.FILING_AUTHORITY}
