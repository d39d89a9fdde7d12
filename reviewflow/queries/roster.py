"""Users and units as administrators see them, in official order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from reviewflow import permissions
from reviewflow.errors import Missing
from reviewflow.model.case import Task
from reviewflow.model.people import Membership, Unit, User
from reviewflow.queries.paging import ROWS, Paging, paging
from reviewflow.queries.people import all_units, posts_of
from reviewflow.work import Work

Condition = sa.ColumnElement[bool]


class Account(StrEnum):
    """Whether somebody may sign in."""

    ACTIVE = "active"
    """在用"""
    DISABLED = "disabled"
    """停用"""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with the posts held today, and how much waits for them."""

    user: User
    posts: Sequence[Membership]
    open_tasks: int


@dataclass(frozen=True, slots=True)
class People:
    """A page of users."""

    rows: list[PersonRow]
    paging: Paging


@dataclass(frozen=True, slots=True)
class WantedPeople:
    """Which users a list is to show."""

    text: str = ""
    unit_id: int | None = None
    account: Account | None = None

    def conditions(self, work: Work) -> Iterator[Condition]:
        """Give what must hold of a user."""
        if self.text.strip():
            text = self.text.strip()
            named = User.display_name.contains(text, autoescape=True)
            yield sa.or_(named, User.name.contains(text.lower(), autoescape=True))
        if self.unit_id is not None:
            yield User.id.in_(
                sa.select(Membership.user_id).where(
                    Membership.unit_id == self.unit_id, *_in_force(work)
                )
            )
        if self.account is not None:
            yield User.is_active == (self.account is Account.ACTIVE)


def _in_force(work: Work) -> Sequence[Condition]:
    return (
        Membership.valid_from <= work.today,
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= work.today),
    )


def list_people(work: Work, wanted: WantedPeople, page: int = 1) -> People:
    """Return users in official order.

    Raises:
        Refused: The actor is not an administrator.
    """
    permissions.require_admin(work.actor)
    where = list(wanted.conditions(work))
    count = work.session.scalar(sa.select(sa.func.count(User.id)).where(*where))
    cut = paging(count or 0, page)
    users = work.session.scalars(
        sa.select(User)
        .where(*where)
        .options(selectinload(User.memberships))
        .order_by(User.position, User.id)
        .offset(cut.first)
        .limit(ROWS)
    ).all()
    waiting = _open_tasks(work, [user.id for user in users])
    rows = [PersonRow(user, posts_of(work, user), waiting[user.id]) for user in users]
    return People(rows, cut)


def person(work: Work, user_id: int) -> PersonRow:
    """Return one user with every post, ended ones too.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
    """
    permissions.require_admin(work.actor)
    loaded = [selectinload(User.memberships)]
    user = work.session.get(User, user_id, options=loaded)
    if user is None:
        raise Missing
    posts = sorted(user.memberships, key=lambda post: (post.valid_from, post.id))
    return PersonRow(user, posts, _open_tasks(work, [user_id])[user_id])


def _open_tasks(work: Work, user_ids: Sequence[int]) -> dict[int, int]:
    """Return how many tasks wait for each; a number, not what the tasks are."""
    counted = sa.select(Task.assignee_id, sa.func.count(Task.id)).where(
        Task.assignee_id.in_(user_ids), Task.closed_at.is_(None)
    )
    found: dict[int, int] = defaultdict(int)
    with work.beyond_sight():
        rows = work.session.execute(counted.group_by(Task.assignee_id))
        found.update((user_id, count) for user_id, count in rows if user_id)
    return found


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, how deep it stands under governments, and how many serve in it."""

    unit: Unit
    depth: int
    people: int


def list_units(work: Work) -> list[UnitRow]:
    """Return every unit under its government, each level in official order.

    Raises:
        Refused: The actor is not an administrator.
    """
    permissions.require_admin(work.actor)
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in all_units(work):
        below[unit.government_id].append(unit)
    counted = work.session.execute(
        sa.select(
            Membership.unit_id,
            sa.func.count(Membership.user_id.distinct()).label("people"),
        )
        .join(Membership.user)
        .where(*_in_force(work), User.is_active)
        .group_by(Membership.unit_id)
    )
    people = {row.unit_id: row.people for row in counted}
    return list(_under(None, 0, below, people))


def _under(
    government_id: int | None,
    depth: int,
    below: dict[int | None, list[Unit]],
    people: dict[int, int],
) -> Iterator[UnitRow]:
    for unit in below.get(government_id, ()):
        yield UnitRow(unit, depth, people.get(unit.id, 0))
        yield from _under(unit.id, depth + 1, below, people)
