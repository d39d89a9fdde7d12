"""Cases in lists, and what stands above every page of one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import basis_rows, clock, permissions
from reviewflow.law.calendar import Pause, working_days_between
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case, CaseStatus, Task, TaskAnswers
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document
from reviewflow.queries.done import waiting_tasks
from reviewflow.queries.inbox import has_text, sort_of
from reviewflow.queries.lamps import Lamp, light_clock, most_urgent, task_lamps
from reviewflow.queries.paging import Paging, paging
from reviewflow.work import Work

START = "start"
VALIDITY = "validity"
CONSULTS, ASKS_UNITS = "open_consultation", "consult_units"
HEARING_STEP = "select_participants"
ASKS_COUNSEL = "give_advice"
MEETING_STEP = "hold_meeting"
ASSESSED = ("decide_experts", "decide_risk")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a list shows it: where it is, who has it, by when."""

    case: Case
    sort: str
    waiting: tuple[Task, ...]
    lamp: Lamp
    own: Task | None
    """The task in it that waits for the actor, if one does."""


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of cases, and how many there are in each status."""

    rows: list[CaseRow]
    paging: Paging
    counts: Mapping[CaseStatus, int]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list is to show."""

    own: bool = False
    status: str = ""
    kind: str = ""
    text: str = ""

    def conditions(self, work: Work) -> list[sa.ColumnElement[bool]]:
        """Return all conditions but that on the status."""
        found: list[sa.ColumnElement[bool]] = []
        if self.own:
            found.append(begun_by_actor(work))
        if self.kind:
            found.append(Case.kind == self.kind)
        if self.text.strip():
            found.append(has_text(self.text))
        return found


def begun_by_actor(work: Work) -> sa.ColumnElement[bool]:
    """Return the condition that the actor began a case, not the system for a unit."""
    return sa.and_(Case.drafter_id == work.actor.id, Case.kind != VALIDITY)


def list_cases(work: Work, wanted: CaseFilter, page: int = 1) -> CaseList:
    """Return cases, those that wait for the actor first, then the latest."""
    conditions = wanted.conditions(work)
    counts = _counts(work, conditions)
    if wanted.status:
        conditions.append(sa.cast(Case.status, sa.Text) == wanted.status)
    total = sum(n for s, n in counts.items() if wanted.status in ("", s.value))
    cut = paging(total, page)
    waits = sa.exists().where(
        Task.case_id == Case.id,
        Task.closed_at.is_(None),
        Task.assignee_id == work.actor.id,
    )
    cases = list(
        work.session.scalars(
            sa.select(Case)
            .where(*conditions)
            .order_by(waits.desc(), Case.started_at.desc(), Case.id.desc())
            .offset(cut.first)
            .limit(cut.end - cut.first)
        ).unique()
    )
    return CaseList(_rows(work, cases), cut, counts)


def _counts(
    work: Work, conditions: list[sa.ColumnElement[bool]]
) -> dict[CaseStatus, int]:
    counted = work.session.execute(
        sa.select(Case.status, sa.func.count(Case.id).label("cases"))
        .where(*conditions)
        .group_by(Case.status)
    )
    return {row.status: row.cases for row in counted}


def _rows(work: Work, cases: list[Case]) -> list[CaseRow]:
    ids = [case.id for case in cases]
    waiting = waiting_tasks(work, ids)
    lamps = task_lamps(work, Task.case_id.in_(ids), Task.closed_at.is_(None))
    return [
        CaseRow(
            case=case,
            sort=sort_of(work, case),
            waiting=waiting.get(case.id, ()),
            lamp=most_urgent(lamps[task.id] for task in waiting.get(case.id, ())),
            own=_own(work, waiting.get(case.id, ())),
        )
        for case in cases
    ]


def _own(work: Work, waiting: tuple[Task, ...]) -> Task | None:
    may = permissions.may
    return next((t for t in waiting if may(work.actor, "task.complete", t)), None)


@dataclass(frozen=True, slots=True)
class MainClock:
    """The clock of the case itself, and what it is counted by."""

    row: CaseDeadline
    lamp: Lamp
    limit: TimeLimit
    used_working_days: int
    paused_working_days: int


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands above every page of a case: where, who, by when."""

    case: Case
    sort: str
    waiting: tuple[Task, ...]
    lamps: Mapping[int, Lamp]
    """Of the tasks that wait, by their ids."""
    own: Task | None
    clock: MainClock | None
    passed_days: int
    documents: int
    is_open_matter: bool
    """Its drafter has declared that it holds no state secret."""
    may_withdraw: bool
    has_bases: bool
    """Its kind carries a table of bases, kept here while it is drafted."""
    asks_the_public: bool
    """Its kind has a consultation."""
    asks_units: bool
    is_assessed: bool
    """Its diagram asks for experts, or for an assessment of risks."""
    asks_counsel: bool
    has_hearing: bool
    """Its diagram has the steps of a hearing."""
    is_deliberated: bool
    """Its diagram has a meeting that decides."""

    @property
    def lamp(self) -> Lamp:
        """The lamp that matters most."""
        return most_urgent(self.lamps.values())


def case_head(work: Work, case_id: int) -> CaseHead:
    """Return what stands above every page of a case.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    case = work.get(Case, case_id)
    waiting = waiting_tasks(work, [case.id]).get(case.id, ())
    lamps = task_lamps(work, Task.case_id == case.id, Task.closed_at.is_(None))
    counted = sa.select(sa.func.count(Document.id)).where(Document.case_id == case.id)
    return CaseHead(
        case=case,
        sort=sort_of(work, case),
        waiting=waiting,
        lamps=lamps,
        own=_own(work, waiting),
        clock=_main_clock(work, case),
        passed_days=(_last_day(work, case) - _first_day(case)).days,
        documents=work.session.scalar(counted) or 0,
        is_open_matter=_is_open_matter(work, case),
        may_withdraw=permissions.may_withdraw(work.actor, case),
        has_bases=basis_rows.is_kept(work, case),
        asks_the_public=CONSULTS in work.process(case).kind.steps,
        asks_units=ASKS_UNITS in work.process(case).kind.steps,
        asks_counsel=ASKS_COUNSEL in work.process(case).kind.steps,
        is_assessed=any(s in work.process(case).kind.steps for s in ASSESSED),
        has_hearing=HEARING_STEP in work.process(case).kind.steps,
        is_deliberated=MEETING_STEP in work.process(case).kind.steps,
    )


def _first_day(case: Case) -> date:
    return clock.beijing_date(case.started_at)


def _last_day(work: Work, case: Case) -> date:
    return clock.beijing_date(case.finished_at) if case.finished_at else work.today


def _main_clock(work: Work, case: Case) -> MainClock | None:
    """Return the latest clock that belongs to no single task."""
    row = work.session.scalar(
        sa.select(CaseDeadline)
        .where(CaseDeadline.case_id == case.id, CaseDeadline.task_id.is_(None))
        .order_by(CaseDeadline.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    until = row.met_on or row.cancelled_on or work.today
    pauses = [Pause(p.from_on, p.until_on or until, p.reason) for p in row.pauses]
    calendar = work.law.calendar
    used = working_days_between(row.started_on, until, calendar, pauses)
    whole = working_days_between(row.started_on, until, calendar)
    limit = work.law.limit(row.limit_id, row.started_on)
    return MainClock(row, light_clock(work, row), limit, used, whole - used)


def _is_open_matter(work: Work, case: Case) -> bool:
    answers = work.session.scalar(
        sa.select(TaskAnswers.answers).where(
            TaskAnswers.case_id == case.id, TaskAnswers.step == START
        )
    )
    return (answers or {}).get("is_confidential") is False
