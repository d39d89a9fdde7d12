from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.deadline import CaseDeadline, Incident, Timer, TimerState
from reviewflow.model.event import Event
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.people import Role
from reviewflow.usecases.people import give_post
from reviewflow.usecases.timers import MOST_TRIES, fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.faults.crowd import at_once
from tests.steps import bring_to, days, do_next, new_case, open_steps

LATE = "task_escalated"
FAR = datetime(2026, 4, 30, 4, tzinfo=UTC)
"""A Thursday on which everything begun on the Monday is long overdue."""


def rows(runtime: Runtime, select: sa.Select[Any]) -> list[Any]:
    """Return what a select finds."""
    with runtime.read(None) as work:
        return list(work.session.scalars(select))


def fired(runtime: Runtime) -> list[tuple[int, datetime]]:
    """Return the case and the legal instant of every timer that fired."""
    select = sa.select(Event).where(Event.kind == "timer.fired")
    return [(event.case_id, event.effective_at) for event in rows(runtime, select)]


def armed(runtime: Runtime) -> list[Timer]:
    """Return what still waits."""
    return rows(runtime, sa.select(Timer).where(Timer.state == TimerState.ARMED))


@pytest.fixture
def classifying(as_: As, cast: Cast) -> int:
    """A case with a limit of its own running for one step."""
    case_id = new_case(as_, cast)
    do_next(as_, cast, case_id, "register_matter")
    return case_id


@pytest.mark.usefixtures("classifying")
def test_nothing_fires_early(runtime: Runtime) -> None:
    last = max(timer.due_at for timer in armed(runtime))
    fire_due_timers(runtime, last - timedelta(microseconds=1))
    assert [timer.due_at for timer in armed(runtime)] == [last]
    assert fire_due_timers(runtime, last) == 1


@pytest.mark.usefixtures("classifying")
def test_a_timer_fires_once_with_the_instant_of_the_law(runtime: Runtime) -> None:
    due = {(timer.case_id, timer.due_at) for timer in armed(runtime)}

    assert fire_due_timers(runtime, FAR) == len(due)
    assert fire_due_timers(runtime, FAR) == 0

    assert sorted(fired(runtime)) == sorted(due)


def test_four_workers_fire_each_timer_once(
    runtime: Runtime, as_: As, cast: Cast, settings: Settings
) -> None:
    for _ in range(6):
        do_next(as_, cast, new_case(as_, cast), "register_matter")
    waiting = len(armed(runtime))
    workers = [runtimes.open_runtime(settings) for _ in range(4)]

    counts = at_once(4, lambda place: fire_due_timers(workers[place], FAR))

    for worker in workers:
        worker.engine.dispose()
    assert len(fired(runtime)) == waiting
    assert sum(int(str(count)) for count in counts) == waiting
    overdue = sa.select(OutboxMessage).where(OutboxMessage.template == "task_overdue")
    told = [(message.case_id, message.user_id) for message in rows(runtime, overdue)]
    assert len(told) == len(set(told))
    with runtime.read(None) as work:
        assert verify(work) == []


def test_a_poisoned_case_does_not_stop_the_others(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    cases = [new_case(as_, cast) for _ in range(5)]
    for case_id in cases:
        bring_to(as_, cast, case_id, "accept_submission")
        do_next(
            *(as_, cast, case_id, "accept_submission"),
            outcome="SUPPLEMENT",
            reason="缺少说明。",
        )
    poisoned = cases[2]
    with runtime.begin(None) as work:
        work.session.execute(
            sa.update(Case).where(Case.id == poisoned).values(state="poison")
        )

    for hours in range(MOST_TRIES + 2):
        fire_due_timers(runtime, FAR + timedelta(hours=3 * hours))

    ended = sa.select(Case.id).where(Case.status == CaseStatus.WITHDRAWN)
    assert rows(runtime, ended) == [one for one in cases if one != poisoned]
    incidents = rows(runtime, sa.select(Incident))
    assert [incident.case_id for incident in incidents] == [poisoned]
    assert "Traceback" not in incidents[0].text


@pytest.mark.usefixtures("classifying")
def test_a_case_is_overdue_though_no_worker_ran(runtime: Runtime) -> None:
    with runtime.read(None, FAR) as work:
        row = work.session.scalars(sa.select(CaseDeadline)).one()
        assert row.is_running
        assert row.due_on < work.today
    assert fired(runtime) == []


def test_a_warning_and_an_alarm_are_told_once_each(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    for hour in range(3):
        fire_due_timers(runtime, FAR + timedelta(hours=hour))
    of_handler = sa.select(OutboxMessage.template).where(
        OutboxMessage.case_id == case_id,
        OutboxMessage.user_id == cast.handler,
        OutboxMessage.template.in_(["task_due_soon", "task_overdue"]),
    )
    assert sorted(rows(runtime, of_handler)) == ["task_due_soon", "task_overdue"]


def test_what_is_not_supplemented_in_time_counts_as_withdrawn(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    reason = {"outcome": "SUPPLEMENT", "reason": "缺少说明。"}
    do_next(as_, cast, case_id, "accept_submission", **reason)

    fire_due_timers(runtime, FAR)

    assert open_steps(as_, case_id) == []
    with runtime.read(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.is_running) == (CaseStatus.WITHDRAWN, False)
        assert verify(work) == []


def test_a_paused_clock_neither_runs_nor_rings(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    ask = {"outcome": "ASK_MATERIALS", "reason": "请补充依据。", "conclusion": ""}
    review = sa.select(CaseDeadline).where(
        CaseDeadline.case_id == case_id, CaseDeadline.limit_id == "TL-08"
    )
    (before,) = rows(runtime, review)

    do_next(as_, cast, case_id, "draft_opinion", **ask)
    rings = sa.select(Timer).where(
        Timer.deadline_id == before.id, Timer.state == TimerState.ARMED
    )
    assert rows(runtime, rings) == []
    back = datetime(2026, 3, 6, 4, tzinfo=UTC)
    do_next(as_, cast, case_id, "supplement_review", back, note="已补充。")

    (after,) = rows(runtime, review)
    assert after.pauses[0].from_on == date(2026, 3, 2)
    assert after.pauses[0].until_on == date(2026, 3, 6)
    working_days_lost = 4  # Tuesday to Friday
    with runtime.read(None) as work:
        counted = sum(
            work.law.calendar.is_working(before.due_on + days(more))
            for more in range(1, (after.due_on - before.due_on).days + 1)
        )
    assert counted == working_days_lost
    assert len(rows(runtime, rings)) == 3  # soon, over, over by three days


def test_the_office_is_told_after_three_working_days(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    with as_(None) as work:  # who has the task heads the office as well
        give_post(work, cast.handler, Role.UNIT_HEAD, cast.units["justice"])
    template = OutboxMessage.template
    told = sa.select(OutboxMessage).where(
        OutboxMessage.case_id == case_id, template.in_(["task_overdue", LATE])
    )
    for day, known in ((24, {"task_overdue"}), (27, {"task_overdue", LATE})):
        # due on Monday 23 March; three working days later is the 26th
        fire_due_timers(runtime, datetime(2026, 3, day - 1, 12, tzinfo=UTC))
        assert LATE not in {message.template for message in rows(runtime, told)}
        fire_due_timers(runtime, datetime(2026, 3, day, 4, tzinfo=UTC))
        assert {message.template for message in rows(runtime, told)} == known
    early = {row.user_id for row in rows(runtime, told) if row.template != LATE}
    assert cast.office_intake not in early
    alarmed = [row.user_id for row in rows(runtime, told) if row.template != LATE]
    assert alarmed.count(cast.handler) == 1
    (alarm,) = (row for row in rows(runtime, told) if row.template == LATE)
    assert alarm.user_id == cast.office_intake
    assert "已逾期3个工作日" in alarm.text
