"""Asked for once the review runs: two approvals, and less time from then on."""

import io
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.clocks import explain, running_clock
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseParty, Part, Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.emergency import EmergencyRequest
from reviewflow.model.event import Event
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.people import Role
from reviewflow.queries.documents import dossier
from reviewflow.queries.question import read_question
from reviewflow.queries.review_facts import review_facts
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.emergencies import ask_emergency, decide_emergency
from reviewflow.usecases.people import give_post
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import TEXT, bring_to, days, do_next, new_case, word_file

WHY = "省防指启动二级应急响应，须在汛前公布。"
YES = {"outcome": "APPROVE", "approved_by": "市政府办公室主任许某"}
NO = {"outcome": "REFUSE", "refusal": "按一般程序可以按时完成。"}
TUESDAY, WEDNESDAY = NOON_MONDAY + days(1), NOON_MONDAY + days(2)
USUAL, SHORT = date(2026, 3, 23), date(2026, 3, 11)
"""Fifteen working days from Monday 2 March, five from Wednesday the fourth."""


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose review has run since Monday."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    return case_id


def ask(as_: As, who: int, case_id: int, at: datetime = TUESDAY, **said: Any) -> None:
    with as_(who, at) as work:
        paper = io.BytesIO(word_file("紧急程序说明"))
        note = receive_upload(work.files, "紧急程序说明.docx", paper)
        ask_emergency(work, case_id, said.get("reason", WHY), said.get("note", note))


def decide(
    as_: As, who: int, case_id: int, said: dict[str, str], at: datetime = WEDNESDAY
) -> EmergencyRequest:
    with as_(who, at) as work:
        return decide_emergency(work, case_id, said)


def running(as_: As, case_id: int) -> list[tuple[str, date, date]]:
    """Return what runs: limit, first and last day."""
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(CaseDeadline).where(
                CaseDeadline.case_id == case_id,
                CaseDeadline.met_on.is_(None),
                CaseDeadline.cancelled_on.is_(None),
            )
        )
        return [(row.limit_id, row.started_on, row.due_on) for row in rows]


def test_the_review_has_less_time_from_the_second_approval_on(
    as_: As, cast: Cast, case_id: int
) -> None:
    ask(as_, cast.unit_head, case_id)
    assert running(as_, case_id) == [("TL-08", date(2026, 3, 2), USUAL)]
    decide(as_, cast.office_intake, case_id, YES)
    assert running(as_, case_id) == [("WL-15", date(2026, 3, 4), SHORT)]

    with as_(None, WEDNESDAY) as work:
        task = sa.select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        assert work.session.scalars(task).one().due_on == SHORT
        line = sa.select(Event.payload).where(
            Event.case_id == case_id, Event.kind == "review.hastened"
        )
        said = work.session.scalars(line).one()
        assert (said["before"], said["due_on"]) == (str(USUAL), str(SHORT))
        armed = sa.select(Timer.due_at).where(
            Timer.case_id == case_id, Timer.state == TimerState.ARMED
        )
        assert max(work.session.scalars(armed)) < NOON_MONDAY + days(16)

    do_next(as_, cast, case_id, "draft_opinion", WEDNESDAY)
    do_next(as_, cast, case_id, "check_opinion", WEDNESDAY)
    do_next(as_, cast, case_id, "sign_opinion", WEDNESDAY)
    assert running(as_, case_id) == []  # the short clock was met, the old one is gone


def test_people_dossier_and_figures_know_of_it(
    as_: As, cast: Cast, case_id: int
) -> None:
    ask(as_, cast.unit_head, case_id)
    decide(as_, cast.office_intake, case_id, YES)
    with as_(None, WEDNESDAY) as work:
        told = sa.select(OutboxMessage.user_id, OutboxMessage.text).where(
            OutboxMessage.template == "emergency_approved"
        )
        texts = {who: text for who, text in work.session.execute(told)}  # noqa: C416
        assert {cast.handler, cast.drafter} <= set(texts)
        review = running_clock(work, work.get(Case, case_id), "WL-15")
        assert review is not None
        assert explain(work, review).steps[1].text in texts[cast.drafter]
        items = {item.role: item for item in dossier(work, case_id).items}
        assert items["emergency_note"].needed
        assert not items["emergency_note"].is_missing
        facts = review_facts(work, read_question({}, work.today), work.law)
        assert [one.due_on for one in facts if one.id == case_id] == [SHORT]
        assert verify(work) == []


def test_refused_by_the_office_everything_stays(
    as_: As, cast: Cast, case_id: int
) -> None:
    ask(as_, cast.unit_head, case_id)
    decide(as_, cast.office_intake, case_id, NO)
    assert running(as_, case_id) == [("TL-08", date(2026, 3, 2), USUAL)]
    with as_(None) as work:
        assert work.get(Case, case_id).facts["is_emergency"] is False
    ask(as_, cast.unit_head, case_id)  # what was refused may be asked again


def office_sees(as_: As, case_id: int) -> bool:
    """Return whether the case is in the sight of the office as a unit."""
    party = sa.select(CaseParty.seen_from).where(
        CaseParty.case_id == case_id, CaseParty.part == Part.OFFICE
    )
    with as_(None) as work:
        return work.session.scalars(party).one() is not None


def test_the_office_reads_what_has_not_come_to_it_yet(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_text")
    assert not office_sees(as_, case_id)
    ask(as_, cast.unit_head, case_id)
    assert office_sees(as_, case_id)
    assert decide(as_, cast.office_intake, case_id, YES).is_approved


def test_two_people_decide_each_in_their_post(
    as_: As, cast: Cast, case_id: int
) -> None:
    for who in (cast.drafter, cast.handler, cast.office_intake):
        with pytest.raises(Refused, match="主要负责人"):
            ask(as_, who, case_id)
    with pytest.raises(Conflict, match="没有等待批准"):
        decide(as_, cast.office_intake, case_id, YES)
    ask(as_, cast.unit_head, case_id)
    with pytest.raises(Conflict, match="正等待"):
        ask(as_, cast.unit_head, case_id)
    with as_(None) as work:  # also in the office, she does not approve her own
        give_post(work, cast.unit_head, Role.OFFICE_INTAKE, cast.units["office"])
    for who in (cast.unit_head, cast.drafter, cast.handler):
        with pytest.raises(Refused, match="办公室"):
            decide(as_, who, case_id, YES)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "APPROVE"}, "approved_by"),
        ({"outcome": "REFUSE"}, "refusal"),
    ],
)
def test_what_is_said_in_part_is_refused(
    as_: As, cast: Cast, case_id: int, said: dict[str, str], named: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(as_, cast.unit_head, case_id, reason=" ", note=None)
    assert set(refused.value.errors) == {"reason", "emergency_note"}
    ask(as_, cast.unit_head, case_id)
    with pytest.raises(Invalid) as refused:
        decide(as_, cast.office_intake, case_id, said)
    assert set(refused.value.errors) == {named}


def test_too_late_is_too_late(as_: As, cast: Cast, case_id: int) -> None:
    with pytest.raises(Conflict, match="不会更早"):
        ask(as_, cast.unit_head, case_id, NOON_MONDAY + days(14))
    ask(as_, cast.unit_head, case_id)
    for step in ("draft_opinion", "check_opinion", "sign_opinion"):
        do_next(as_, cast, case_id, step, TUESDAY)
    with pytest.raises(Conflict, match="已经签发"):
        decide(as_, cast.office_intake, case_id, YES)
    with as_(None) as work:
        assert work.get(Case, case_id).facts["is_emergency"] is False


def test_a_paused_review_stays_paused_under_the_short_limit(
    as_: As, cast: Cast, case_id: int
) -> None:
    lacking = {
        "outcome": "ASK_MATERIALS",
        "reason": TEXT,
        "conclusion": "",
        "reasons": "",
    }
    do_next(as_, cast, case_id, "draft_opinion", NOON_MONDAY, **lacking)
    ask(as_, cast.unit_head, case_id)
    decide(as_, cast.office_intake, case_id, YES)
    friday = NOON_MONDAY + days(4)
    do_next(as_, cast, case_id, "supplement_review", friday, note=TEXT)
    own = [row for row in running(as_, case_id) if row[0] == "WL-15"]
    assert own == [("WL-15", date(2026, 3, 4), date(2026, 3, 13))]  # two days paused
