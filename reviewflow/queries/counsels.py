"""The register of counsel as a page shows it, with what each of them has to do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from reviewflow import chinese, clock, organs
from reviewflow.errors import Missing
from reviewflow.letters.workbook import Sheet, Value
from reviewflow.model.advice import Advice
from reviewflow.model.case import Task
from reviewflow.model.counsel import Counsel, CounselSort
from reviewflow.model.people import Membership, Role, Unit, User
from reviewflow.work import Work

HEADINGS = (
    *("姓名", "类别", "所在单位", "专业领域", "执业证号", "聘期开始", "聘期届满"),
    *("顾问库", "聘任状态", "在办", "本年已办", "本年按时"),
)


@dataclass(slots=True)
class Workload:
    """What one counsel was asked: still open, done this year, done in time."""

    open: int = 0
    done: int = 0
    in_time: int = 0

    def add(self, signed_on: date | None, due_on: date | None) -> None:
        """Count one commission."""
        if signed_on is None:
            self.open += 1
            return
        self.done += 1
        self.in_time += due_on is None or signed_on <= due_on


@dataclass(frozen=True, slots=True)
class CounselRow:
    """One counsel: the user, the pools, the entry if there is one, the workload."""

    user: User
    pools: list[Unit]
    entry: Counsel | None
    load: Workload
    is_in_term: bool
    may_change: bool


def list_counsels(work: Work) -> list[CounselRow]:
    """Return everybody who is counsel today, in official order."""
    users = _users(work)
    entries = {row.user_id: row for row in work.session.scalars(sa.select(Counsel))}
    loads, pools = _loads(work), {u.id: organs.counsel_pools(work, u) for u in users}
    known = {pool.id: pool for of_one in pools.values() for pool in of_one}
    kept = {
        key for key, pool in known.items() if organs.actor_keeps_counsel(work, [pool])
    }
    return [
        CounselRow(
            user=user,
            pools=pools[user.id],
            entry=entries.get(user.id),
            load=loads[user.id],
            is_in_term=user.id not in entries or entries[user.id].in_term(work.today),
            may_change=any(pool.id in kept for pool in pools[user.id]),
        )
        for user in users
    ]


def counsel_sheet(
    rows: Sequence[CounselRow], day: date, words: Mapping[CounselSort, str]
) -> Sheet:
    """Return the register as a sheet (法律顾问台账).

    Args:
        rows: As `list_counsels` gives them.
        day: As of when it is; done commissions are those of its year.
        words: The Chinese name of each sort of counsel.
    """
    title = f"法律顾问台账（{chinese.day(day)}）"
    return Sheet(title, HEADINGS, [_line(row, words) for row in rows])


def _line(row: CounselRow, words: Mapping[CounselSort, str]) -> Sequence[Value]:
    entry = row.entry
    told: Sequence[Value] = ("", "", "", "", None, None)
    if entry is not None:
        told = (
            *(words[entry.sort], entry.firm, entry.fields, entry.licence),
            *(entry.term_from, entry.term_to or "长期"),
        )
    state = "在聘期" if row.is_in_term else "不在聘期"
    return (
        row.user.display_name,
        *told,
        "、".join(pool.name for pool in row.pools),
        state if entry else "未登记聘期",
        *(row.load.open, row.load.done, row.load.in_time),
    )


def counsel_row(work: Work, user_id: int) -> CounselRow:
    """Return one counsel.

    Raises:
        Missing: Nobody with that id is counsel today.
    """
    found = (row for row in list_counsels(work) if row.user.id == user_id)
    row = next(found, None)
    if row is None:
        raise Missing
    return row


def _users(work: Work) -> list[User]:
    found = work.session.scalars(
        sa.select(User)
        .where(
            User.is_active,
            User.memberships.any(
                sa.and_(
                    Membership.role == Role.COUNSEL,
                    Membership.valid_from <= work.today,
                    sa.or_(
                        Membership.valid_to.is_(None),
                        Membership.valid_to >= work.today,
                    ),
                )
            ),
        )
        .order_by(User.position, User.id)
        .options(selectinload(User.memberships))
    )
    return list(found)


def _loads(work: Work) -> Mapping[int, Workload]:
    """Count the commissions of all cases; numbers tell nothing of what was held."""
    loads: dict[int, Workload] = defaultdict(Workload)
    first = clock.beijing_instant(work.today.replace(month=1, day=1))
    with work.beyond_sight():
        rows = work.session.execute(
            sa.select(Advice.counsel_id, Advice.signed_at, Advice.due_on)
            .join(Task, Task.id == Advice.task_id)
            .where(
                sa.or_(
                    Advice.signed_at.is_(None) & Task.closed_at.is_(None),
                    (Advice.signed_at >= first) & Advice.no_conflict,
                )
            )
        ).all()
    for row in rows:
        signed_on = clock.beijing_date(row.signed_at) if row.signed_at else None
        loads[row.counsel_id].add(signed_on, row.due_on)
    return loads
