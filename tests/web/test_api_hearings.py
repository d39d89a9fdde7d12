"""A hearing over the API, from its plan to what became of the opinions."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.hearings import (
    AFTER_ENROLMENT,
    DELIVERED,
    DRAWN,
    HELD,
    INVITED,
    NAMES,
    PLAN,
    SEED,
    SOURCE,
    delivering,
    enrolled,
    holding,
    planned,
)
from tests.steps import bring_to, do_next, new_case
from tests.web.program import Programs, body, fields, sentence

SENT_PLAN = {**PLAN, "observers": 10}
GROUPS = ({**DRAWN, "quota": 3}, {**INVITED, "quota": 2})
SENT = {"delivered_on": "2026-03-10", "delivery": "直接送达，签收回证第3号"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The programs' clock: Monday, until a test moves it."""
    with time_machine.travel(NOON_MONDAY, tick=False) as traveller:
        yield traveller


def test_a_hearing_is_planned_with_groups_and_paper_enrolments(
    programs: Programs, as_: As, cast: Cast, clock: time_machine.Traveller
) -> None:
    case_id = new_case(as_, cast)
    wanted = {"needs_hearing": "yes"}
    bring_to(as_, cast, case_id, "announce_hearing", decide_hearing=wanted)
    place, drafter = f"/cases/{case_id}/hearing", programs(cast.drafter)

    shown = body(drafter.post(f"{place}/plan", SENT_PLAN))
    assert shown["step"] == "announce_hearing"
    assert shown["days"]["announce_by"] < shown["plan"]["planned_on"] == "2026-03-17"
    for group in GROUPS:
        shown = body(drafter.post(f"{place}/groups", group), 201)
    assert fields(drafter.post(f"{place}/groups", GROUPS[0])).keys() == {"group_name"}
    gone = f"{place}/groups/{shown['groups'][1]['id']}/removal"
    (drawn,) = body(drafter.post(gone))["groups"]
    do_next(as_, cast, case_id, "announce_hearing", announced_on="2026-03-02")

    sent = {"name": NAMES[0], "contact": "13900000000", "represents": "业主"}
    enrolment = {**sent, "group_id": drawn["id"]}
    body(drafter.post(f"{place}/applicants", enrolment), 201)
    assert fields(drafter.post(f"{place}/applicants", enrolment)).keys() == {"name"}
    early = drafter.post(f"{place}/lists", {"seed_source": SOURCE})
    assert "还没有截止" in sentence(early, 409)
    clock.move_to(AFTER_ENROLMENT)
    shown = body(drafter.post(f"{place}/lists", {"seed_source": SOURCE}))
    assert shown["groups"][0]["enrolled"] == 1
    assert body(drafter.post(f"{place}/draw"))["groups"][0]["draw"]["result"] == [1]


def test_places_are_drawn_and_substitutes_follow(
    programs: Programs, as_: As, cast: Cast, clock: time_machine.Traveller
) -> None:
    case_id, drafter = enrolled(as_, cast), programs(cast.drafter)
    place = f"/cases/{case_id}/hearing"
    clock.move_to(AFTER_ENROLMENT)
    invited = body(drafter.get(place))["groups"][1]["id"]
    expert = {"of_group": invited, "person": "孙教授", "interest": "高校"}
    body(drafter.post(f"{place}/participants", expert), 201)
    published = body(drafter.post(f"{place}/lists", {"seed_source": SOURCE}))
    assert fields(drafter.post(f"{place}/draw")).keys() == {"seed"}
    shown = body(drafter.post(f"{place}/draw", {"seed": SEED}))
    before, draw = (one["groups"][0]["draw"] for one in (published, shown))
    assert draw["list_digest"] == before["list_digest"]
    assert sorted(draw["result"]) == [*range(1, 8)]
    listed = body(drafter.get(f"{place}/applicants", limit=2))
    assert ([one["number"] for one in listed["items"]], listed["total"]) == ([1, 2], 7)

    first = shown["participants"][0]["id"]
    excused = drafter.post(f"{place}/participants/{first}/excuse", {"excuse": "出差"})
    shown = body(excused)
    standings = [one["standing"] for one in shown["participants"][:4]]
    assert standings == ["EXCUSED", "CHOSEN", "CHOSEN", "CHOSEN"]


def test_documents_are_delivered_to_those_who_take_part(
    programs: Programs, as_: As, cast: Cast, clock: time_machine.Traveller
) -> None:
    place, drafter = f"/cases/{delivering(as_, cast)}/hearing", programs(cast.drafter)
    clock.move_to(DELIVERED)
    people = body(drafter.get(place))["participants"]
    ids = [one["id"] for one in people if one["standing"] == "CHOSEN"]
    waiting = [one["id"] for one in people if one["standing"] == "SUBSTITUTE"]
    unknown = {**SENT, "participant_ids": [*ids, waiting[0]]}
    wrong = fields(drafter.post(f"{place}/deliveries", unknown))
    assert "不在参加人名单中" in wrong["participant_id"]
    whole = body(drafter.post(f"{place}/deliveries", {**SENT, "participant_ids": ids}))
    days = [one["delivered_on"] for one in whole["participants"]]
    assert days.count("2026-03-10") == len(ids) == 4


def test_what_happens_at_a_hearing_is_written_down(
    programs: Programs, as_: As, cast: Cast, clock: time_machine.Traveller
) -> None:
    case_id, host = holding(as_, cast), programs(cast.unit_legal)
    place = f"/cases/{case_id}/hearing"
    clock.move_to(HELD)
    people = body(host.get(place))["participants"]
    ids = [one["id"] for one in people if one["standing"] == "CHOSEN"]
    turns = [{"participant_id": one, "turn": n} for n, one in enumerate(ids, 1)]
    body(host.post(f"{place}/turns", {"turns": turns}))
    marks = [{"participant_id": one, "came": "yes", "signed": "SIGNED"} for one in ids]
    marks[0]["signed"] = "REFUSED"
    refused = host.post(f"{place}/presence", {"marks": marks})
    assert "拒绝签名的，请注明情况" in sentence(refused, 422)
    marks[0]["note"] = "认为记录不全"
    assert body(host.post(f"{place}/presence", {"marks": marks}))["present"] == 4
    said = {"speaker_id": ids[0], "text": "收费偏高。", "clause": "第八条"}
    (opinion,) = body(host.post(f"{place}/opinions", said), 201)["opinions"]
    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)

    answered = f"{place}/opinions/{opinion['id']}/adoption"
    drafter, bare = programs(cast.drafter), {"adoption": "NONE"}
    assert fields(drafter.post(answered, bare)).keys() == {"reason"}
    done = body(drafter.post(answered, {**bare, "reason": "标准依法核定。"}))
    assert done["opinions"][0]["adoption"] == "NONE"
    assert body(programs(cast.auditor).get(place)) == {**done, "step": None}


def test_a_hearing_is_put_off_only_while_it_is_prepared(
    programs: Programs, as_: As, cast: Cast, clock: time_machine.Traveller
) -> None:
    place = f"/cases/{planned(as_, cast)}/hearing"
    later = {"new_day": "2026-03-24", "why": "材料未齐"}
    early = programs(cast.drafter).post(f"{place}/postponement", later)
    assert "听证不在" in sentence(early, 409)
    looking = programs(cast.auditor).post(f"{place}/postponement", later)
    assert looking.status_code == 403
    stranger = programs(cast.other_drafter)
    foreign, absent = stranger.get(place), stranger.get("/cases/999999/hearing")
    assert sentence(foreign, 404) == sentence(absent, 404)
    case_id = int(place.split("/")[2])
    do_next(as_, cast, case_id, "announce_hearing", announced_on="2026-03-02")
    clock.move_to(AFTER_ENROLMENT)
    shown = body(programs(cast.drafter).post(f"{place}/postponement", later))
    assert shown["plan"]["planned_on"] == "2026-03-24"
