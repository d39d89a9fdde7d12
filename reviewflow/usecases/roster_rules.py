"""What must hold before users, units and posts are changed."""

import re

import sqlalchemy as sa

from reviewflow.errors import Conflict
from reviewflow.model.case import Task
from reviewflow.model.people import Membership, Role, Unit, UnitSort, User
from reviewflow.work import Work

NAME_FORM = re.compile(r"[a-z][a-z0-9_.-]{1,31}")


def user_errors(work: Work, name: str, display_name: str) -> dict[str, str]:
    """Return what is wrong with the names of a new user, by field."""
    errors = {}
    if not NAME_FORM.fullmatch(name):
        errors["name"] = "登录名用小写字母开头，可含数字、点、横线，2 至 32 个字符。"
    elif work.session.scalar(sa.select(User.id).where(User.name == name)):
        errors["name"] = f"登录名“{name}”已被使用，请另取一个。"
    if not display_name.strip():
        errors["display_name"] = "请填写姓名。"
    return errors


def unit_errors(work: Work, unit: Unit) -> dict[str, str]:
    """Return what is wrong with a new unit, by field."""
    errors = {}
    if not unit.name.strip():
        errors["name"] = "请填写机构全称。"
    elif work.session.scalar(sa.select(Unit.id).where(Unit.name == unit.name)):
        errors["name"] = f"机构“{unit.name}”已存在。"
    if not unit.short_name.strip():
        errors["short_name"] = "请填写机构简称，例如：市住建局。"
    if unit.government_id is not None:
        government = work.session.get(Unit, unit.government_id)
        if government is None or government.sort is not UnitSort.GOVERNMENT:
            errors["government_id"] = "所属的人民政府不在名册中，请从列表中选择。"
    elif unit.sort is not UnitSort.GOVERNMENT:
        errors["government_id"] = "请选择所属的人民政府。"
    if unit.superior_id and work.session.get(Unit, unit.superior_id) is None:
        errors["superior_id"] = "上级主管部门不在名册中，请从列表中选择。"
    return errors


def require_nothing_open(
    work: Work, user_id: int, *where: sa.ColumnElement[bool]
) -> None:
    """Insist that nothing waits for a user, seen or unseen by the actor.

    Raises:
        Conflict: There are open tasks; the sentence says how many.
    """
    open_tasks = sa.select(sa.func.count(Task.id)).where(
        Task.assignee_id == user_id, Task.closed_at.is_(None), *where
    )
    with work.beyond_sight():
        count = work.session.scalar(open_tasks)
    if count:
        raise Conflict(f"该用户有 {count} 件待办，请先转办。")


def require_another_admin(work: Work, user_id: int) -> None:
    """Insist that somebody else administers for as long as can be seen.

    Raises:
        Conflict: It would be nobody.
    """
    others = work.session.scalar(
        sa.select(sa.func.count(Membership.id))
        .join(Membership.user)
        .where(
            Membership.role == Role.ADMIN,
            Membership.user_id != user_id,
            Membership.valid_to.is_(None),
            User.is_active,
        )
    )
    if not others:
        raise Conflict("至少保留一名系统管理员，请先安排他人担任。")
