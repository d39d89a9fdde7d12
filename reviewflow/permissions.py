"""Who acts, and who may do what: one table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.errors import Refused
from reviewflow.model.case import Case, Part, Task
from reviewflow.model.people import Role, User


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


def is_not_personal(actor: Actor, task: Task) -> bool:  # noqa: ARG001 # a rule
    """Anybody in the post may do the task: advice is asked of one person alone."""
    return task.role is not Role.COUNSEL


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
    "task.release": (holds_the_post, is_assigned_to_actor, is_not_personal),
    "task.return": (holds_the_post, is_free_or_own),
    "task.reassign": (may_lead,),
}

REFUSALS: Mapping[Rule, str] = {
    holds_the_post: "这一环节不由您的岗位办理。",
    is_free_or_own: "该任务已由他人认领，请联系认领人转办。",
    is_assigned_to_actor: "只有已认领该任务的人可以退回待认领。",
    is_not_personal: "法律意见由受委派的人出具，不能退回待认领，请联系承办人转办。",
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
        raise Refused("只有系统管理员可以管理用户与机构、文书模板，查看系统自检。")


def require_ledgers(actor: Actor) -> None:
    """Insist that the actor may enter ledgers of the past: administers, or files.

    Raises:
        Refused: The actor is somebody else.
    """
    if not (actor.holds(Role.ADMIN) or actor.holds(Role.FILER)):
        raise Refused("只有系统管理员和报备人可以导入历史台账。")


def part_sees(part: Part) -> bool:
    """The part sees the case from its beginning, not only once it has a task."""
    return part in {Part.DRAFTING_UNIT, Part.FILING_UNIT, Part.FILING_AUTHORITY}


SCREEN_POSTS = frozenset(
    {
        *(Role.UNIT_HEAD, Role.DECISION_HEAD, Role.OFFICE_INTAKE),
        *(Role.MEETING_SECRETARY, Role.REVIEW_INTAKE, Role.FILING_REVIEWER),
        *(Role.AUDITOR, *REVIEWING),
    }
)
"""Who leads, supervises or runs reviews: they may put the figures on a wall."""


def opens_screen(actor: Actor) -> bool:
    """The actor may open the big screen; what it counts is what the actor sees."""
    return not SCREEN_POSTS.isdisjoint(actor.roles)


def require_screen(actor: Actor) -> None:
    """Insist that the actor may open the big screen.

    Raises:
        Refused: The actor is somebody else.
    """
    if not opens_screen(actor):
        raise Refused(
            "大屏供领导、政府办公室、审查机构和监督人员使用，"
            "您可以在“统计”中查看自己的事项。"
        )


def may_share(actor: Actor) -> bool:
    """The actor may keep columns of a register for everybody."""
    return actor.user is None or actor.holds(Role.ADMIN)
