import pytest

from reviewflow.errors import Invalid, Refused
from reviewflow.model.case import Task
from reviewflow.usecases.people import disable_user
from reviewflow.usecases.tasks import (
    candidates,
    claim_task,
    reassign_task,
    release_task,
)
from tests.cast import Cast
from tests.conftest import As
from tests.faults.crowd import at_once, refused_with
from tests.steps import TEXT
from tests.usecases.acts import ACTS, another, the


def test_claiming_twice_changes_nothing(as_: As, cast: Cast, task_id: int) -> None:
    with as_(cast.unit_legal) as work:
        version = claim_task(work, task_id).version
    with as_(cast.unit_legal) as work:
        assert claim_task(work, task_id).version == version


def test_two_who_claim_at_once_do_not_both_get_it(
    as_: As, cast: Cast, task_id: int
) -> None:
    people = [cast.unit_legal, another(as_, cast)]

    def claim(place: int) -> int:
        with as_(people[place % 2]) as work:
            claim_task(work, task_id)
        return people[place % 2]

    results = at_once(10, claim)

    holder = the(as_, task_id).assignee_id
    assert results.count(holder) == 5  # whose it is may say so again
    assert refused_with(results, Refused) == 5


def test_what_another_has_claimed_is_not_done_by_me(
    as_: As, cast: Cast, task_id: int
) -> None:
    other = another(as_, cast)
    with as_(other) as work:
        claim_task(work, task_id)
    for act in ("complete", "return", "claim", "release"):
        with pytest.raises(Refused, match="认领"), as_(cast.unit_legal) as work:
            ACTS[act](work, task_id)


def test_only_what_is_mine_can_be_released(as_: As, cast: Cast, task_id: int) -> None:
    with pytest.raises(Refused), as_(cast.unit_legal) as work:
        release_task(work, task_id)
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)
        release_task(work, task_id)
    assert the(as_, task_id).assignee_id is None


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_task_is_not_handed_over_without_a_reason(
    as_: As, cast: Cast, task_id: int, reason: str
) -> None:
    other = another(as_, cast)
    with pytest.raises(Invalid) as caught, as_(cast.unit_legal) as work:
        reassign_task(work, task_id, other, reason)
    assert "reason" in caught.value.errors


def test_a_task_goes_only_to_who_holds_the_post(
    as_: As, cast: Cast, task_id: int
) -> None:
    for person in (cast.other_drafter, cast.drafter, 0, -1, 999_999):
        with pytest.raises(Invalid) as caught, as_(cast.unit_legal) as work:
            reassign_task(work, task_id, person, TEXT)
        assert "user_id" in caught.value.errors


def test_a_task_does_not_go_to_who_was_disabled(
    as_: As, cast: Cast, task_id: int
) -> None:
    other = another(as_, cast)
    with as_(cast.admin) as work:
        disable_user(work, other)
    with as_(cast.unit_legal) as work:
        offered = [person.id for person in candidates(work, work.get(Task, task_id))]
        assert offered == [cast.unit_legal]
    with pytest.raises(Invalid), as_(cast.unit_legal) as work:
        reassign_task(work, task_id, other, TEXT)


def test_the_head_of_the_unit_hands_over_what_others_have(
    as_: As, cast: Cast, task_id: int
) -> None:
    other = another(as_, cast)
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)
    with as_(cast.unit_head) as work:
        reassign_task(work, task_id, other, TEXT)
    assert the(as_, task_id).assignee_id == other
