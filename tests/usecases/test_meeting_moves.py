"""A planned meeting is put on another day or elsewhere before it begins."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.event import Event
from reviewflow.model.meeting import AgendaItem, Meeting
from reviewflow.model.outbox import OutboxMessage
from reviewflow.usecases.meeting_moves import move_meeting
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import attended, on_agenda, planned, waiting_case

LATER = {"new_day": "2026-03-13", "new_place": "第一会议室", "why": "主持人外出"}


def test_a_meeting_is_moved_with_its_agenda_and_the_units_are_told(
    as_: As, cast: Cast
) -> None:
    meeting_id, case_id = planned(as_, cast), waiting_case(as_, cast)
    item_id = on_agenda(as_, cast, case_id, meeting_id)

    with as_(cast.secretary) as work:
        move_meeting(work, meeting_id, LATER)

    with as_(None) as work:
        moved = work.get(Meeting, meeting_id)
        assert (str(moved.planned_on), moved.place) == ("2026-03-13", "第一会议室")
        assert work.get(AgendaItem, item_id).meeting_id == meeting_id
        event = work.session.scalars(
            sa.select(Event).where(Event.case_id == case_id).order_by(Event.seq.desc())
        ).first()
        assert event is not None
        assert event.kind == "meeting.moved"
        told = work.session.scalars(
            sa.select(OutboxMessage).where(OutboxMessage.template == "meeting_moved")
        ).all()
        assert {one.user_id for one in told} == {cast.drafter, cast.unit_head}
        assert "改为2026年3月13日召开，地点第一会议室，原因：主持人外出" in told[0].text
        assert "还缺少" not in told[0].text


def test_what_a_packet_lacks_by_now_is_told_with_the_move(as_: As, cast: Cast) -> None:
    meeting_id, case_id = planned(as_, cast), waiting_case(as_, cast)
    on_agenda(as_, cast, case_id, meeting_id)
    with as_(None) as work:
        work.session.execute(
            sa.text("UPDATE document SET role = 'other' WHERE role = 'drafting_note'")
        )
    with as_(cast.secretary) as work:
        move_meeting(work, meeting_id, LATER)
    with as_(None) as work:
        texts = work.session.scalars(
            sa.select(OutboxMessage.text).where(
                OutboxMessage.template == "meeting_moved"
            )
        ).all()
    assert "材料还缺少起草说明，请在会前补齐。" in texts[0]


def test_a_meeting_that_has_begun_stays_where_it_is(as_: As, cast: Cast) -> None:
    meeting_id = planned(as_, cast)
    attended(as_, cast, meeting_id)
    with pytest.raises(Conflict, match="已经召开"), as_(cast.secretary) as work:
        move_meeting(work, meeting_id, LATER)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"new_day": "2026-03-01"}, "new_day"),
        ({"new_day": "2026-03-02", "new_place": ""}, "new_day"),  # nothing changes
        ({"new_day": ""}, "new_day"),
        ({"why": " "}, "why"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], named: str
) -> None:
    meeting_id = planned(as_, cast)
    with pytest.raises(Invalid) as refusal, as_(cast.secretary) as work:
        move_meeting(work, meeting_id, LATER | typed)
    assert list(refusal.value.errors) == [named]


def test_only_the_secretary_moves_it(as_: As, cast: Cast) -> None:
    meeting_id = planned(as_, cast)
    with pytest.raises(Refused), as_(cast.office_intake) as work:
        move_meeting(work, meeting_id, LATER)
    with pytest.raises(Missing), as_(cast.drafter) as work:
        move_meeting(work, meeting_id, LATER)
