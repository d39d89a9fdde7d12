"""Fifty clients, one task."""

import json
from collections import Counter

import pytest
import sqlalchemy as sa

from reviewflow.integrity.verify import verify
from reviewflow.model.case import TaskAnswers
from reviewflow.model.event import Event
from reviewflow.model.people import Role
from tests.cast import Cast
from tests.conftest import As
from tests.faults.crowd import at_once
from tests.faults.server import Answer, Server
from tests.steps import ANSWERS, do_next, new_case, open_steps, waiting
from tests.usecases.acts import also

CLIENTS = 50
ROUNDS = 3


@pytest.fixture
def tasks(as_: As, cast: Cast) -> list[tuple[int, int]]:
    """Cases that wait to be classified, with the task of each."""
    also(as_, cast, "handler", Role.UNIT_LEGAL, "housing")
    cases = [new_case(as_, cast) for _ in range(ROUNDS)]
    for case_id in cases:
        do_next(as_, cast, case_id, "register_matter")
    return [(case_id, waiting(as_, case_id, "classify")) for case_id in cases]


def complete(server: Server, token: str, task_id: int, key: str) -> Answer:
    """Classify over the API."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    sent = {"answers": ANSWERS["classify"], "task_version": 1}
    path = f"/api/v1/tasks/{task_id}/complete"
    return server.send("POST", path, headers, json.dumps(sent).encode())


def happened(as_: As, case_id: int) -> Counter[str]:
    """Count what the journal says about a case, and the answers that were kept."""
    with as_(None) as work:
        assert verify(work) == []
        kinds = sa.select(Event.kind).where(Event.case_id == case_id)
        steps = sa.select(TaskAnswers.step).where(TaskAnswers.case_id == case_id)
        return Counter([*work.session.scalars(kinds), *work.session.scalars(steps)])


def test_fifty_clients_complete_a_task_once(
    as_: As, server: Server, tokens: dict[str, str], tasks: list[tuple[int, int]]
) -> None:
    people = (tokens["unit_legal"], tokens["handler"])
    for case_id, task_id in tasks:

        def one(place: int, task_id: int = task_id) -> int:
            who = people[place % 2]
            return complete(server, who, task_id, f"{task_id}-{place}").status

        statuses = Counter(at_once(CLIENTS, one))

        assert statuses == {200: 1, 409: CLIENTS - 1}
        assert open_steps(as_, case_id) == ["draft_text"]
        counted = happened(as_, case_id)
        assert counted["task.completed"] == 2  # registered, and classified once
        assert counted["classify"] == 1


def test_one_request_sent_fifty_times_is_answered_fifty_times_and_done_once(
    as_: As, server: Server, tokens: dict[str, str], tasks: list[tuple[int, int]]
) -> None:
    case_id, task_id = tasks[0]

    def one(_place: int) -> str:
        answer = complete(server, tokens["unit_legal"], task_id, "the same key")
        return f"{answer.status} {json.dumps(answer.body, sort_keys=True)}"

    answers = set(at_once(CLIENTS, one))

    assert len(answers) == 1
    assert str(answers.pop()).startswith("200 ")
    assert happened(as_, case_id)["classify"] == 1


def test_a_stale_answer_says_who_did_what_and_when(
    server: Server, tokens: dict[str, str], tasks: list[tuple[int, int]]
) -> None:
    _, task_id = tasks[0]
    complete(server, tokens["unit_legal"], task_id, "first")

    late = complete(server, tokens["handler"], task_id, "second")

    assert late.status == 409
    assert late.headers["Content-Type"] == "application/problem+json"
    assert "郑方" in late.body["detail"]


def test_a_key_serves_nobody_else_and_nothing_else(
    server: Server, tokens: dict[str, str], tasks: list[tuple[int, int]]
) -> None:
    (_, first), (_, second), _ = tasks
    assert complete(server, tokens["unit_legal"], first, "mine").status == 200
    assert complete(server, tokens["unit_legal"], second, "mine").status == 409
    assert complete(server, tokens["handler"], second, "mine").status == 200
