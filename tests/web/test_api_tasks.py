from typing import Any

import pytest

from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import (
    ANSWERS,
    NOON_MONDAY,
    As,
    bring_to,
    days,
    do_next,
    new_case,
    open_steps,
    waiting,
)
from tests.web.program import Programs, body, fields, sentence
from tests.web.statements import counted

YES = "yes"
CLASSIFIED = ANSWERS["classify"]


@pytest.fixture
def to_classify(as_: As, cast: Cast) -> int:
    """The task of the unit's legal office, waiting for the post."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "classify")
    return waiting(as_, case_id, "classify")


def ids(answer: dict[str, Any]) -> list[int]:
    return [task["id"] for task in answer["items"]]


def test_tasks_are_found_by_whose_they_are(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    legal = programs(cast.unit_legal)

    def found(**query: Any) -> list[int]:
        return ids(body(legal.get("/tasks", **query)))

    assert found() == found(scope="group") == [to_classify]
    assert found(scope="mine") == found(scope="done") == []
    assert body(legal.post(f"/tasks/{to_classify}/claim"))["version"] == 2
    assert found() == found(scope="mine") == [to_classify]
    assert found(scope="group") == []
    body(legal.complete(to_classify, CLASSIFIED, 2))
    assert found() == found(scope="mine") == []
    assert found(scope="done") == [to_classify]


def test_a_task_in_a_list_has_what_the_contract_names(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    (task,) = body(programs(cast.unit_legal).get("/tasks"))["items"]

    assert task["step"] == "classify"
    assert task["role"] == "unit_legal"
    assert task["assignee"] is None
    assert task["case"]["id"] == task["case_id"]
    assert (task["id"], task["version"]) == (to_classify, 1)
    assert "due_on" in task


def test_tasks_come_by_due_date(programs: Programs, as_: As, cast: Cast) -> None:
    late, early = new_case(as_, cast), new_case(as_, cast)
    bring_to(as_, cast, late, "accept_submission")
    do_next(as_, cast, late, "accept_submission", NOON_MONDAY + days(7))
    for case_id in (late, early):
        bring_to(as_, cast, case_id, "draft_opinion")

    tasks = body(programs(cast.handler).get("/tasks"))["items"]

    assert [task["case_id"] for task in tasks] == [early, late]
    assert tasks[0]["due_on"] < tasks[1]["due_on"]


def test_one_task_shows_its_form_and_what_may_be_done(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    task = body(programs(cast.unit_legal).get(f"/tasks/{to_classify}"))

    form = task["form"]
    assert form["properties"]["is_normative"]["oneOf"][0] == {
        "const": "yes",
        "title": "是",
    }
    assert set(form["required"]) >= {"administrative", "is_normative", "reason"}
    assert {"claim", "complete"} <= set(task["verbs"])


def test_who_sees_a_task_and_may_not_do_it_has_no_verbs(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    seen = body(programs(cast.unit_head).get(f"/tasks/{to_classify}"))
    assert not {"complete", "claim", "return"} & set(seen["verbs"])


def test_people_to_choose_from_are_in_the_form(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    task_id = waiting(as_, case_id, "accept_submission")

    task = body(programs(cast.review_intake).get(f"/tasks/{task_id}"))

    asked = task["form"]["properties"]["handler_id"]
    assert {"const": cast.handler, "title": "赵敏"} in asked["oneOf"]


def test_required_documents_are_named_and_insisted_on(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_text")
    task_id, drafter = waiting(as_, case_id, "draft_text"), programs(cast.drafter)

    task = body(drafter.get(f"/tasks/{task_id}"))
    (needed,) = task["documents_required"]
    refused = drafter.complete(task_id, ANSWERS["draft_text"])
    body(drafter.upload(case_id, needed["role"]), 201)
    (there,) = body(drafter.get(f"/tasks/{task_id}"))["documents_required"]
    done = drafter.complete(task_id, ANSWERS["draft_text"])

    assert needed["role"] == "submission_draft"
    assert (needed["is_there"], there["is_there"]) == (False, True)
    assert task["form"]["properties"]["submission_draft"]["x-document-role"]
    assert fields(refused) == {"submission_draft": "请上传文件草案。"}
    body(done)


def test_completing_answers_with_the_case_as_it_then_is(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    legal = programs(cast.unit_legal)

    case = body(legal.complete(to_classify, CLASSIFIED))

    assert case["open_tasks"]
    assert "classify" not in {task["step"] for task in case["open_tasks"]}
    assert case == body(legal.get(f"/cases/{case['id']}"))


def test_a_second_completion_says_who_did_it_and_when(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    legal = programs(cast.unit_legal)
    body(legal.complete(to_classify, CLASSIFIED))

    said = sentence(legal.complete(to_classify, CLASSIFIED), 409)

    assert "郑方" in said
    assert "已办结" in said


def test_answers_for_an_older_version_say_what_happened_since(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    legal = programs(cast.unit_legal)
    body(legal.post(f"/tasks/{to_classify}/claim"))

    said = sentence(legal.complete(to_classify, CLASSIFIED, 1), 409)

    assert "郑方" in said
    assert "认领" in said


def test_answers_that_break_a_rule_change_nothing(
    programs: Programs, as_: As, cast: Cast, to_classify: int
) -> None:
    legal = programs(cast.unit_legal)

    wrong = legal.complete(to_classify, {**CLASSIFIED, "binding": "perhaps"})

    assert fields(wrong).keys() == {"binding"}
    task = body(legal.get(f"/tasks/{to_classify}"))
    assert (task["done_at"], task["version"]) == (None, 1)
    assert open_steps(as_, task["case_id"]) == ["classify"]


def test_only_who_holds_the_post_does_a_task(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    drafter = programs(cast.drafter)
    for verb, sent in (
        ("claim", None),
        ("release", None),
        ("return", {"reason": "请修改"}),
        ("complete", {"answers": CLASSIFIED, "task_version": 1}),
    ):
        answer = drafter.post(f"/tasks/{to_classify}/{verb}", sent)
        assert "岗位" in sentence(answer, 403), verb


def test_completing_takes_a_bounded_number_of_statements(
    programs: Programs, cast: Cast, to_classify: int, runtime: Runtime
) -> None:
    legal = programs(cast.unit_legal)
    legal.get("/me")

    with counted(runtime) as sent:
        body(legal.complete(to_classify, CLASSIFIED))

    assert len(sent) <= 55
