from typing import Any

import pytest

from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import START, As, bring_to, new_case, open_steps
from tests.web.program import Programs, body, fields, sentence
from tests.web.statements import counted

CASE = {
    "kind": "normative_document",
    "title": "《六安市停车设施建设管理办法》",
    "fields": START,
}


def new(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {**CASE, "unit_id": cast.units["housing"], **changes}


def test_a_case_is_registered_and_found_where_the_answer_says(
    programs: Programs, cast: Cast
) -> None:
    drafter = programs(cast.drafter)

    answer = drafter.post("/cases", new(cast))

    case = body(answer, 201)
    assert case["title"] == "六安市停车设施建设管理办法"
    assert (case["state"], case["phase"]) == ("RUNNING", "起草")
    assert case["drafter"]["display_name"] == "林晓"
    assert case["started_at"].endswith("+08:00")
    assert [task["step"] for task in case["open_tasks"]] == ["register_matter"]
    assert body(drafter.get(answer.headers["Location"])) == case


def test_only_a_drafter_of_the_unit_registers(programs: Programs, cast: Cast) -> None:
    for person in (cast.other_drafter, cast.handler, cast.admin):
        answer = programs(person).post("/cases", new(cast))
        assert "起草人" in sentence(answer, 403)


@pytest.mark.parametrize("kind", ["nothing", "filing", "../filing", "🙂"])
def test_a_kind_that_people_do_not_start_is_absent(
    programs: Programs, cast: Cast, kind: str
) -> None:
    drafter = programs(cast.drafter)
    answer = drafter.post("/cases", new(cast, kind=kind))
    assert answer.data == drafter.get("/cases/999").data
    sentence(answer, 404)


def test_answers_that_break_a_rule_are_named(programs: Programs, cast: Cast) -> None:
    wrong = {**START, "kind_code": "ZFGZ", "is_emergency": "yes"}
    del wrong["is_major"]

    answer = programs(cast.drafter).post("/cases", new(cast, fields=wrong))

    assert fields(answer).keys() == {"kind_code", "is_major", "emergency_reason"}


def test_what_is_confidential_stays_outside(programs: Programs, cast: Cast) -> None:
    sent = new(cast, fields={**START, "is_confidential": "yes"})
    answer = programs(cast.drafter).post("/cases", sent)
    assert "保密" in fields(answer)["is_confidential"]
    assert body(programs(cast.auditor).get("/cases"))["total"] == 0


def test_cases_are_found_by_what_is_asked(
    programs: Programs, as_: As, cast: Cast
) -> None:
    first, second = new_case(as_, cast), new_case(as_, cast)
    bring_to(as_, cast, second, "draft_opinion")
    drafter = programs(cast.drafter)

    def found(**query: Any) -> list[int]:
        return [case["id"] for case in body(drafter.get("/cases", **query))["items"]]

    assert found() == [second, first]
    assert found(kind="normative_document", state="RUNNING") == [second, first]
    assert found(state="审查") == [second]
    assert found(state="FINISHED") == found(kind="filing") == []
    assert found(q="农村自建") == [second, first]
    assert found(q="100%") == found(q="_") == []
    assert found(unit=cast.units["housing"]) == [second, first]
    assert found(unit=cast.units["streets"]) == []
    assert found(due_before="2026-04-01") == [second]
    assert found(due_before="2026-03-01") == []


def test_a_list_is_walked_part_by_part(programs: Programs, as_: As, cast: Cast) -> None:
    ids = [new_case(as_, cast) for _ in range(5)]
    drafter = programs(cast.drafter)

    walked: list[int] = []
    place: str | None = "/cases?limit=2&q=六安市"
    while place:
        part = body(drafter.get(place))
        assert part["total"] == 5
        assert part["items"]
        walked += [case["id"] for case in part["items"]]
        place = part["next"]

    assert walked == ids[::-1]


def test_after_the_end_of_a_list_there_is_nothing(
    programs: Programs, as_: As, cast: Cast
) -> None:
    new_case(as_, cast)
    part = body(programs(cast.drafter).get("/cases", offset=10))
    assert part == {"items": [], "total": 1, "next": None}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 101}, "limit"),
        ({"limit": 0}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"offset": 2**64}, "offset"),
        ({"unit": "first"}, "unit"),
        ({"due_before": "20260401"}, "due_before"),
        ({"due_before": "2026-02-30"}, "due_before"),
        ({"q": "停\x00车"}, "q"),
        ({"q": "车" * 201}, "q"),
        ({"sort": "title"}, "sort"),
        ({"limit": ["1", "2"]}, "limit"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_its_name(
    programs: Programs, cast: Cast, query: dict[str, Any], field: str
) -> None:
    assert fields(programs(cast.drafter).get("/cases", **query)).keys() == {field}


def test_a_list_takes_as_many_statements_for_many_cases_as_for_one(
    programs: Programs, as_: As, cast: Cast, runtime: Runtime
) -> None:
    drafter = programs(cast.drafter)
    bring_to(as_, cast, new_case(as_, cast), "finalise_draft")
    with counted(runtime) as one:
        body(drafter.get("/cases"))
    for _ in range(3):
        bring_to(as_, cast, new_case(as_, cast), "finalise_draft")

    with counted(runtime) as many:
        assert body(drafter.get("/cases"))["total"] == 4

    assert len(many) == len(one) <= 11


def test_a_signed_opinion_is_part_of_the_case(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "sign_opinion")
    before = body(programs(cast.drafter).get(f"/cases/{case_id}"))
    bring_to(as_, cast, case_id, "request_agenda")

    after = body(programs(cast.drafter).get(f"/cases/{case_id}"))

    assert before["opinions"] == []
    (opinion,) = after["opinions"]
    assert opinion["conclusion"] == "LEGAL"
    assert opinion["signed_by"]["id"] == cast.signer
    assert {one["role"] for one in after["documents"]} >= {"submission_draft"}
    assert [one["limit_id"] for one in after["deadlines"] if one["met_on"]]


def test_the_journal_is_chained_line_by_line(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "finalise_draft")

    events = body(programs(cast.drafter).get(f"/cases/{case_id}/events", limit=100))

    lines = events["items"]
    assert [line["seq"] for line in lines] == list(range(1, events["total"] + 1))
    assert lines[0]["kind"] == "case.submitted"
    hashes = ["", *(line["hash"] for line in lines)]
    assert [line["prev"] for line in lines] == hashes[:-1]
    assert lines[0]["at"] == "2026-03-02T12:00:00+08:00"


def test_deadlines_explain_themselves(programs: Programs, as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")

    found = body(programs(cast.drafter).get(f"/cases/{case_id}/deadlines"))

    clock = next(one for one in found["items"] if one["limit_id"] == "TL-08")
    assert clock["started_on"] == "2026-03-02"
    assert clock["steps"][-1]["day"] == clock["due_on"]
    assert (clock["source"], clock["met_on"]) != ("", "")


def test_a_case_is_taken_back_by_its_drafter_alone(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    place = f"/cases/{case_id}/withdraw"

    sentence(programs(cast.unit_legal).post(place, {"reason": "不再需要"}), 403)
    assert "reason" in fields(programs(cast.drafter).post(place, {"reason": " "}))
    case = body(programs(cast.drafter).post(place, {"reason": "不再需要"}))

    assert (case["state"], case["conclusion"]) == ("WITHDRAWN", "WITHDRAWN")
    assert case["open_tasks"] == open_steps(as_, case_id) == []
    again = programs(cast.drafter).post(place, {"reason": "不再需要"})
    assert "林晓" in sentence(again, 409)


@pytest.mark.parametrize("case_id", [999, 0, 2**63 - 1, 2**63, 10**30, -1, "x", "1.5"])
@pytest.mark.parametrize("below", ["", "/events", "/deadlines"])
def test_an_absent_case_is_not_found(
    programs: Programs, cast: Cast, case_id: object, below: str
) -> None:
    sentence(programs(cast.drafter).get(f"/cases/{case_id}{below}"), 404)


def test_a_foreign_case_is_like_an_absent_one(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    stranger = programs(cast.other_drafter)

    for below in ("", "/events", "/deadlines"):
        foreign = stranger.get(f"/cases/{case_id}{below}")
        absent = stranger.get(f"/cases/999{below}")
        assert (foreign.status_code, foreign.data) == (404, absent.data)
    for verb in ("withdraw", "documents"):
        sent = {"reason": "不再需要"} if verb == "withdraw" else None
        path = f"/cases/{case_id}/{verb}"
        answer = stranger.post(path, sent) if sent else stranger.upload(case_id, "x")
        assert (answer.status_code, answer.data) == (404, absent.data)
    assert body(stranger.get("/cases"))["total"] == 0
