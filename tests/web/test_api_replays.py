"""The same request under the same key is answered once, and acted on once."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.document import DocumentVersion
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import NOON_MONDAY
from tests.papers import published
from tests.steps import ANSWERS, START, As, bring_to, new_case, waiting
from tests.web.program import Programs, body, fields, sentence

MEETING = {
    "sort": "EXECUTIVE",
    "name": "市政府第80次常务会议",
    "planned_on": "2026-03-02",
    "chair": "周海",
}
MATTER = {
    "sort": "DECISIONS",
    "year": 2026,
    "category": "PLAN",
    "title": "学校布局规划",
    "schedule": "9月",
    "grounds": "学位不足。",
}
CAMPAIGN = {
    "title": "清理",
    "basis": "通知",
    "reference_on": "2026-03-02",
    "due_on": "2026-03-31",
}
CHANGE = {"sort": "REPEALS", "effective_on": "2026-03-02", "basis": "会议决定"}
OTHER = {
    "meetings": "name",
    "catalogues": "title",
    "cleanups": "title",
    "library": "basis",
}
KEY = "5f2c0b9e-7c1d-4a7e-9f43-2f6d3c7f0b11"


def case(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "normative_document",
        "title": "六安市停车办法",
        "unit_id": cast.units["housing"],
        "fields": START,
        **changes,
    }


def count(runtime: Runtime, table: type[Any]) -> int:
    with runtime.read(None) as work:
        return work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_first_answer_comes_again(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    drafter = programs(cast.drafter)

    first = drafter.post("/cases", case(cast), KEY)
    again = drafter.client.post(
        "/api/v1/cases",
        data=json.dumps(dict(reversed(case(cast).items())), indent=2),
        headers=drafter.headers(KEY),
        content_type="application/json",
    )

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert count(runtime, Case) == 1


def test_the_first_answer_comes_again_when_things_have_moved_on(
    programs: Programs, as_: As, cast: Cast, runtime: Runtime
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "classify")
    place = f"/tasks/{waiting(as_, case_id, 'classify')}/complete"
    legal = programs(cast.unit_legal)
    sent = {"answers": ANSWERS["classify"], "task_version": 1}
    first = legal.post(place, sent, KEY)
    bring_to(as_, cast, case_id, "finalise_draft")
    before = count(runtime, TaskAnswers)

    again = legal.post(place, sent, KEY)

    assert body(again) == body(first)
    assert count(runtime, TaskAnswers) == before


def test_another_body_under_the_key_is_refused(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    drafter = programs(cast.drafter)
    body(drafter.post("/cases", case(cast), KEY), 201)

    refused = drafter.post("/cases", case(cast, title="另一份文件"), KEY)
    assert "Idempotency-Key" in sentence(refused, 409)
    assert count(runtime, Case) == 1


def test_another_address_under_the_key_is_refused(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "classify")
    place = f"/tasks/{waiting(as_, case_id, 'classify')}"
    legal = programs(cast.unit_legal)
    body(legal.post(f"{place}/claim", key=KEY))

    sentence(legal.post(f"{place}/release", key=KEY), 409)
    assert body(legal.get(place))["assignee"]["id"] == cast.unit_legal


def test_keys_of_two_people_do_not_meet(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    body(programs(cast.drafter).post("/cases", case(cast), KEY), 201)
    own = case(cast, unit_id=cast.units["streets"])
    body(programs(cast.other_drafter).post("/cases", own, KEY), 201)
    assert count(runtime, Case) == 2


def test_without_a_key_every_request_counts(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    drafter = programs(cast.drafter)
    for _ in range(2):
        body(drafter.post("/cases", case(cast)), 201)
    assert count(runtime, Case) == 2


def test_a_refusal_is_not_kept_so_that_it_can_be_mended(
    programs: Programs, cast: Cast
) -> None:
    drafter = programs(cast.drafter)

    assert fields(drafter.post("/cases", case(cast, fields={}), KEY))
    body(drafter.post("/cases", case(cast), KEY), 201)


def test_a_file_sent_twice_is_one_version(
    programs: Programs, as_: As, cast: Cast, runtime: Runtime
) -> None:
    case_id, drafter = new_case(as_, cast), programs(cast.drafter)

    first = drafter.upload(case_id, "submission_draft", "第一条", KEY)
    again = drafter.upload(case_id, "submission_draft", "第一条", KEY)
    other = drafter.upload(case_id, "submission_draft", "第二条", KEY)

    assert body(again, 201) == body(first, 201)
    assert again.headers["Location"] == first.headers["Location"]
    sentence(other, 409)
    assert count(runtime, DocumentVersion) == 1


@pytest.mark.parametrize("noun", ["meetings", "catalogues", "cleanups", "library"])
def test_acts_on_other_nouns_happen_once_under_one_key(
    programs: Programs, as_: As, cast: Cast, noun: str
) -> None:
    document_id = published(as_, cast)
    people = {
        "meetings": cast.secretary,
        "catalogues": cast.unit_head,
        "cleanups": cast.unit_legal,
        "library": cast.publisher,
    }
    program = programs(people[noun])
    sent: dict[str, tuple[str, dict[str, Any]]] = {
        "meetings": ("/meetings", MEETING | {"organ_id": cast.units["city"]}),
        "catalogues": (
            "/catalogues/proposals",
            MATTER | {"unit_id": cast.units["housing"]},
        ),
        "cleanups": ("/cleanups", CAMPAIGN | {"organ_id": cast.units["housing"]}),
        "library": (f"/library/{document_id}/changes", CHANGE),
    }
    place, body_sent = sent[noun]

    with time_machine.travel(NOON_MONDAY, tick=False):
        first = program.post(place, body_sent, KEY)
        again = program.post(place, body_sent, KEY)
        other = program.post(place, {**body_sent, OTHER[noun]: "另一项"}, KEY)

    assert first.status_code in {200, 201}, first.text
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers.get("Location") == first.headers.get("Location")
    sentence(other, 409)


@pytest.mark.parametrize("key", ["", "键", "x" * 201])
def test_a_key_of_no_use_is_refused(programs: Programs, cast: Cast, key: str) -> None:
    drafter = programs(cast.drafter)
    headers = {**drafter.headers(), "Idempotency-Key": key}

    answer = drafter.client.post("/api/v1/cases", json=case(cast), headers=headers)

    assert fields(answer).keys() == {"Idempotency-Key"}


def test_of_eight_at_once_under_one_key_all_get_the_one_answer(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    callers = [programs(cast.drafter) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda one: one.post("/cases", case(cast), KEY), callers)
        )

    assert Counter(answer.status_code for answer in answers) == {201: 8}
    assert len({answer.data for answer in answers}) == 1
    assert count(runtime, Case) == 1
