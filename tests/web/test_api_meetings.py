"""Meetings over the API: the same use cases as the pages."""

import sqlalchemy as sa

from reviewflow.model.meeting import Attendee
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import FIELDS, NAME, PEOPLE, on_agenda, planned, waiting_case
from tests.web.program import Programs, body, sentence

ATTENDANCE = {
    "held_on": "2026-03-02",
    "people": [dict(zip(FIELDS, row, strict=True)) for row in PEOPLE],
}


def test_a_meeting_is_written_down_by_a_program(
    programs: Programs, as_: As, cast: Cast
) -> None:
    meeting_id = planned(as_, cast)
    case_id = waiting_case(as_, cast)
    item_id = on_agenda(as_, cast, case_id, meeting_id)
    program, address = programs(cast.secretary), f"/meetings/{meeting_id}"
    assert [one["name"] for one in body(program.get("/meetings"))["items"]] == [NAME]

    came = body(program.post(f"{address}/attendance", ATTENDANCE))["attendance"]
    ids = {one["name"]: one["id"] for one in came}
    said = [
        {"attendee_id": ids["李强"], "turn": 1, "voice": "DISAGREE", "text": "偏高"},
        {"attendee_id": ids["周海"], "turn": 2, "voice": "AGREE"},
    ]
    sent = {"item_id": item_id, "statements": said}
    record = body(program.post(f"{address}/statements", sent))

    assert [one["name"] for one in record["agenda"][0]["statements"]] == [
        "李强",
        "周海",
    ]
    assert record == body(program.get(address))
    sent["statements"] = [said[0] | {"turn": 3}, said[1]]
    wrong = program.post(f"{address}/statements", sent)
    assert "周海应当最后发表意见" in sentence(wrong, 422)


def test_a_stranger_gets_nothing(programs: Programs, as_: As, cast: Cast) -> None:
    address = f"/meetings/{planned(as_, cast)}"
    drafter = programs(cast.drafter)
    assert drafter.get("/meetings").status_code == 403
    assert drafter.get(address).status_code == 404
    assert drafter.post(f"{address}/attendance", ATTENDANCE).status_code == 404
    looking = programs(cast.office_intake).post(f"{address}/attendance", ATTENDANCE)
    assert looking.status_code == 403
    with as_(None) as work:
        assert work.session.scalars(sa.select(Attendee)).all() == []
