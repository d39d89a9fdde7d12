"""What no program should send: refused in a Chinese sentence, nothing stored."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.model.base import Base
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import START, As, new_case, waiting
from tests.web.program import Program, Programs, sentence

JSON = "application/json"
GOOD = {
    "kind": "normative_document",
    "title": "停车办法",
    "unit_id": 9,
    "fields": START,
}


@pytest.fixture
def drafter(programs: Programs, cast: Cast) -> Program:
    return programs(cast.drafter)


@pytest.fixture
def nothing_changes(drafter: Program, runtime: Runtime) -> Iterator[None]:
    assert drafter.token
    before = digests(runtime)
    yield
    assert digests(runtime) == before


def digests(runtime: Runtime) -> dict[str, str]:
    """What every table holds."""
    with runtime.read(None) as work:
        return {
            table.name: hashlib.sha256(
                repr(work.session.execute(sa.select(table)).all()).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
        }


def send(drafter: Program, content: bytes, kind: str | None = JSON) -> Any:
    return drafter.client.post(
        "/api/v1/cases", data=content, headers=drafter.headers(), content_type=kind
    )


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"kind": "\xe4"}', 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400),
        (b"9" * 5_000, 400),
        (b"null", 422),
        (b"[]", 422),
        (json.dumps(json.dumps(GOOD)).encode(), 422),
        (b"1", 422),
        (b"", 422),
        (b"{}", 422),
        (b" " * (5 << 20), 413),
    ],
)
def test_a_body_that_is_no_object_is_refused(
    drafter: Program, content: bytes, status: int
) -> None:
    sentence(send(drafter, content), status)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None],
)
def test_a_body_that_is_not_json_is_refused(drafter: Program, kind: str | None) -> None:
    sentence(send(drafter, json.dumps(GOOD).encode(), kind), 415)


WRONG: list[Any] = [
    None,
    True,
    1.5,
    [],
    ["x"],
    {},
    {"$ne": 1},
    "\x00",
    "\ud800",
    10**30,
    -1,
    float("nan"),
]


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("name", GOOD)
def test_a_value_of_a_wrong_type_is_refused(drafter: Program, name: str) -> None:
    for value in WRONG:
        if not (name == "fields" and isinstance(value, dict)):
            answer = drafter.post("/cases", {**GOOD, name: value})
            assert 400 <= answer.status_code < 500, value
            sentence(answer, answer.status_code)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("name", START)
def test_an_answer_of_a_wrong_type_is_refused(drafter: Program, name: str) -> None:
    for value in WRONG:
        if value is not True:
            answer = drafter.post("/cases", {**GOOD, "fields": {**START, name: value}})
            sentence(answer, 422)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "more", ["id", "status", "state", "version", "drafter_id", "number", "__proto__"]
)
def test_what_is_not_asked_cannot_be_set(drafter: Program, more: str) -> None:
    answer = drafter.post("/cases", {**GOOD, more: 1})
    assert more in sentence(answer, 422)


def test_answers_nobody_asked_for_are_not_stored(
    drafter: Program, runtime: Runtime
) -> None:
    more = {"review_body": "OWN", "approved": "yes", "level": "PROVINCE"}
    answer = drafter.post("/cases", {**GOOD, "fields": {**START, **more}})

    assert answer.status_code == 201
    with runtime.read(None) as work:
        facts = work.session.execute(sa.text("SELECT facts FROM 'case'")).scalar_one()
    assert "review_body" not in facts
    assert '"level": "CITY"' in facts


def test_wrong_answers_to_a_task_leave_it_as_it_was(
    drafter: Program, as_: As, cast: Cast, runtime: Runtime
) -> None:
    case_id = new_case(as_, cast)
    place = f"/tasks/{waiting(as_, case_id, 'register_matter')}"
    before = digests(runtime)

    for verb, sent in _wrong_calls(cast.drafter):
        answer = drafter.post(f"{place}/{verb}", sent)
        assert 400 <= answer.status_code < 500, (verb, sent)
        sentence(answer, answer.status_code)

    assert digests(runtime) == before


def _wrong_calls(user_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "complete", {"answers": {}}
    yield "complete", {"task_version": 1}
    for value in WRONG:
        if value is not None:
            yield "complete", {"answers": {"planned_on": value}, "task_version": 1}
        if not isinstance(value, dict):
            yield "complete", {"answers": value, "task_version": 1}
        yield "complete", {"answers": {}, "task_version": value}
        yield "return", {"reason": value}
        yield "reassign", {"user_id": value, "reason": "出差"}
        yield "reassign", {"user_id": user_id, "reason": value}


@pytest.mark.parametrize(
    "query",
    [
        "limit=1&limit=2",
        "kind=a&kind=b",
        "limit[]=1",
        "q=%00",
        "q=%ff",
        "q=%ed%a0%80",
        "unit=9223372036854775808",
        "unit=1e3",
        "unit=",
        "due_before=1790000000",
        "offset=9223372036854775807&limit=100",
        "%00=1",
        "state=" + "x" * 500,
    ],
)
def test_a_strange_question_is_answered_calmly(drafter: Program, query: str) -> None:
    answer = drafter.client.get(f"/api/v1/cases?{query}", headers=drafter.headers())
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        sentence(answer, 422)
