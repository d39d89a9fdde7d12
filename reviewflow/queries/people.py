"""Users and units in their official order."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from reviewflow.errors import Invalid, Missing
from reviewflow.model.people import Membership, Role, Unit, User
from reviewflow.work import Work


def all_people(work: Work) -> list[User]:
    """Return everybody with their posts, in official order."""
    return list(
        work.session.scalars(
            sa.select(User)
            .options(selectinload(User.memberships))
            .order_by(User.position, User.id)
        )
    )


def posts_of(work: Work, user: User) -> list[Membership]:
    """Return the posts a user holds today."""
    return [post for post in user.memberships if post.in_force(work.today)]


def all_units(work: Work) -> list[Unit]:
    """Return every organ in official order."""
    return list(work.session.scalars(sa.select(Unit).order_by(Unit.position, Unit.id)))


def unit_named(work: Work, name: str) -> Unit:
    """Return the organ with that full or short name.

    Raises:
        Invalid: There is none.
    """
    unit = work.session.scalar(
        sa.select(Unit).where(sa.or_(Unit.name == name, Unit.short_name == name))
    )
    if unit is None:
        raise Invalid({"unit": f"没有名为“{name}”的机构，请核对全称或简称。"})
    return unit


def user_named(work: Work, name: str) -> User:
    """Return the user who signs in with that name.

    Raises:
        Missing: There is none.
    """
    user = work.session.scalar(sa.select(User).where(User.name == name))
    if user is None:
        raise Missing(f"没有登录名为“{name}”的用户。")
    return user


def people_in_post(work: Work, role: Role, unit_ids: Iterable[int]) -> list[User]:
    """Return who holds a post today in one of the units, in official order."""
    return list(
        work.session.scalars(
            sa.select(User)
            .join(User.memberships)
            .where(
                Membership.role == role,
                Membership.unit_id.in_(list(unit_ids)),
                Membership.valid_from <= work.today,
                sa.or_(
                    Membership.valid_to.is_(None), Membership.valid_to >= work.today
                ),
                User.is_active,
            )
            .order_by(User.position, User.id)
            .distinct()
        )
    )
