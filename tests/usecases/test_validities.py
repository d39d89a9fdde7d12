"""有效期: half a year before, reminders, the end; and what people decide meanwhile."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from reviewflow import clock
from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.event import Event
from reviewflow.model.library import DocumentState, LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.usecases.library import change_document
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import (
    assessed,
    at,
    decide,
    ending_case,
    fire,
    number_of,
    published,
    waiting_units,
)
from tests.steps import do_next, open_steps

UNTIL = date(2028, 8, 31)
SIX, THREE, ONE = date(2028, 2, 29), date(2028, 5, 31), date(2028, 7, 31)


@pytest.fixture
def document_id(as_: As, cast: Cast) -> int:
    """A document that ends on the last day of August 2028."""
    return published(as_, cast, valid_until=str(UNTIL))


def told(as_: As, template: str) -> set[int]:
    with as_(None) as work:
        select = sa.select(OutboxMessage.user_id).where(
            OutboxMessage.template == template
        )
        return set(work.session.scalars(select))


def test_half_a_year_before_the_drafting_unit_has_a_task(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    fire_due_timers(runtime, at(SIX - timedelta(1)))
    with as_(None) as work:
        assert work.get(LibraryDocument, document_id).validity_case_id is None

    fire_due_timers(runtime, at(SIX))
    fire_due_timers(runtime, at(SIX, 11))

    case_id = ending_case(as_, document_id)
    assert waiting_units(as_, case_id) == [("assess_expiry", cast.units["housing"])]
    with as_(None) as work:
        count = sa.select(sa.func.count(Case.id)).where(Case.kind == "validity")
        assert work.session.scalar(count) == 1
        assert verify(work) == []


@pytest.mark.usefixtures("document_id")
def test_three_months_and_one_month_before_the_unit_is_reminded(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    fire(runtime, SIX)
    fire(runtime, THREE - timedelta(1))
    assert told(as_, "validity_ending") == set()
    fire(runtime, THREE)
    people = {cast.drafter, cast.unit_head, cast.publisher}
    assert told(as_, "validity_ending") == people
    fire(runtime, ONE)

    assert happened(as_, "validity.reminded") == 2


def test_on_the_last_day_it_holds_and_then_it_is_over(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    fire(runtime, SIX)
    fire_due_timers(runtime, at(UNTIL, 23))
    case_id = ending_case(as_, document_id)
    assert open_steps(as_, case_id) == ["assess_expiry"]

    fire(runtime, UNTIL)

    assert waiting_units(as_, case_id) == [("announce_expiry", cast.units["housing"])]
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        assert row.state_on(UNTIL) is DocumentState.IN_FORCE
        assert row.state_on(UNTIL + timedelta(1)) is DocumentState.LAPSED
        told_at = sa.select(Event.effective_at).where(
            Event.case_id == row.case_id, Event.kind == "document.expired"
        )
        assert work.session.scalars(told_at).all() == [clock.end_of_day(UNTIL)]
        assert verify(work) == []


def test_a_worker_that_was_stopped_falsifies_nothing(
    runtime: Runtime, as_: As, document_id: int
) -> None:
    later = date(2028, 12, 1)
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        assert row.state_on(later) is DocumentState.LAPSED

    fire(runtime, later)

    case_id = ending_case(as_, document_id)
    assert open_steps(as_, case_id) == ["announce_expiry"]
    with as_(None) as work:
        instants = work.session.scalars(
            sa.select(Event.effective_at)
            .where(Event.case_id == case_id, Event.kind == "timer.fired")
            .order_by(Event.seq)
        ).all()
    assert list(instants) == [clock.end_of_day(day) for day in (THREE, ONE, UNTIL)]


def test_what_was_over_when_it_was_registered_asks_nobody(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    past = date(2025, 6, 2)
    old = published(
        as_,
        cast,
        valid_until="2026-01-31",
        published_on=str(past),
        effective_on=str(past),
    )
    fire(runtime, date(2026, 3, 3))
    with as_(None) as work:
        assert work.get(LibraryDocument, old).validity_case_id is None


def test_no_last_day_no_case(runtime: Runtime, as_: As, cast: Cast) -> None:
    published(as_, cast)
    fire(runtime, date(2040, 1, 3))
    with as_(None) as work:
        kinds = sa.select(Case.kind).where(Case.kind == "validity")
        assert work.session.scalars(kinds).all() == []


def test_an_extension_moves_the_end_and_begins_anew(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, "EXTEND")
    decide(as_, cast, case_id, "EXTEND", valid_until="2033-08-31")

    fire(runtime, UNTIL)
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        assert row.state_on(UNTIL + timedelta(1)) is DocumentState.IN_FORCE
        assert work.get(Case, case_id).ending == "已延续"
    fire(runtime, date(2033, 3, 1))
    assert ending_case(as_, document_id) != case_id


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"valid_until": "2028-08-31"}, "valid_until"),
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": "2033-09-01"}, "long_reason"),
        ({"valid_until": "2033-08-31", "announced_on": "2028-06-02"}, "announced_on"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(
    runtime: Runtime,
    as_: As,
    cast: Cast,
    document_id: int,
    answers: dict[str, str],
    named: str,
) -> None:
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, "EXTEND")
    with pytest.raises(Invalid) as refusal:
        decide(as_, cast, case_id, "EXTEND", **answers)
    assert named in refusal.value.errors


def test_a_decision_to_repeal_ends_the_document_on_its_day(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, "REPEAL")
    with pytest.raises(Invalid):
        decide(as_, cast, case_id, "REPEAL", ends_on="2028-09-01")
    decide(as_, cast, case_id, "REPEAL", ends_on="2028-07-01")

    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        assert row.state_on(date(2028, 6, 30)) is DocumentState.IN_FORCE
        assert row.state_on(date(2028, 7, 1)) is DocumentState.REPEALED
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已废止")


@pytest.mark.parametrize("decision", ["AMEND", "LAPSE"])
def test_what_is_not_extended_runs_out_though_it_was_decided_on(
    runtime: Runtime, as_: As, cast: Cast, document_id: int, decision: str
) -> None:
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, decision)
    decide(as_, cast, case_id, decision)
    assert open_steps(as_, case_id) == []
    fire(runtime, UNTIL)
    said = {"announced_on": "2028-09-05", "channel": "网站"}
    do_next(as_, cast, case_id, "announce_expiry", at(date(2028, 9, 5)), **said)
    with as_(None) as work:
        assert work.get(Case, case_id).ending == "已失效并公布"


def test_a_new_document_ends_the_case_of_the_old_one(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    fire(runtime, SIX)
    case_id = ending_case(as_, document_id)
    published(as_, cast, date(2028, 7, 3), replaces=number_of(as_, document_id))
    assert open_steps(as_, case_id) == []
    with as_(None) as work:
        assert work.get(Case, case_id).ending == "文件已被替代"
        assert verify(work) == []
    fire(runtime, UNTIL)
    assert happened(as_, "document.expired") == 0


def test_a_repealed_document_is_not_taken_up_again(
    runtime: Runtime, as_: As, cast: Cast, document_id: int
) -> None:
    typed = {"sort": "REPEALS", "effective_on": "2026-06-01", "basis": "会议决定"}
    with as_(cast.publisher) as work:
        change_document(work, document_id, typed)
    fire(runtime, UNTIL)
    assert happened(as_, "validity.ending") == 0


def happened(as_: As, kind: str) -> int:
    """Return how often something is told in the journals."""
    with as_(None) as work:
        count = sa.select(sa.func.count(Event.case_id)).where(Event.kind == kind)
        return work.session.scalar(count) or 0
