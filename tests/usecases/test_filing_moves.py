"""Receivers that leave the system, or come into it, while filings run."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_page import filing_page
from reviewflow.queries.filings import Wanted, list_filings
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Question
from reviewflow.queries.unit_terms import unit_page
from reviewflow.usecases.filing_moves import move_filing
from reviewflow.usecases.people import end_post
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.usecases.unit_terms import end_unit_term, enter_unit_term
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import AS_OF, As
from tests.duties import Press, at, day
from tests.usecases.posts import post_of

TERM = {"sort": "OUTSIDE", "holder": "改用省平台", "valid_from": "2026-06-12"}
WHY = "市政府改用省统一平台。"
REPLY = {"decision": "REGISTER", "register_number": "皖府备〔2026〕18号"}
OUT = at(day("06-12"))
PAST = (day("06-05"), day("06-11"), day("06-30"))


@pytest.fixture
def filings(as_: As, cast: Cast, press: Press) -> dict[str, int]:
    """One filing at each step, when the city stops receiving filings here."""
    asked = {"decision": "SUPPLEMENT", "reason": "缺少起草说明。"}
    (to_send,), (sent,), (lacking,), (done,) = (
        press.publish(day("06-01")) for _ in range(4)
    )
    for one in (sent, lacking, done):
        press.submit(one, day("06-03"))
    press.do(done, "examine_filing", day("06-08"), decision="REGISTER")
    press.do(lacking, "examine_filing", day("06-08"), **asked)
    leave(as_, cast)
    return {
        "prepare_filing": to_send,
        "examine_filing": sent,
        "correct_filing": lacking,
    }


def leave(as_: As, cast: Cast) -> None:
    post = post_of(as_, cast.city_filing_reviewer, Role.FILING_REVIEWER)
    with as_(None, at(day("06-11"))) as work:
        end_post(work, post)
    with as_(None, OUT) as work:
        enter_unit_term(work, cast.units["city"], TERM)


def facts(as_: As, filing: int) -> tuple[object, ...]:
    """Return what must not change: days, clocks, timers, how it stands when."""
    with as_(None) as work:
        duty = work.get(FilingObligation, filing)
        of_case = CaseDeadline.case_id == duty.case_id
        rows = work.session.scalars(sa.select(CaseDeadline).where(of_case))
        clocks = [
            (r.id, r.started_on, r.due_on, r.met_on, r.cancelled_on) for r in rows
        ]
        armed = sa.select(Timer.event, Timer.due_at).where(
            Timer.case_id == duty.case_id, Timer.state == TimerState.ARMED
        )
        due = sorted(map(str, work.session.execute(armed)))
        stood = [duty.standing.outcome(one) for one in PAST]
        kept = (duty.published_on, duty.due_on, duty.lasting_from, duty.backfilled_on)
        return (*kept, clocks, due, stood)


def waits_at(as_: As, filing: int) -> tuple[str, Role]:
    with as_(None) as work:
        case_id = work.get(FilingObligation, filing).case_id
        waiting = sa.select(Task).where(
            Task.case_id == case_id, Task.closed_at.is_(None)
        )
        task = work.session.scalars(waiting).one()
        return task.step, task.role


def test_a_filing_goes_on_outside_where_it_stood(
    as_: As, cast: Cast, runtime: Runtime, press: Press, filings: dict[str, int]
) -> None:
    with runtime.read(None, OUT) as work:
        before = document(indicators(work, Question(day("06-11"))))
    with pytest.raises(Conflict, match="请先在报备页面转为系统外报备"):
        press.submit(filings["prepare_filing"], day("06-12"))
    for step, filing in filings.items():
        known = facts(as_, filing)
        with as_(cast.department_filer, OUT) as work:
            assert move_filing(work, filing, WHY).is_outside
        assert waits_at(as_, filing) == (step, Role.FILER)
        assert facts(as_, filing) == known
        with as_(cast.department_filer, OUT) as work, pytest.raises(Conflict):
            move_filing(work, filing, WHY)
    with runtime.read(None, OUT) as work:
        assert document(indicators(work, Question(day("06-11")))) == before
        assert verify(work) == []


def test_what_was_moved_is_answered_from_outside(
    as_: As, cast: Cast, runtime: Runtime, press: Press, filings: dict[str, int]
) -> None:
    sent, lacking = filings["examine_filing"], filings["correct_filing"]
    for filing in (sent, lacking):
        with as_(cast.department_filer, OUT) as work:
            move_filing(work, filing, WHY)
    fire_due_timers(runtime, at(day("06-17")))  # five working days have passed
    press.do(sent, "examine_filing", day("06-18"), happened_on=day("06-16"), **REPLY)
    with as_(cast.department_filer, at(day("06-18"))) as work:
        duty = work.get(FilingObligation, sent)
        assert duty.registered_on == day("06-16")
        assert duty.standing.status(day("06-18")) is ObligationStatus.ON_TIME
        late = work.get(FilingObligation, lacking)
        assert late.corrections[0].lapsed_on == day("06-15")
        page = filing_page(work, lacking)
        assert "filing.moved" in [event.kind for event in page.events]
        assert "correction_notice" in str([letter.name for letter in page.letters])
        assert verify(work, [duty.case_id, late.case_id]) == []


def test_what_is_registered_outside_is_not_due_for_review_here(
    as_: As, cast: Cast, runtime: Runtime, press: Press, filings: dict[str, int]
) -> None:
    sent = filings["examine_filing"]
    with as_(cast.department_filer, OUT) as work:
        move_filing(work, sent, WHY)
    press.do(sent, "examine_filing", day("06-18"), happened_on=day("06-18"), **REPLY)
    with runtime.read(None, at(AS_OF)) as work:
        found = indicators(work, Question(AS_OF))
        counted = found.total.counts["filing_reviews"]
        rows = {row["id"]: row for row in document(found)["indicators"]}
        registered = sa.select(FilingObligation.id).where(
            FilingObligation.registered_on == day("06-08")
        )
        here = work.session.scalars(registered).one()
    assert rows["I-5"]["denominator_ids"] == [here]
    assert counted == rows["I-5"]["denominator"] == 1
    assert set(rows["I-4"]["numerator_ids"]) == {here, sent}


def test_it_comes_back_when_the_receiver_does(
    as_: As, cast: Cast, press: Press, filings: dict[str, int]
) -> None:
    lacking = filings["correct_filing"]
    known = facts(as_, lacking)
    with as_(cast.department_filer, OUT) as work:
        move_filing(work, lacking, WHY)
    with as_(None, at(day("06-12"), 15)) as work:
        city = cast.units["city"]
        term = unit_page(work, city).terms[0].id
        end_unit_term(work, city, term, {"last_day": "2026-06-12"})
    again = at(day("06-13"))
    with as_(cast.department_filer, again) as work:
        assert not move_filing(work, lacking, "市政府恢复在本系统接收。").is_outside
    assert facts(as_, lacking) == known
    press.do(lacking, "correct_filing", day("06-15"), note="已补交。")
    assert waits_at(as_, lacking) == ("examine_filing", Role.FILING_REVIEWER)


def test_only_who_files_it_moves_it_and_says_why(
    as_: As, cast: Cast, filings: dict[str, int]
) -> None:
    filing = filings["prepare_filing"]
    with pytest.raises(Refused), as_(cast.people["auditor"], OUT) as work:
        move_filing(work, filing, WHY)
    for reason in (" ", "长" * 201):
        with pytest.raises(Invalid), as_(cast.department_filer, OUT) as work:
            move_filing(work, filing, reason)
    with as_(cast.department_filer, at(day("06-11"))) as work, pytest.raises(Conflict):
        move_filing(work, filing, WHY)  # the day before the city leaves


def test_the_page_of_the_unit_and_the_list_say_how_many_wait(
    runtime: Runtime, cast: Cast, filings: dict[str, int]
) -> None:
    with runtime.read(cast.admin, OUT) as work:
        page = unit_page(work, cast.units["city"])
        assert (dict(page.stranded), page.sees_stranded) == ({"市住建局": 3}, False)
    with runtime.read(cast.department_filer, OUT) as work:
        found = list_filings(work, Wanted(is_stranded=True))
        assert {row.duty.id for row in found.rows} == set(filings.values())
        assert found.stranded == 3
    with runtime.read(cast.department_filer, at(day("06-11"))) as work:
        assert list_filings(work, Wanted()).stranded == 0
