from typing import Any

import pytest

from reviewflow.errors import (
    Conflict,
    Invalid,
    Missing,
    Refused,
    SeparationOfDuties,
    TaskDone,
)
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Task
from reviewflow.model.people import Role
from reviewflow.usecases.tasks import claim_task, complete_task, return_task
from tests.cast import Cast
from tests.conftest import As
from tests.faults.crowd import at_once, refused_with
from tests.steps import ANSWERS, TEXT, bring_to, open_steps, waiting
from tests.usecases.acts import ACTS, Act, also, another, the

everything = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@everything
def test_a_stranger_cannot_tell_that_there_is_a_task(
    as_: As, cast: Cast, task_id: int, act: Act
) -> None:
    for number in (task_id, task_id + 1000, 0, -1):
        with pytest.raises(Missing), as_(cast.other_drafter) as work:
            act(work, number)


@everything
def test_who_has_another_post_may_not_touch_it(
    as_: As, cast: Cast, task_id: int, act: Act
) -> None:
    mine = the(as_, task_id)
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)
    for who in (cast.drafter, cast.auditor):
        with pytest.raises(Refused), as_(who) as work:
            act(work, task_id)
    assert the(as_, task_id).closed_at is mine.closed_at is None


@everything
def test_a_task_that_is_done_stays_done(
    as_: As, cast: Cast, task_id: int, act: Act
) -> None:
    with as_(cast.unit_legal) as work:
        complete_task(work, task_id, ANSWERS["classify"])
    with (
        pytest.raises(TaskDone, match="郑方，03-02 12:00"),
        as_(cast.unit_legal) as work,
    ):
        act(work, task_id)


def test_a_task_of_a_withdrawn_case_was_cancelled(
    as_: As, cast: Cast, task_id: int
) -> None:
    with as_(None) as work:
        work.get(Task, task_id).closed_at = work.now
    with pytest.raises(TaskDone, match="已取消"), as_(cast.unit_legal) as work:
        complete_task(work, task_id, ANSWERS["classify"])


def test_what_was_answered_for_an_older_version_is_refused(
    as_: As, cast: Cast, task_id: int
) -> None:
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)
    for seen in (1, 3, 0, -1):
        with pytest.raises(Conflict, match="已有变化"), as_(cast.unit_legal) as work:
            complete_task(work, task_id, ANSWERS["classify"], seen)
    with as_(cast.unit_legal) as work:
        complete_task(work, task_id, ANSWERS["classify"], 2)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "administrative"),
        ({"is_normative": "maybe"}, "is_normative"),
        ({"is_normative": ["yes", "no"]}, "is_normative"),
        ({"is_normative": {"yes": 1}}, "is_normative"),
        ({"reason": "\x00"}, "reason"),
        ({"reason": "长" * 20_001}, "reason"),
        ({"reason": "\ud800"}, "reason"),
        ({"reason": {"__class__": "x"}}, "reason"),
    ],
)
def test_a_wrong_answer_moves_nothing(
    as_: As, cast: Cast, case_id: int, task_id: int, answers: Any, field: str
) -> None:
    sent = {**ANSWERS["classify"], **answers} if answers else {}
    with pytest.raises(Invalid) as caught, as_(cast.unit_legal) as work:
        complete_task(work, task_id, sent)
    assert field in caught.value.errors
    assert open_steps(as_, case_id) == ["classify"]


def test_what_is_not_asked_is_not_kept(as_: As, cast: Cast, task_id: int) -> None:
    sent = {**ANSWERS["classify"], "status": "FINISHED", "unit_id": 1, "done_by_id": 1}
    with as_(cast.unit_legal) as work:
        case = complete_task(work, task_id, sent)
        assert case.is_running
    assert the(as_, task_id).done_by_id == cast.unit_legal


def test_a_missing_document_is_asked_for_by_name(
    as_: As, cast: Cast, case_id: int
) -> None:
    bring_to(as_, cast, case_id, "draft_text")
    task_id = waiting(as_, case_id, "draft_text")
    with pytest.raises(Invalid) as caught, as_(cast.drafter) as work:
        complete_task(work, task_id, ANSWERS["draft_text"])
    assert caught.value.errors == {"submission_draft": "请上传文件草案。"}


def test_who_drafted_does_not_review_the_draft(
    as_: As, cast: Cast, task_id: int
) -> None:
    also(as_, cast, "drafter", Role.UNIT_LEGAL, "housing")
    with pytest.raises(SeparationOfDuties, match="回避"), as_(cast.drafter) as work:
        complete_task(work, task_id, ANSWERS["classify"])


def test_a_step_without_a_return_cannot_be_returned(
    as_: As, cast: Cast, task_id: int
) -> None:
    with pytest.raises(Invalid, match="不能这样办理"), as_(cast.unit_legal) as work:
        return_task(work, task_id, TEXT)


@pytest.mark.parametrize("reason", ["", "   "])
def test_returning_needs_a_reason(
    as_: As, cast: Cast, case_id: int, reason: str
) -> None:
    bring_to(as_, cast, case_id, "unit_legal_review")
    task_id = waiting(as_, case_id, "unit_legal_review")
    with pytest.raises(Invalid) as caught, as_(cast.unit_legal) as work:
        return_task(work, task_id, reason)
    assert "reason" in caught.value.errors
    with as_(cast.unit_legal) as work:
        return_task(work, task_id, TEXT)
    assert open_steps(as_, case_id) == ["finalise_draft"]


def test_fifty_at_once_complete_a_task_once(
    as_: As, cast: Cast, case_id: int, task_id: int
) -> None:
    people = [cast.unit_legal, another(as_, cast)]

    def complete(place: int) -> int:
        with as_(people[place % 2]) as work:
            return complete_task(work, task_id, ANSWERS["classify"], 1).id

    results = at_once(50, complete)

    assert results.count(case_id) == 1
    assert refused_with(results, Conflict) == 49
    assert open_steps(as_, case_id) == ["draft_text"]
    with as_(None) as work:
        assert verify(work) == []
