from datetime import date, timedelta

import pytest

from reviewflow.errors import Conflict, Invalid
from reviewflow.model.people import Membership, Role
from reviewflow.usecases import people
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.usecases.posts import post_of

MONDAY = date(2026, 3, 2)


def test_a_post_is_held_from_today_and_not_twice(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        first = people.give_post(work, cast.counsel, Role.EXPERT, cast.units["pool"])
        again = people.give_post(work, cast.counsel, Role.EXPERT, cast.units["pool"])
        assert first is again
        assert (first.valid_from, first.valid_to) == (MONDAY, None)


@pytest.mark.parametrize(
    ("who", "role"), [("admin", Role.AUDITOR), ("auditor", Role.ADMIN)]
)
def test_who_administers_does_not_audit(
    as_: As, cast: Cast, who: str, role: Role
) -> None:
    with as_(cast.admin) as work, pytest.raises(Invalid):
        people.give_post(work, cast.people[who], role, cast.units["office"])


def test_an_ended_post_is_held_until_its_last_day(as_: As, cast: Cast) -> None:
    post = post_of(as_, cast.counsel, Role.COUNSEL)
    with as_(cast.admin) as work:
        people.end_post(work, post, MONDAY + timedelta(days=4))
        row = work.get(Membership, post)
        assert row.in_force(date(2026, 3, 6))
        assert not row.in_force(date(2026, 3, 7))


def test_an_ended_post_that_is_given_again_goes_on(as_: As, cast: Cast) -> None:
    post = post_of(as_, cast.counsel, Role.COUNSEL)
    with as_(cast.admin) as work:
        people.end_post(work, post)
        people.give_post(work, cast.counsel, Role.COUNSEL, cast.units["pool"])
        assert work.get(Membership, post).valid_to is None


def test_a_post_ends_once(as_: As, cast: Cast) -> None:
    post = post_of(as_, cast.counsel, Role.COUNSEL)
    with as_(cast.admin) as work:
        people.end_post(work, post)
    next_day = NOON_MONDAY + timedelta(days=1)
    with as_(cast.admin, next_day) as work, pytest.raises(Conflict):
        people.end_post(work, post)


def test_a_post_does_not_end_in_the_past(as_: As, cast: Cast) -> None:
    post = post_of(as_, cast.counsel, Role.COUNSEL)
    with as_(cast.admin) as work, pytest.raises(Invalid) as caught:
        people.end_post(work, post, MONDAY - timedelta(days=1))
    assert list(caught.value.errors) == ["last_day"]
