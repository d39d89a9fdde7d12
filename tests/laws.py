"""Changes of the law data that tests propose, and what came of them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.law.lawbook import Law
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.usecases.law_changes import (
    approve_change,
    propose_limit,
)
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import at, day

LATER = at(day("11-23"))


TL13 = {
    "days": "15",
    "unit": "工作日",
    "first_day": "2026-01-01",
    "basis": "第二十九条",
    "source": "《安徽省行政规范性文件管理办法》",
    "place": "安徽省",
    "verified": "yes",
    "note": "",
    "reason": "已核对现行办法原文。",
}
YEAR_2027 = {
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "address": "https://www.gov.cn/",
    "text": "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月31日（周日）上班。",
    "reason": "2027年放假安排已经公布。",
}


def propose(as_: As, who: int, **typed: str) -> int:
    with as_(who, LATER) as work:
        return propose_limit(work, "TL-13", {**TL13, **typed}).id


def approve(as_: As, who: int, change_id: int, when: datetime = LATER) -> None:
    with as_(who, when) as work:
        approve_change(work, change_id)


def change(as_: As, cast: Cast, when: datetime = LATER, **typed: str) -> int:
    change_id = propose(as_, cast.admin, **typed)
    approve(as_, cast.signer, change_id, when)
    return change_id


def law(runtime: Runtime) -> Law:
    with runtime.read(None) as work:
        return work.law


def due(runtime: Runtime, filing_id: int) -> list[Any]:
    """Return when a filing is due: the duty, its clock, its tasks."""
    with runtime.read(None) as work:
        duty = work.get(FilingObligation, filing_id)
        of_case = CaseDeadline.case_id == duty.case_id
        clocks = work.session.scalars(sa.select(CaseDeadline.due_on).where(of_case))
        tasks = sa.select(Task.due_on).where(
            Task.case_id == duty.case_id, Task.closed_at.is_(None)
        )
        return [duty.due_on, *clocks, *work.session.scalars(tasks)]


def told(runtime: Runtime, kind: str) -> list[dict[str, Any]]:
    with runtime.read(None) as work:
        select = (
            sa.select(Event.payload)
            .where(Event.kind == kind)
            .order_by(Event.at, Event.case_id, Event.seq)
        )
        return [payload or {} for payload in work.session.scalars(select)]


def armed(runtime: Runtime, filing_id: int) -> list[date]:
    """Return the days on which a filing is reminded of."""
    with runtime.read(None) as work:
        duty = work.get(FilingObligation, filing_id)
        is_armed = sa.and_(
            Timer.case_id == duty.case_id, Timer.state == TimerState.ARMED
        )
        found = work.session.scalars(sa.select(Timer.due_at).where(is_armed))
        return sorted(clock.beijing_date(moment) for moment in found)
