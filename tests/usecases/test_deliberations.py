"""集体讨论: positions, the head last, dissent for ever, the decision."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid
from reviewflow.meeting_rows import known_of_item
from reviewflow.model.case import TaskAnswers
from reviewflow.model.meeting import Decision
from reviewflow.usecases.statements import (
    AlreadyRecorded,
    record_statements,
)
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import told
from tests.meetings import (
    NAME,
    attended,
    complete,
    decided,
    heard,
    item_of,
    on_agenda,
    planned,
    spoken,
    waiting_case,
    waiting_decision,
)
from tests.steps import do_next, open_steps

AGAINST = (
    ("王芳", "1", "DISAGREE", "资金没有落实。"),
    ("李强", "2", "DISAGREE", "条件不成熟。"),
    ("周海", "3", "AGREE", ""),
)
LATE_STATEMENT = (
    "INSERT INTO statement (case_id, item_id, attendee_id, turn, voice, text)"
    " SELECT case_id, item_id, attendee_id + 100, 9, 'AGREE', '' FROM statement"
)
REASON = "涉及汛期安全，应当按原计划实施。"


def test_the_step_is_filled_from_the_meeting(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    decided(as_, cast, meeting_id, item_id)

    complete(as_, cast, case_id)

    with as_(None) as work:
        row = work.session.scalars(
            sa.select(TaskAnswers).where(
                TaskAnswers.case_id == case_id, TaskAnswers.step == "hold_meeting"
            )
        ).one()
        item = item_of(work, case_id)
        assert row.answers["meeting"] == NAME
        assert row.answers["present"].startswith("应到 4 人，实到 3 人：周海（市长）、")
        assert "请假：赵明（副市长，出差）" in row.answers["present"]
        assert row.answers["dissent"] == "李强（副市长）：收费标准偏高，建议推迟。"
        assert (item.decision, item.recorded_by_id) == (
            Decision.PASSED,
            cast.secretary,
        )
    assert open_steps(as_, case_id) == ["register_number"]
    assert told(as_, case_id).count("meeting.recorded") == 1


def test_a_case_without_an_agenda_is_recorded_plainly(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    do_next(as_, cast, case_id, "hold_meeting")
    assert open_steps(as_, case_id) == ["register_number"]


def test_the_head_speaks_last(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    early = (
        ("周海", "1", "AGREE", ""),
        ("王芳", "2", "AGREE", ""),
        ("李强", "3", "AGREE", ""),
    )
    with pytest.raises(Invalid, match="周海应当最后发表意见，王芳、李强的发言排在其后"):
        heard(as_, cast, case_id, early)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ((("王芳", "1", "AGREE", ""),), "请登记主持人的意见"),
        ((("王芳", "1", "AGREE", ""), ("周海", "1", "AGREE", "")), "重复的序号"),
        ((("王芳", "1", "DISAGREE", ""), ("周海", "2", "AGREE", "")), "王芳：请填写"),
        ((("王芳", "", "AGREE", ""), ("周海", "2", "AGREE", "")), "王芳：请填写"),
    ],
)
def test_what_was_said_has_to_be_whole(
    as_: As, cast: Cast, said: tuple[tuple[str, ...], ...], sentence: str
) -> None:
    case_id = waiting_case(as_, cast)
    with pytest.raises(Invalid) as refusal:
        heard(as_, cast, case_id, said)
    sentences = [refusal.value.message, *refusal.value.errors.values()]
    assert any(sentence in one for one in sentences), sentences


def test_leaving_the_majority_needs_its_reason_on_the_page(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id, AGAINST)
    with pytest.raises(Invalid) as refusal:
        decided(as_, cast, meeting_id, item_id)
    assert list(refusal.value.errors) == ["departure_reason"]
    decided(as_, cast, meeting_id, item_id, departure_reason=REASON)


@pytest.mark.parametrize("make", [waiting_case, waiting_decision])
def test_leaving_the_majority_needs_its_reason_at_the_step(
    as_: As, cast: Cast, make: Any
) -> None:
    case_id = make(as_, cast)
    heard(as_, cast, case_id, AGAINST)
    passed = {"decision": "PASSED", "follows_majority": "yes"}
    with pytest.raises(Invalid) as refusal:
        complete(as_, cast, case_id, **passed)
    assert list(refusal.value.errors) == ["departure_reason"]
    complete(as_, cast, case_id, **passed, departure_reason=REASON)
    with as_(None) as work:
        assert item_of(work, case_id).departure_reason == REASON


def test_following_the_majority_needs_no_reason(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id, AGAINST)
    for decision in ("REJECTED", "DEFERRED", "AGAIN"):
        said = {"decision": decision, "requirements": "资金落实后再议。"}
        decided(as_, cast, meeting_id, item_id, **said)


def test_what_is_recorded_is_not_recorded_again(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    decided(as_, cast, meeting_id, item_id)
    complete(as_, cast, case_id)
    with pytest.raises(AlreadyRecorded), as_(cast.secretary) as work:
        record_statements(work, meeting_id, spoken(work, item_id))
    with pytest.raises(AlreadyRecorded):
        decided(as_, cast, meeting_id, item_id, decision="AMENDED")
    with pytest.raises(Conflict, match="出席情况不再改动"):
        attended(as_, cast, meeting_id)


def test_dissent_is_kept_for_ever(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    decided(as_, cast, meeting_id, item_id)
    complete(as_, cast, case_id)
    for sql in (
        "UPDATE statement SET voice = 'AGREE'",
        "UPDATE statement SET text = '同意'",
        "DELETE FROM statement",
        "UPDATE attendee SET presence = 'LEAVE', reason = '病'",
        "DELETE FROM attendee",
        "UPDATE agenda_item SET departure_reason = 'x'",
        "DELETE FROM agenda_item",
        LATE_STATEMENT,
    ):
        with pytest.raises(sa.exc.IntegrityError, match="is history"), as_(None) as w:
            w.session.execute(sa.text(sql))


def test_the_step_and_the_meeting_say_the_same(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    decided(as_, cast, meeting_id, item_id)
    with pytest.raises(Invalid) as refusal:
        complete(
            as_, cast, case_id, dissent="无", decision="REJECTED", requirements="x"
        )
    assert set(refusal.value.errors) == {"dissent", "decision", "requirements"}
    with as_(None) as work:
        assert not item_of(work, case_id).is_recorded


def test_on_an_agenda_the_step_waits_for_the_meeting(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    on_agenda(as_, cast, case_id, planned(as_, cast))
    with pytest.raises(Invalid, match="还没有登记出席情况"):
        do_next(as_, cast, case_id, "hold_meeting")


def test_a_matter_talked_of_again_has_both_records(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    again = {"decision": "AGAIN", "requirements": "补充测算后再议。"}
    decided(as_, cast, meeting_id, item_id, **again)
    complete(as_, cast, case_id)
    assert open_steps(as_, case_id) == ["hold_meeting"]
    with pytest.raises(Conflict, match="已在这次会议讨论过"):
        on_agenda(as_, cast, case_id, meeting_id)
    second = planned(as_, cast, name="市政府第81次常务会议")
    on_agenda(as_, cast, case_id, second)
    with as_(cast.secretary) as work:
        assert known_of_item(work, item_of(work, case_id)) == {}
