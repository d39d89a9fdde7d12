from typing import Any

import pytest

from tests.cast import Cast
from tests.steps import ANSWERS, As, bring_to, new_case, waiting
from tests.web.program import Programs, body, fields, sentence

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


def test_a_task_is_claimed_released_and_handed_over(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    place = f"/tasks/{waiting(as_, case_id, 'accept_submission')}"
    intake = programs(cast.review_intake)

    claimed = body(intake.post(f"{place}/claim"))
    released = body(intake.post(f"{place}/release"))
    nobody = intake.post(f"{place}/release")
    to_nobody = intake.post(
        f"{place}/reassign", {"user_id": cast.drafter, "reason": "出差"}
    )
    without_reason = intake.post(
        f"{place}/reassign", {"user_id": cast.review_intake, "reason": ""}
    )
    handed = intake.post(
        f"{place}/reassign", {"user_id": cast.review_intake, "reason": "分工调整"}
    )

    assert claimed["assignee"]["id"] == cast.review_intake
    assert (released["assignee"], released["version"]) == (None, 3)
    sentence(nobody, 403)
    assert fields(to_nobody).keys() == {"user_id"}
    assert fields(without_reason).keys() == {"reason"}
    assert body(handed)["assignee"]["id"] == cast.review_intake


def test_a_case_is_sent_back_with_a_reason(
    programs: Programs, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "unit_legal_review")
    place = f"/tasks/{waiting(as_, case_id, 'unit_legal_review')}/return"
    legal = programs(cast.unit_legal)

    without = legal.post(place, {"reason": "  "})
    case = body(legal.post(place, {"reason": "第三条请补充依据。", "task_version": 1}))

    assert fields(without).keys() == {"reason"}
    assert [task["step"] for task in case["open_tasks"]] == ["finalise_draft"]


def test_a_step_that_knows_no_return_refuses_it(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    answer = programs(cast.unit_legal).post(
        f"/tasks/{to_classify}/return", {"reason": "请修改"}
    )
    assert "不能这样办理" in sentence(answer, 422)


def test_a_foreign_task_is_like_an_absent_one(
    programs: Programs, cast: Cast, to_classify: int
) -> None:
    stranger = programs(cast.other_drafter)
    absent = stranger.get("/tasks/9999")
    sentence(absent, 404)
    assert stranger.get(f"/tasks/{to_classify}").data == absent.data
    for verb, sent in (
        ("claim", None),
        ("release", None),
        ("reassign", {"user_id": 1, "reason": "出差"}),
        ("return", {"reason": "请修改"}),
        ("complete", {"answers": {}, "task_version": 1}),
    ):
        for task_id in (to_classify, 9999, 2**70):
            answer = stranger.post(f"/tasks/{task_id}/{verb}", sent)
            assert (answer.status_code, answer.data) == (404, absent.data), verb
