from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow import passwords
from reviewflow.errors import Conflict, Invalid, Missing, Refused, ReviewflowError
from reviewflow.model.access import AuditRecord
from reviewflow.model.people import Level, Role, Unit, UnitSort, User
from reviewflow.permissions import actor_of
from reviewflow.usecases import people
from reviewflow.usecases.tasks import claim_task, release_task
from tests.cast import Cast
from tests.conftest import As
from tests.usecases.posts import post_of

MONDAY = date(2026, 3, 2)
NEW = passwords.accepted("Qiuri-2026-Gongwen", "")
NOBODY = 9999


def unit_named(name: str, government_id: int | None, sort: str = "DEPARTMENT") -> Unit:
    return Unit(
        name=name,
        short_name=name,
        level=Level.CITY,
        sort=UnitSort(sort),
        government_id=government_id,
    )


def audited(as_: As, kind: str) -> list[str]:
    with as_(None) as work:
        rows = sa.select(AuditRecord.subject).where(AuditRecord.kind == kind)
        return list(work.session.scalars(rows.order_by(AuditRecord.id)))


def test_nobody_but_an_administrator_changes_the_roster(as_: As, cast: Cast) -> None:
    housing = cast.units["housing"]
    post = post_of(as_, cast.counsel, Role.COUNSEL)
    with as_(cast.handler) as work:
        for act in (
            lambda: people.add_unit(work, unit_named("六安市水利局", housing)),
            lambda: people.add_user(work, "xin.ren", "新人", NEW),
            lambda: people.change_user(work, cast.counsel, "张三", 1),
            lambda: people.give_post(work, cast.counsel, Role.EXPERT, housing),
            lambda: people.end_post(work, post),
            lambda: people.disable_user(work, cast.counsel),
            lambda: people.enable_user(work, cast.counsel),
            lambda: people.reset_password(work, cast.counsel, NEW),
        ):
            with pytest.raises(Refused):
                act()


def test_a_user_that_is_not_there_is_missing(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        for act in (
            lambda: people.change_user(work, NOBODY, "张三", 1),
            lambda: people.give_post(work, NOBODY, Role.EXPERT, cast.units["pool"]),
            lambda: people.give_post(work, cast.counsel, Role.EXPERT, NOBODY),
            lambda: people.end_post(work, NOBODY),
            lambda: people.disable_user(work, NOBODY),
            lambda: people.enable_user(work, NOBODY),
            lambda: people.reset_password(work, NOBODY, NEW),
        ):
            with pytest.raises(Missing):
                act()


@pytest.mark.parametrize(
    ("name", "government", "field"),
    [
        ("　", "city", "name"),
        ("六安市司法局", "city", "name"),  # there is one
        ("六安市水利局", "", "government_id"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_with_a_sentence(
    as_: As, cast: Cast, name: str, government: str, field: str
) -> None:
    unit = unit_named(name, cast.units.get(government))
    with as_(cast.admin) as work, pytest.raises(Invalid) as caught:
        people.add_unit(work, unit)
    assert field in caught.value.errors


def test_a_unit_needs_a_short_name(as_: As, cast: Cast) -> None:
    unit = unit_named("六安市水利局", cast.units["city"])
    unit.short_name = ""
    with as_(cast.admin) as work, pytest.raises(Invalid) as caught:
        people.add_unit(work, unit)
    assert list(caught.value.errors) == ["short_name"]


def test_only_a_government_may_stand_at_the_top(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        top = people.add_unit(work, unit_named("国务院", None, "GOVERNMENT"))
    assert audited(as_, "unit.added")[-1] == f"unit:{top.id}"


@pytest.mark.parametrize("name", ["", "X", "Lin", "1lin", "林晓", "lin xiao", "l"])
def test_a_sign_in_name_has_a_form(as_: As, cast: Cast, name: str) -> None:
    with as_(cast.admin) as work, pytest.raises(Invalid) as caught:
        people.add_user(work, name, "林晓", NEW)
    assert list(caught.value.errors) == ["name"]


def test_a_sign_in_name_is_given_once(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work, pytest.raises(Invalid) as caught:
        people.add_user(work, "drafter", " ", NEW)
    assert list(caught.value.errors) == ["name", "display_name"]


def test_of_two_who_take_one_name_at_once_one_gets_it(as_: As, cast: Cast) -> None:
    def add(_: int) -> str:
        try:
            with as_(cast.admin) as work:
                people.add_user(work, "xin.ren", "新人", NEW)
        except Invalid:
            return "taken"
        return "added"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add, range(2))) == ["added", "taken"]


def test_a_user_comes_with_posts_and_has_to_change_the_password(
    as_: As, cast: Cast
) -> None:
    posts = [(Role.FILER, cast.units["housing"]), (Role.EXPERT, cast.units["pool"])]
    with as_(cast.admin) as work:
        user = people.add_user(
            work, "xin.ren", " 新人 ", NEW, posts, must_change_password=True
        )
        assert actor_of(user, MONDAY).posts == set(posts)
        assert (user.display_name, user.must_change_password) == ("新人", True)
    assert audited(as_, "user.added")[-1] == f"user:{user.id}"


def test_a_user_is_called_and_placed_anew(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        user = people.change_user(work, cast.counsel, " 张正 ", 7)
        assert (user.display_name, user.position) == ("张正", 7)
        with pytest.raises(Invalid):
            people.change_user(work, cast.counsel, " ", 7)


def test_open_tasks_are_handed_over_before_somebody_leaves(
    as_: As, cast: Cast, task_id: int
) -> None:
    post = post_of(as_, cast.unit_legal, Role.UNIT_LEGAL)
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)

    with as_(cast.admin) as work:
        with pytest.raises(Conflict, match="1 件待办"):
            people.disable_user(work, cast.unit_legal)
        with pytest.raises(Conflict, match="1 件待办"):
            people.end_post(work, post)

    with as_(cast.unit_legal) as work:
        release_task(work, task_id)
    with as_(cast.admin) as work:
        people.end_post(work, post)
        people.disable_user(work, cast.unit_legal)


def test_who_is_disabled_cannot_act_until_enabled(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        people.disable_user(work, cast.counsel)
    with pytest.raises(Missing), as_(cast.counsel):
        pass
    with as_(cast.admin) as work, pytest.raises(Conflict):
        people.give_post(work, cast.counsel, Role.EXPERT, cast.units["pool"])
    with as_(cast.admin) as work:
        people.enable_user(work, cast.counsel)
    with as_(cast.counsel) as work:
        assert work.actor.holds(Role.COUNSEL)


@pytest.mark.parametrize("way", ["disable", "end"])
def test_somebody_always_administers(as_: As, cast: Cast, way: str) -> None:
    post = post_of(as_, cast.admin, Role.ADMIN)

    def leave() -> ReviewflowError | None:
        try:
            with as_(cast.admin) as work:
                if way == "disable":
                    people.disable_user(work, cast.admin)
                else:
                    people.end_post(work, post)
        except Conflict as error:
            return error
        return None

    assert leave() is not None
    with as_(cast.admin) as work:
        people.give_post(work, cast.handler, Role.ADMIN, cast.units["office"])
    assert leave() is None


def test_a_reset_password_serves_for_one_sign_in(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        people.reset_password(work, cast.counsel, NEW)
        user = work.session.get_one(User, cast.counsel)
        assert (user.password_hash, user.must_change_password) == (NEW, True)
    assert audited(as_, "password.reset") == [f"user:{cast.counsel}"]


def test_the_system_itself_has_no_password(as_: As) -> None:
    with as_(None) as work, pytest.raises(Missing):
        people.change_password(work, NEW)


def test_a_random_password_is_strong_enough() -> None:
    assert passwords.weakness(passwords.random_password(), "lin.xiao") is None
    assert passwords.random_password() != passwords.random_password()
