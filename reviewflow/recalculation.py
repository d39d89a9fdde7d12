"""Due dates set anew because the law data have changed: which move, and how."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock, clocks, journal
from reviewflow.law.amendments import Amendment, Register, limit_of
from reviewflow.law.calendar import Pause
from reviewflow.law.deadlines import Deadline
from reviewflow.law.lawbook import Law
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline, Timer, TimerKind, TimerState
from reviewflow.model.filing import FilingCorrection, FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.work import Work

READ_AT_ONCE = 500
WIDE = ((-1, 12, 20), (1, 1, 10))
"""Before and after a year: how far its notice may move days."""


@dataclass(frozen=True, slots=True)
class Move:
    """A clock that ends on another day under a changed law."""

    row: CaseDeadline
    case: Case
    after: date

    @property
    def before(self) -> date:
        """The day it ended on so far."""
        return self.row.due_on


def moves(
    work: Work,
    law: Law,
    amendment: Amendment,
    among: Collection[int] | None = None,
) -> Iterator[Move]:
    """Give every clock that ends on another day by that law, the oldest first.

    Clocks that were met count too: whether they were met in time may change.

    Args:
        work: Who asks; whose sight decides which clocks are looked at.
        law: As it would be, or as it is now.
        amendment: What is changed in it; other clocks are not looked at.
        among: Ids of the cases to look at; all of them by default.
    """

    @cache
    def deadline(
        limit_id: str, start: date, pauses: tuple[Pause, ...], extended_by: int
    ) -> Deadline:
        return law.deadline(limit_id, start, pauses, extended_by)

    touched = (
        sa.select(CaseDeadline)
        .where(CaseDeadline.cancelled_on.is_(None), _touched(amendment))
        .options(joinedload(CaseDeadline.case).joinedload(Case.unit))
        .order_by(CaseDeadline.id)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    if among is not None:
        touched = touched.where(CaseDeadline.case_id.in_(among))
    for row in work.session.scalars(touched):
        if not law.knows(row.limit_id, row.started_on):
            continue
        after = deadline(*_asked(row, work.today))
        if (after.due_on, after.provisional) != (row.due_on, row.is_provisional):
            yield Move(row, row.case, after.due_on)


def recalculate(work: Work, row: CaseDeadline, reason: str) -> bool:
    """Let a clock end when the law in force says, with all that hangs on it.

    Tasks, timers and duties to file move along; the history of the case names the
    old day, the new one and the reason. What is told already is not told again.

    Args:
        work: Actor, instant and transaction.
        row: The clock.
        reason: Why, for the history.

    Returns:
        Whether it ends on another day now.
    """
    case = work.get(Case, row.case_id, lock=True)
    before = clocks.recompute(work, case, row)
    if row.due_on == before:
        return False
    _follow(work, row, before)
    if row.is_running and row.open_pause is None:
        clocks.disarm(work, Timer.deadline_id == row.id)
        clocks.arm(work, row)
        work.session.flush()
        if before < work.today:
            is_told = Timer.due_at <= work.now
            clocks.disarm(work, sa.and_(Timer.deadline_id == row.id, is_told))
    journal.record(
        work,
        case,
        "clock.recalculated",
        limit=row.limit_id,
        before=before,
        due_on=row.due_on,
        reason=reason,
    )
    return True


def is_stale(work: Work, row: CaseDeadline) -> bool:
    """The clock was last computed from other law data than those in force."""
    is_old = row.law_version != work.law.version
    return is_old and work.law.knows(row.limit_id, row.started_on)


def _asked(row: CaseDeadline, today: date) -> tuple[str, date, tuple[Pause, ...], int]:
    last = row.met_on or today
    pauses = tuple(
        Pause(p.from_on, p.until_on or max(last, p.from_on)) for p in row.pauses
    )
    return row.limit_id, row.started_on, pauses, row.extended_by


def _touched(amendment: Amendment) -> sa.ColumnElement[bool]:
    """Return which clocks a change can touch; more may be looked at than move."""
    start, end = CaseDeadline.started_on, CaseDeadline.due_on
    if amendment.register is Register.LIMIT:
        first_day = limit_of(amendment).first_day
        return sa.and_(CaseDeadline.limit_id == amendment.key, start >= first_day)
    year = int(amendment.key)
    first, last = (date(year + near, month, day) for near, month, day in WIDE)
    return sa.or_(
        sa.and_(start <= last, end >= first), sa.and_(end <= last, start >= first)
    )


def _follow(work: Work, row: CaseDeadline, before: date) -> None:
    """Move what holds the same day as a clock because it was taken from it."""
    for table in (FilingObligation, FilingReview):
        is_its = sa.and_(table.case_id == row.case_id, table.limit_id == row.limit_id)
        work.session.execute(sa.update(table).where(is_its).values(due_on=row.due_on))
    _mend(work, row, before)
    _settle(work, row)
    armed = sa.and_(Timer.kind == TimerKind.PROCESS, Timer.state == TimerState.ARMED)
    work.session.execute(
        sa.update(Timer)
        .where(
            armed,
            Timer.case_id == row.case_id,
            Timer.limit_id == row.limit_id,
            Timer.due_at == clock.end_of_day(before),
        )
        .values(due_at=clock.end_of_day(row.due_on))
    )


def _settle(work: Work, row: CaseDeadline) -> None:
    """Keep anew how the duty to file, or the review of a filing, stands."""
    work.session.flush()
    duties = sa.select(FilingObligation).where(FilingObligation.case_id == row.case_id)
    reviews = sa.select(FilingReview).where(FilingReview.case_id == row.case_id)
    with work.beyond_sight():
        for select in (duties, reviews):
            fresh = select.execution_options(populate_existing=True)
            for one in work.session.scalars(fresh).unique():
                one.settle()


def _mend(work: Work, row: CaseDeadline, before: date) -> None:
    """Move by when a filing is to be supplemented, or what was objected to mended."""
    duties = sa.select(FilingObligation.id).where(
        FilingObligation.case_id == row.case_id
    )
    work.session.execute(
        sa.update(FilingCorrection)
        .where(
            FilingCorrection.obligation_id.in_(duties),
            FilingCorrection.notice_on == row.started_on,
            FilingCorrection.due_on == before,
        )
        .values(due_on=row.due_on)
    )
    work.session.execute(
        sa.update(FilingReview)
        .where(
            FilingReview.case_id == row.case_id,
            FilingReview.decided_on == row.started_on,
            FilingReview.correct_by == before,
        )
        .values(correct_by=row.due_on)
    )
