"""Clocks are set anew when the law data have changed, each once, with its history."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Refused
from reviewflow.integrity.verify import verify
from reviewflow.job_kinds import KINDS, run_waiting_jobs
from reviewflow.model.access import AuditRecord
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.filing import FilingObligation
from reviewflow.model.job import Job
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.law_changes import change_page
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.job_runs import Finish, JobKind, Tell
from reviewflow.usecases.law_changes import (
    continue_change,
    propose_limit,
    propose_year,
)
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.laws import (
    LATER,
    TL13,
    YEAR_2027,
    approve,
    armed,
    change,
    due,
    propose,
    told,
)
from tests.steps import bring_to, new_case


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


@pytest.mark.parametrize("is_carried_out", [True, False])
def test_a_lapse_waits_for_the_new_day(
    runtime: Runtime, as_: As, cast: Cast, press: Press, *, is_carried_out: bool
) -> None:
    (filing,) = press.publish(day("11-02"))
    press.submit(filing, day("11-05"))
    press.request_correction(filing, day("11-09"))  # five working days: 16 November
    typed = {**TL13, "days": "10", "basis": "第三十一条", "first_day": "2026-11-01"}
    with as_(cast.admin, at(day("11-10"))) as work:
        change_id = propose_limit(work, "TL-16", typed).id
    approve(as_, cast.signer, change_id, at(day("11-10")))
    if is_carried_out:
        run_waiting_jobs(runtime, at(day("11-10")))

    fire_due_timers(runtime, at(day("11-20")))
    assert told(runtime, "filing.lapsed") == []
    with runtime.read(None) as work:
        duty = work.get(FilingObligation, filing)
        assert [row.due_on for row in duty.corrections] == [day("11-23")]
        assert duty.due_on == day("11-17")
    fire_due_timers(runtime, at(day("11-24"), 9))
    assert len(told(runtime, "filing.lapsed")) == 1


def test_what_was_taken_away_is_left_alone(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    with as_(cast.unit_head) as work:
        withdraw_case(work, case_id, "另行研究。")
    typed = {**TL13, "days": "10", "at_least": "5", "extension": "5"}
    with as_(cast.admin, LATER) as work:
        change_id = propose_limit(work, "TL-08", typed).id
    approve(as_, cast.signer, change_id)
    run_waiting_jobs(runtime, LATER)
    assert told(runtime, "clock.recalculated") == []


def test_clocks_that_were_left_are_asked_for_again(
    runtime: Runtime, as_: As, cast: Cast, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_runtime: Runtime, _job: Job, _tell: Tell) -> Finish:
        raise ValueError

    (filing,) = press.publish(day("09-10"))
    with monkeypatch.context() as patch:
        patch.setitem(KINDS, "recalculate", JobKind("重新计算期限", "件", fail))
        change_id = change(as_, cast)
        assert run_waiting_jobs(runtime, LATER) == 1
    assert due(runtime, filing)[0] == day("09-28")
    with as_(cast.signer, LATER) as work:
        assert change_page(work, change_id).unmoved == 1
    with as_(cast.drafter, LATER) as work:
        assert change_page(work, change_id).unmoved == 0
        with pytest.raises(Refused):
            continue_change(work, change_id)

    with as_(cast.admin, LATER) as work:
        continue_change(work, change_id)
    assert run_waiting_jobs(runtime, LATER) == 1
    assert set(due(runtime, filing)) == {day("10-08")}
    with as_(cast.signer, LATER) as work:
        assert change_page(work, change_id).unmoved == 0
    waiting = propose(as_, cast.admin, days="10")
    with as_(cast.signer, LATER) as work, pytest.raises(Conflict):
        continue_change(work, waiting)
