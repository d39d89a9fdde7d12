"""Columns of a register are kept under a name, used by it, and given up again."""

from collections.abc import Sequence

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.kinds.answers import UNPRINTABLE
from reviewflow.model.column_set import ColumnSet
from reviewflow.register_columns import find_register
from reviewflow.usecases.people import audit
from reviewflow.work import Work

LONGEST_NAME = 30
MOST_KEPT = 30


def keep_columns(
    work: Work, register: str, name: str, columns: Sequence[str], *, shared: bool
) -> ColumnSet:
    """Keep columns under a name; under the same name they take the place of the old.

    Args:
        work: Actor, instant and transaction.
        register: Name of the register.
        name: What the set is to be called.
        columns: Ids of the columns, in order.
        shared: Whether everybody may use it.

    Raises:
        Missing: There is no such register, or nobody whose set it would be.
        Refused: Only administrators keep columns for everybody.
        Invalid: The name is empty, too long or not printable, or no column is left.
    """
    title = " ".join(name.split())
    known = find_register(register).known(tuple(columns))
    if work.actor.id is None:
        raise Missing
    if shared and not permissions.may_share(work.actor):
        raise Refused("只有系统管理员可以保存供全体使用的栏目方案。")
    _check(title, known)
    kept = _own(work, register, title)
    if kept is None:
        _check_room(work, register)
        own = {"owner_id": work.actor.id, "register": register, "name": title}
        kept = ColumnSet(**own)
        work.session.add(kept)
    kept.columns = [column.id for column in known]
    kept.is_shared, kept.changed_at = shared, work.now
    work.session.flush()
    if shared:
        audit(work, "column_set.shared", f"register:{register}", name=title)
    return kept


def drop_columns(work: Work, set_id: int) -> ColumnSet:
    """Give up a set of columns; the lists themselves are not touched.

    Raises:
        Missing: There is none, or it is somebody else's.
        Refused: It is there for everybody, and the actor does not administer.
    """
    kept = work.get(ColumnSet, set_id, lock=True)
    if kept.owner_id != work.actor.id:
        if not permissions.may_share(work.actor):
            raise Refused("这是供全体使用的栏目方案，只有系统管理员可以删除。")
        audit(work, "column_set.dropped", f"register:{kept.register}", name=kept.name)
    work.session.delete(kept)
    return kept


def _check(name: str, known: Sequence[object]) -> None:
    errors: dict[str, str] = {}
    if not name:
        errors["name"] = "请填写方案名称，例如：季度报表。"
    elif UNPRINTABLE.search(name):
        errors["name"] = "方案名称中有不能显示的字符，请重新填写。"
    elif len(name) > LONGEST_NAME:
        errors["name"] = f"方案名称不超过 {LONGEST_NAME} 字，请精简。"
    if not known:
        errors["columns"] = "请至少选择一栏。"
    if errors:
        raise Invalid(errors)


def _own(work: Work, register: str, name: str) -> ColumnSet | None:
    return work.session.scalars(
        sa.select(ColumnSet).where(
            ColumnSet.owner_id == work.actor.id,
            ColumnSet.register == register,
            ColumnSet.name == name,
        )
    ).one_or_none()


def _check_room(work: Work, register: str) -> None:
    count = sa.select(sa.func.count(ColumnSet.id)).where(
        ColumnSet.owner_id == work.actor.id, ColumnSet.register == register
    )
    if (work.session.scalar(count) or 0) >= MOST_KEPT:
        sentence = f"每个台账最多保存 {MOST_KEPT} 个方案，请先删除不用的。"
        raise Invalid({"name": sentence})
