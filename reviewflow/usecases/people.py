"""Users, units and posts: added and ended, never erased."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.access import AuditRecord, SignInSession
from reviewflow.model.case import Task
from reviewflow.model.people import Membership, Role, Unit, User
from reviewflow.passwords import Hash
from reviewflow.work import Work

NAME_FORM = re.compile(r"[a-z][a-z0-9_.-]{1,31}")


def add_unit(work: Work, unit: Unit) -> Unit:
    """Add an organ to the roster.

    Raises:
        Refused: The actor is not an administrator.
        Invalid: The name is empty or taken.
    """
    _require_admin(work)
    if not unit.name.strip():
        raise Invalid({"name": "请填写机构全称。"})
    if work.session.scalar(sa.select(Unit.id).where(Unit.name == unit.name)):
        raise Invalid({"name": f"机构“{unit.name}”已存在。"})
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
) -> User:
    """Add a person who may sign in, with the posts held from today on.

    Raises:
        Refused: The actor is not an administrator.
        Invalid: The name or a post is not acceptable.
    """
    _require_admin(work)
    errors = _user_errors(work, name, display_name)
    if errors:
        raise Invalid(errors)
    user = User(
        name=name,
        display_name=display_name.strip(),
        password_hash=password,
        created_at=work.now,
        memberships=[],
    )
    work.session.add(user)
    work.session.flush()
    audit(work, "user.added", f"user:{user.id}", name=name)
    for role, unit_id in posts:
        give_post(work, user.id, role, unit_id)
    return user


def give_post(work: Work, user_id: int, role: Role, unit_id: int) -> Membership:
    """Let somebody hold a post from today on; a post held already stays.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user or unit.
        Invalid: The posts of administration and audit do not go together.
    """
    _require_admin(work)
    user, unit = work.session.get(User, user_id), work.session.get(Unit, unit_id)
    if user is None or unit is None:
        raise Missing
    held = [m for m in user.memberships if m.in_force(work.today)]
    for post in held:
        if (post.role, post.unit_id) == (role, unit_id):
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
    """
    _require_admin(work)
    post = work.get(Membership, membership_id)
    post.valid_to = max(last_day or work.today, post.valid_from)
    audit(
        work,
        "post.ended",
        f"user:{post.user_id}",
        role=post.role.value,
        last_day=post.valid_to.isoformat(),
    )


def disable_user(work: Work, user_id: int) -> None:
    """Keep somebody from signing in; open tasks must be handed over before.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such user.
        Conflict: The user still has open tasks.
    """
    _require_admin(work)
    user = work.session.get(User, user_id)
    if user is None:
        raise Missing
    open_tasks = work.session.scalar(
        sa.select(sa.func.count(Task.id)).where(
            Task.assignee_id == user_id, Task.closed_at.is_(None)
        )
    )
    if open_tasks:
        raise Conflict(f"该用户有 {open_tasks} 件待办，请先转办。")
    user.is_active = False
    end_sessions(work, user_id)
    audit(work, "user.disabled", f"user:{user_id}")


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


def _user_errors(work: Work, name: str, display_name: str) -> dict[str, str]:
    errors = {}
    if not NAME_FORM.fullmatch(name):
        errors["name"] = "登录名用小写字母开头，可含数字、点、横线，2 至 32 个字符。"
    elif work.session.scalar(sa.select(User.id).where(User.name == name)):
        errors["name"] = f"登录名“{name}”已被使用，请另取一个。"
    if not display_name.strip():
        errors["display_name"] = "请填写姓名。"
    return errors


def _require_admin(work: Work) -> None:
    if work.actor.user is not None and not work.actor.holds(Role.ADMIN):
        raise Refused("只有系统管理员可以管理用户与机构。")
