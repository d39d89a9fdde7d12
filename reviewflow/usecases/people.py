"""Users, units and posts: added and ended, never erased."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.model.access import AuditRecord, SignInSession
from reviewflow.model.case import Task
from reviewflow.model.people import Membership, Role, Unit, User
from reviewflow.passwords import Hash
from reviewflow.usecases.roster_rules import (
    require_another_admin,
    require_nothing_open,
    unit_errors,
    user_errors,
)
from reviewflow.work import Work


def add_unit(work: Work, unit: Unit) -> Unit:
    """Add an organ to the roster.

    Raises:
        Refused: The actor is not an administrator.
        Invalid: A name is empty or taken, or it belongs to no government.
    """
    permissions.require_admin(work.actor)
    errors = unit_errors(work, unit)
    if errors:
        raise Invalid(errors)
    work.session.add(unit)
    work.session.flush()
    audit(work, "unit.added", f"unit:{unit.id}", name=unit.name)
    return unit


def add_user(
    work: Work,
    name: str,
    display_name: str,
    password: Hash,
    posts: Iterable[tuple[Role, int]] = (),
    *,
    must_change_password: bool = False,
) -> User:
    """Add a person who may sign in, at the end of the official order.

    Args:
        work: Actor, instant and transaction.
        name: To sign in with.
        display_name: As others see it.
        password: Hash of the first password.
        posts: Role and unit id of each, held from today on.
        must_change_password: Somebody else knows the password.

    Raises:
        Refused: The actor is not an administrator.
        Invalid: The name or a post is not acceptable.
    """
    permissions.require_admin(work.actor)
    errors = user_errors(work, name, display_name)
    if errors:
        raise Invalid(errors)
    last = work.session.scalar(sa.select(sa.func.max(User.position)))
    user = User(
        name=name,
        display_name=display_name.strip(),
        password_hash=password,
        position=(last or 0) + 1,
        must_change_password=must_change_password,
        created_at=work.now,
        memberships=[],
    )
    work.session.add(user)
    work.session.flush()
    audit(work, "user.added", f"user:{user.id}", name=name)
    for role, unit_id in posts:
        give_post(work, user.id, role, unit_id)
    return user


def change_user(work: Work, user_id: int, display_name: str, position: int) -> User:
    """Change how somebody is called and where in the official order.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
        Invalid: The name is empty.
    """
    user = _user(work, user_id)
    if not display_name.strip():
        raise Invalid({"display_name": "请填写姓名。"})
    user.display_name, user.position = display_name.strip(), position
    audit(work, "user.changed", f"user:{user_id}", display_name=user.display_name)
    return user


def give_post(work: Work, user_id: int, role: Role, unit_id: int) -> Membership:
    """Let somebody hold a post from today on; a post held already goes on.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user or unit.
        Conflict: The user is disabled.
        Invalid: The posts of administration and audit do not go together.
    """
    user, unit = _user(work, user_id), work.session.get(Unit, unit_id)
    if unit is None:
        raise Missing
    if not user.is_active:
        raise Conflict("该用户已停用，请先恢复账号，再安排岗位。")
    held = [m for m in user.memberships if m.in_force(work.today)]
    for post in held:
        if (post.role, post.unit_id) == (role, unit_id):
            post.valid_to = None
            return post
    if {role, *(post.role for post in held)} >= {Role.ADMIN, Role.AUDITOR}:
        raise Invalid({"role": "系统管理员与监督人员不能由同一人担任。"})
    post = Membership(user=user, unit=unit, role=role, valid_from=work.today)
    work.session.add(post)
    work.session.flush()
    audit(work, "post.given", f"user:{user_id}", role=role.value, unit=unit.name)
    return post


def end_post(work: Work, membership_id: int, last_day: date | None = None) -> None:
    """End a post after its last day, today by default.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such post.
        Conflict: It has ended, tasks are still open, or nobody would administer.
        Invalid: The last day is over already.
    """
    permissions.require_admin(work.actor)
    post = work.get(Membership, membership_id)
    last = last_day or work.today
    if not post.in_force(work.today):
        raise Conflict("该岗位已经结束，请刷新页面查看。")
    if last < work.today:
        raise Invalid({"last_day": "最后一日不能早于今天；已经离岗的，请填今天。"})
    if post.role is Role.ADMIN:
        require_another_admin(work, post.user_id)
    if last == work.today:
        own = Task.role == post.role, Task.unit_id == post.unit_id
        require_nothing_open(work, post.user_id, *own)
    post.valid_to = last
    audit(
        work,
        "post.ended",
        f"user:{post.user_id}",
        role=post.role.value,
        last_day=last.isoformat(),
    )


def disable_user(work: Work, user_id: int) -> None:
    """Keep somebody from signing in; open tasks must be handed over before.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
        Conflict: The user still has open tasks, or nobody would administer.
    """
    user = _user(work, user_id)
    require_nothing_open(work, user_id)
    if any(m.role is Role.ADMIN for m in user.memberships if m.in_force(work.today)):
        require_another_admin(work, user_id)
    user.is_active = False
    end_sessions(work, user_id)
    audit(work, "user.disabled", f"user:{user_id}")


def enable_user(work: Work, user_id: int) -> None:
    """Let somebody who was disabled sign in again, with the posts still held.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
    """
    _user(work, user_id).is_active = True
    audit(work, "user.enabled", f"user:{user_id}")


def reset_password(work: Work, user_id: int, password: Hash) -> None:
    """Give somebody who has forgotten it a password for one sign-in.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
    """
    user = _user(work, user_id)
    user.password_hash = password
    user.must_change_password = True
    end_sessions(work, user_id)
    audit(work, "password.reset", f"user:{user_id}")


def change_password(work: Work, password: Hash) -> None:
    """Set the actor's own password.

    Raises:
        Missing: The system itself has no password.
    """
    user = work.actor.user
    if user is None:
        raise Missing
    user.password_hash = password
    user.must_change_password = False
    end_sessions(work, user.id)
    audit(work, "password.changed", f"user:{user.id}")


def end_sessions(work: Work, user_id: int) -> None:
    """End every session of a user; the next request has to sign in again."""
    work.session.execute(
        sa.update(SignInSession)
        .where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
        .values(ended_at=work.now)
    )


def audit(work: Work, kind: str, subject: str, **details: Any) -> None:
    """Record an act that belongs to no case."""
    work.session.add(
        AuditRecord(
            actor_id=work.actor.id,
            kind=kind,
            subject=subject,
            at=work.now,
            details=details,
        )
    )


def _user(work: Work, user_id: int) -> User:
    """Return a user for an administrator to deal with."""
    permissions.require_admin(work.actor)
    user = work.session.get(User, user_id)
    if user is None:
        raise Missing
    return user
