"""集体讨论: who plans meetings, what gets on an agenda, who has to be there."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.meeting import Attendee, Meeting
from reviewflow.queries.meetings import meetings_page
from reviewflow.usecases.attendance import record_attendance
from reviewflow.usecases.meetings import (
    plan_meeting,
    put_on_agenda,
    take_off_agenda,
)
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import (
    PEOPLE,
    heard,
    on_agenda,
    planned,
    sheet,
    waiting_case,
)
from tests.steps import bring_to, new_case


def test_only_a_complete_packet_gets_on_an_agenda(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast, maker=str(cast.units["city"]))
    bring_to(as_, cast, case_id, "approve_agenda")
    with as_(None) as work:
        work.session.execute(
            sa.text("UPDATE document SET role = 'other' WHERE role = 'drafting_note'")
        )
    meeting_id = planned(as_, cast)
    with (
        pytest.raises(Invalid, match="不能列入议程，还缺少：起草说明"),
        as_(cast.secretary) as work,
    ):
        put_on_agenda(work, meeting_id, {"case_id": str(case_id)})
    with as_(cast.secretary) as work:
        page = meetings_page(work)
        assert [row.missing for row in page.unready] == [["起草说明"]]
        assert page.ready == []


def test_a_case_that_does_not_wait_for_a_meeting_is_refused(
    as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast, maker=str(cast.units["city"]))
    bring_to(as_, cast, case_id, "request_agenda")
    meeting_id = planned(as_, cast)
    with pytest.raises(Conflict, match="待上会"), as_(cast.secretary) as work:
        put_on_agenda(work, meeting_id, {"case_id": str(case_id)})


def test_a_case_is_on_one_agenda_at_a_time(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    first, second = planned(as_, cast), planned(as_, cast, name="第81次常务会议")
    item_id = on_agenda(as_, cast, case_id, first)
    with pytest.raises(Conflict, match="已列入议程"):
        on_agenda(as_, cast, case_id, second)
    with as_(cast.secretary) as work:
        take_off_agenda(work, first, {"item_id": str(item_id)})
    on_agenda(as_, cast, case_id, second)


def test_what_is_written_down_of_an_item_is_not_taken_off(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    with pytest.raises(Conflict, match="不能移出议程"), as_(cast.secretary) as work:
        take_off_agenda(work, meeting_id, {"item_id": str(item_id)})


def test_more_than_half_of_the_members_have_to_be_there(as_: As, cast: Cast) -> None:
    meeting_id = planned(as_, cast)
    half = (*PEOPLE[:2], ("李强", "副市长", "LEAVE", "出差", "MEMBER"), PEOPLE[3])
    with pytest.raises(Invalid) as refusal, as_(cast.secretary) as work:
        record_attendance(work, meeting_id, sheet(half))
    assert "实到 2 人，不足 3 人" in refusal.value.errors["name-0"]


def test_a_small_meeting_has_no_quorum(as_: As, cast: Cast) -> None:
    meeting_id = planned(as_, cast, sort="OFFICE", name="市长办公会第3次会议")
    few = (PEOPLE[0], PEOPLE[3])
    with as_(cast.secretary) as work:
        record_attendance(work, meeting_id, sheet(few))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (sheet(()), "name-0"),
        (sheet(held_on="2026-03-03"), "held_on"),
        (sheet((PEOPLE[1], PEOPLE[2])), "name-0"),
        (sheet((PEOPLE[0], PEOPLE[0])), "name-1"),
        (sheet((PEOPLE[0], ("王芳", "", "PRESENT", "", "MEMBER"))), "post-1"),
        (sheet((PEOPLE[0], ("王芳", "书记", "LEAVE", "", "MEMBER"))), "reason-1"),
        (sheet((PEOPLE[0], ("王芳", "书记", "OBSERVER", "", "MEMBER"))), "presence-1"),
    ],
)
def test_an_attendance_that_cannot_be_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], wrong: str
) -> None:
    meeting_id = planned(as_, cast)
    with pytest.raises(Invalid) as refusal, as_(cast.secretary) as work:
        record_attendance(work, meeting_id, typed)
    assert list(refusal.value.errors) == [wrong]
    with as_(None) as work:
        assert work.session.scalars(sa.select(Attendee)).all() == []
        assert work.get(Meeting, meeting_id).held_on is None


def test_who_spoke_stays_on_the_list(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, _ = heard(as_, cast, case_id)
    with pytest.raises(Invalid, match="李强已登记发言"), as_(cast.secretary) as work:
        record_attendance(work, meeting_id, sheet((*PEOPLE[:2], PEOPLE[3])))


def test_only_its_secretary_keeps_a_meeting(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id = planned(as_, cast)
    for who, failure in ((cast.office_intake, Refused), (cast.drafter, Missing)):
        with pytest.raises(failure), as_(who) as work:
            put_on_agenda(work, meeting_id, {"case_id": str(case_id)})
        with pytest.raises(Refused), as_(who) as work:
            plan_meeting(work, {})
    with as_(cast.office_intake) as work:
        assert len(meetings_page(work).ready) == 1
    with pytest.raises(Refused), as_(cast.drafter) as work:
        meetings_page(work)


def test_a_meeting_is_planned_once(as_: As, cast: Cast) -> None:
    planned(as_, cast)
    with pytest.raises(Invalid) as refusal:
        planned(as_, cast)
    assert list(refusal.value.errors) == ["name"]
    with pytest.raises(Invalid) as refusal:
        planned(as_, cast, organ_id=str(cast.units["justice"]), name="另一次")
    assert list(refusal.value.errors) == ["organ_id"]
