"""A limit, or the holidays of a year, are changed by two people; clocks follow."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow import clock
from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.integrity.verify import verify
from reviewflow.law.lawbook import Law
from reviewflow.model.access import AuditRecord
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation, ObligationStatus
from reviewflow.model.people import Role
from reviewflow.usecases.job_runs import run_waiting_jobs
from reviewflow.usecases.law_changes import (
    approve_change,
    drop_change,
    propose_limit,
    propose_year,
)
from reviewflow.usecases.people import give_post
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.laws import TL13, YEAR_2027

LATER = at(day("11-23"))


@pytest.fixture
def holds(as_: As, cast: Cast) -> None:
    """The signer also administers, so both acts could be one person's."""
    with as_(None) as work:
        give_post(work, cast.signer, Role.ADMIN, cast.units["justice"])


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


def test_every_duty_since_the_first_day_moves_with_its_history(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    (old,) = press.publish(date(2025, 12, 15))
    (met,) = press.publish(day("05-11"))
    press.submit(met, day("06-01"))
    (running,) = press.publish(day("09-10"))
    assert due(runtime, running)[0] == day("09-28")
    before = due(runtime, old)

    change(as_, cast, at(day("09-11")))
    assert run_waiting_jobs(runtime, at(day("09-11"))) == 1

    assert set(due(runtime, running)) == {day("10-08")}
    assert due(runtime, met)[0] == day("06-01")
    assert due(runtime, old) == before
    payloads = told(runtime, "clock.recalculated")
    assert [(p["before"], p["due_on"]) for p in payloads] == [
        ("2026-05-26", "2026-06-01"),
        ("2026-09-28", "2026-10-08"),
    ]
    assert payloads[0]["reason"] == TL13["reason"]
    assert max(armed(runtime, running)) > day("10-08") > day("09-28")
    with runtime.read(None) as work:
        assert verify(work) == []
        kinds = sa.select(AuditRecord.kind).where(AuditRecord.kind.startswith("law."))
        assert list(work.session.scalars(kinds)) == [
            "law.change_proposed",
            "law.changed",
        ]
    (next_one,) = press.publish(day("10-10"))
    assert due(runtime, next_one)[0] == day("10-30")


def test_doing_it_again_changes_nothing(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    press.publish(day("09-10"))
    change(as_, cast)
    run_waiting_jobs(runtime, LATER)
    once = told(runtime, "clock.recalculated")
    change(as_, cast, note="再次核对。")
    run_waiting_jobs(runtime, LATER)
    assert told(runtime, "clock.recalculated") == once


@pytest.mark.usefixtures("holds")
def test_nobody_changes_the_law_alone(runtime: Runtime, as_: As, cast: Cast) -> None:
    with pytest.raises(Refused):
        propose(as_, cast.drafter)
    own = propose(as_, cast.signer)
    with pytest.raises(Refused, match="不能自己批准"):
        approve(as_, cast.signer, own)
    with pytest.raises(Refused, match="由审查机构负责人批准"):
        approve(as_, cast.admin, own)
    with pytest.raises(Refused), as_(cast.drafter, LATER) as work:
        drop_change(work, own)
    assert law(runtime).version == runtime.lawbooks.shipped.version


def test_one_change_of_a_rule_waits_at_a_time(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    first = propose(as_, cast.admin)
    with pytest.raises(Conflict, match="等待批准"):
        propose(as_, cast.admin, days="20")
    with as_(cast.admin, LATER) as work:
        drop_change(work, first)
    with pytest.raises(Conflict, match="已经批准或者撤销"):
        approve(as_, cast.signer, first)
    second = propose(as_, cast.admin, days="20")
    approve(as_, cast.signer, second)
    with pytest.raises(Conflict):
        approve(as_, cast.signer, second)
    assert law(runtime).limit("TL-13", day("03-01")).days == 20
    with pytest.raises(Missing):
        approve(as_, cast.signer, 999)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"days": "十五"}, "days", "正整数"),
        ({"days": ""}, "days", "正整数"),
        ({"days": "99999"}, "days", "正整数"),
        ({"unit": "周"}, "TL-13", "unit"),
        ({"first_day": "2026-02-30"}, "first_day", "不能识别"),
        ({"verified": "maybe"}, "TL-13", "verified"),
        ({"source": ""}, "source", "请填写"),
        ({"reason": " "}, "reason", "理由"),
        ({"at_least": "20"}, "TL-13", "at_least"),
    ],
)
def test_a_wrong_row_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        propose(as_, cast.admin, **typed)
    assert sentence in refused.value.errors[field]


def test_the_same_row_again_is_no_change(as_: As, cast: Cast) -> None:
    change(as_, cast)
    with pytest.raises(Invalid, match="没有需要变更"):
        propose(as_, cast.admin)
    with pytest.raises(Missing), as_(cast.admin, LATER) as work:
        propose_limit(work, "TL-99", TL13)


def test_another_process_reads_the_change_and_so_does_a_restart(
    settings: Settings, as_: As, cast: Cast
) -> None:
    other = runtimes.open_runtime(settings)
    assert law(other).limit("TL-13", day("03-01")).unit == "日"
    change(as_, cast)
    assert law(other).limit("TL-13", day("03-01")).unit == "工作日"
    assert law(runtimes.open_runtime(settings)).version == law(other).version
    assert law(other).limit("TL-13", date(2025, 12, 31)).unit == "日"


def test_a_new_year_settles_what_was_provisional(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("12-22"))  # 15 days on is Wednesday 6 January
    (held,) = press.publish(day("12-18"))  # Saturday 2 January, now a day off
    with runtime.read(None) as work:
        rows = work.session.scalars(sa.select(CaseDeadline)).all()
        assert {row.is_provisional for row in rows if row.limit_id == "TL-13"} == {True}
    assert due(runtime, held)[0] == date(2027, 1, 4)

    typed = {
        **YEAR_2027,
        "text": YEAR_2027["text"].replace("1月31日（周日）", "1月2日（周六）"),
    }
    typed["text"] = typed["text"].replace(
        "1日（周五）至3日（周日）放假，共3天", "1日（周五）放假，共1天"
    )
    with as_(cast.admin, at(day("12-23"))) as work:
        change_id = propose_year(work, typed).id
    approve(as_, cast.signer, change_id, at(day("12-23")))
    run_waiting_jobs(runtime, at(day("12-23")))

    assert set(due(runtime, held)) == {date(2027, 1, 2)}
    assert due(runtime, filing)[0] == date(2027, 1, 6)
    assert len(told(runtime, "clock.recalculated")) == 1
    with runtime.read(None) as work:
        rows = work.session.scalars(sa.select(CaseDeadline)).all()
        assert {row.is_provisional for row in rows if row.limit_id == "TL-13"} == {
            False
        }
        assert verify(work) == []


def test_a_year_is_proposed_whole_or_not_at_all(as_: As, cast: Cast) -> None:
    with pytest.raises(Invalid, match="请填写"), as_(cast.admin, LATER) as work:
        propose_year(work, {**YEAR_2027, "title": ""})
    with pytest.raises(Invalid, match="未识别"), as_(cast.admin, LATER) as work:
        propose_year(work, {**YEAR_2027, "text": "一、春节：2月30日放假。"})
    with pytest.raises(Refused), as_(cast.drafter, LATER) as work:
        propose_year(work, YEAR_2027)


def test_nothing_fires_early_before_the_clocks_are_set_anew(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    """The worker rings the old day while the job still waits: it looks again."""
    (filing,) = press.publish(day("09-10"))
    change(as_, cast, at(day("09-11")))
    over = at(day("09-29"), 12)
    fire_due_timers(runtime, over)
    alarms = [p for p in told(runtime, "timer.fired") if p["timer"] == "OVERDUE"]
    assert alarms == []
    assert set(due(runtime, filing)) == {day("10-08")}
    fire_due_timers(runtime, at(day("10-09"), 12))
    alarms = [p for p in told(runtime, "timer.fired") if p["timer"] == "OVERDUE"]
    assert len(alarms) == 1


def test_what_rang_already_does_not_ring_twice(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("09-10"))
    fire_due_timers(runtime, at(day("11-20")))
    rung = len(told(runtime, "timer.fired"))
    change(as_, cast, at(day("11-20")), days="10")
    run_waiting_jobs(runtime, at(day("11-20")))
    assert due(runtime, filing)[0] < day("09-28")
    fire_due_timers(runtime, at(day("11-20"), 11))
    assert len(told(runtime, "timer.fired")) == rung


def test_a_worker_that_stood_still_three_days_changes_no_date(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("09-10"))
    change(as_, cast, at(day("09-11")))
    run_waiting_jobs(runtime, at(day("09-11")))
    with runtime.read(None, at(day("10-11"))) as work:
        duty = work.get(FilingObligation, filing)
        status = duty.standing.status(work.today)
        assert status is ObligationStatus.OVERDUE_UNFILED
    fire_due_timers(runtime, at(day("10-11")) + timedelta(hours=72))
    assert due(runtime, filing)[0] == day("10-08")


def test_a_lapse_waits_for_the_new_day(
    runtime: Runtime, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("11-02"))
    press.submit(filing, day("11-05"))
    press.request_correction(filing, day("11-09"))  # five working days: 16 November
    typed = {**TL13, "days": "10", "basis": "第三十一条", "first_day": "2026-11-01"}
    with as_(cast.admin, at(day("11-10"))) as work:
        change_id = propose_limit(work, "TL-16", typed).id
    approve(as_, cast.signer, change_id, at(day("11-10")))
    run_waiting_jobs(runtime, at(day("11-10")))

    fire_due_timers(runtime, at(day("11-20")))
    assert told(runtime, "filing.lapsed") == []
    with runtime.read(None) as work:
        duty = work.get(FilingObligation, filing)
        assert [row.due_on for row in duty.corrections] == [day("11-23")]
        assert duty.due_on == day("11-17")
    fire_due_timers(runtime, at(day("11-24"), 9))
    assert len(told(runtime, "filing.lapsed")) == 1
