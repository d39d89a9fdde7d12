"""Meetings over the API: the same use cases as the pages."""

import sqlalchemy as sa

from reviewflow.model.meeting import Attendee
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import FIELDS, NAME, PEOPLE, heard, on_agenda, planned, waiting_case
from tests.steps import waiting
from tests.web.program import Programs, body, fields, sentence

ATTENDANCE = {
    "held_on": "2026-03-02",
    "people": [dict(zip(FIELDS, row, strict=True)) for row in PEOPLE],
}

AGAINST = (
    ("王芳", "1", "DISAGREE", "收费偏高。"),
    ("李强", "2", "DISAGREE", "建议推迟。"),
    ("周海", "3", "AGREE", ""),
)


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


def test_a_meeting_is_planned_and_its_agenda_filled(
    programs: Programs, as_: As, cast: Cast
) -> None:
    secretary, case_id = programs(cast.secretary), waiting_case(as_, cast)
    sent = {
        "organ_id": cast.units["city"],
        "sort": "EXECUTIVE",
        "name": NAME,
        "planned_on": "2026-03-02",
        "chair": "周海（市长）",
    }
    answer = secretary.post("/meetings", sent)
    address = f"/meetings/{body(answer, 201)['id']}"
    assert answer.headers["Location"].endswith(address)
    assert fields(secretary.post("/meetings", sent)).keys() == {"name"}
    (row,) = body(secretary.get("/meetings/waiting"))["items"]
    assert (row["case_id"], row["is_ready"], row["missing"]) == (case_id, True, [])

    entry, agenda = {"case_id": case_id}, f"{address}/agenda"
    (item,) = body(secretary.post(agenda, entry))["agenda"]
    assert "已列入议程" in sentence(secretary.post(agenda, entry), 409)
    later = {"new_day": "2999-03-13", "new_place": "第一会议室", "why": "外出"}
    moved = body(secretary.post(f"{address}/move", later))
    assert (moved["planned_on"], moved["place"]) == ("2999-03-13", "第一会议室")
    assert [one["id"] for one in moved["agenda"]] == [item["id"]]
    gone = secretary.post(f"{agenda}/removal", {"item_id": item["id"]})
    assert body(gone)["agenda"] == []


def test_what_a_meeting_decided_is_recorded_with_its_minutes(
    programs: Programs, as_: As, cast: Cast
) -> None:
    secretary, case_id = programs(cast.secretary), waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id, AGAINST)
    address, named = f"/meetings/{meeting_id}", {"item_id": item_id}
    decision = {**named, "decision": "PASSED"}
    against = secretary.post(f"{address}/decisions", decision)
    assert "departure_reason" in fields(against)
    whole = {**decision, "departure_reason": "事关民生，先行试点。"}
    body(secretary.post(f"{address}/decisions", whole))
    note = {**named, "text": "更正职务。"}
    early = secretary.post(f"{address}/supplements", note)
    assert "还没有记录" in sentence(early, 409)

    place = f"/cases/{case_id}/deliberation"
    assert programs(cast.drafter).post(f"{place}/minutes").status_code == 403
    minutes = body(secretary.post(f"{place}/minutes"), 201)
    assert minutes["role"] == "meeting_minutes"
    body(secretary.complete(waiting(as_, case_id, "hold_meeting"), {}))
    (noted,) = body(secretary.post(f"{address}/supplements", note))["agenda"]
    assert [one["text"] for one in noted["supplements"]] == ["更正职务。"]
    shown = body(programs(cast.drafter).get(place))
    assert (shown["is_decided"], shown["has_minutes"]) == (True, True)
    assert shown["sessions"][0]["item"]["decision"] == "PASSED"


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
