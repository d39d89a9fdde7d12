"""Planning a hearing and enrolling for it."""

import pytest

from reviewflow import hearing_rows
from reviewflow.errors import Conflict, Invalid, Missing, Refused, ReviewflowError
from reviewflow.model.case import Case
from reviewflow.usecases.enrolments import enrol, enter_applicant
from reviewflow.usecases.hearing_forms import hearing_forms
from reviewflow.usecases.hearings import (
    add_group,
    plan_hearing,
    remove_group,
)
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.hearings import (
    AFTER_ENROLMENT,
    DRAWN,
    INVITED,
    PLAN,
    announced,
    enrolment,
    group_id_of,
    plan_id_of,
    planned,
    refused_step,
)
from tests.steps import days

KEY = "a key that no other form has"


def test_the_forms_are_complete() -> None:
    forms = hearing_forms()
    assert all(form.fields and form.title for form in forms.values())


def test_a_plan_that_cannot_be_is_refused(as_: As, cast: Cast) -> None:
    case_id = planned(as_, cast)
    for changed, field in (
        ({"planned_on": "2026-03-02"}, "planned_on"),  # today
        ({"planned_on": "明天"}, "planned_on"),
        ({"enrol_until": "2026-03-17"}, "enrol_until"),  # the day itself
        ({"enrol_until": "2026-03-01"}, "enrol_until"),
        ({"place": ""}, "place"),
        ({"observers": "许多"}, "observers"),
    ):
        with pytest.raises(Invalid) as caught, as_(cast.drafter) as work:
            plan_hearing(work, case_id, {**PLAN, **changed})
        assert list(caught.value.errors) == [field], changed


def test_two_groups_do_not_have_one_name(as_: As, cast: Cast) -> None:
    case_id = planned(as_, cast)
    with pytest.raises(Invalid, match="换一个组名"), as_(cast.drafter) as work:
        add_group(work, case_id, INVITED)
    typed = {"group_id": str(group_id_of(as_, case_id, "专家"))}
    with as_(cast.drafter) as work:
        remove_group(work, case_id, typed)
    with as_(cast.drafter) as work:
        add_group(work, case_id, INVITED)


def test_after_the_announcement_nobody_changes_groups(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        add_group(work, case_id, DRAWN | {"group_name": "其他"})


def test_a_group_that_enrols_needs_a_last_day(as_: As, cast: Cast) -> None:
    case_id = planned(as_, cast)
    with as_(cast.drafter) as work:
        plan_hearing(work, case_id, PLAN | {"enrol_until": ""})
    said = refused_step(
        *(as_, cast, case_id, "announce_hearing", NOON_MONDAY),
        announced_on="2026-03-02",
    )
    assert "报名截止日" in said


@pytest.mark.parametrize(
    ("who", "error"),
    [("other_drafter", Missing), ("handler", Missing), ("unit_legal", Refused)],
)
def test_only_whoever_has_the_step_works_on_it(
    as_: As, cast: Cast, who: str, error: type[ReviewflowError]
) -> None:
    case_id = planned(as_, cast)
    with pytest.raises(error), as_(cast.people[who]) as work:
        add_group(work, case_id, DRAWN | {"group_name": "其他"})


def test_a_second_click_enrols_nobody_twice(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    plan_id, typed = plan_id_of(as_, case_id), enrolment(as_, case_id, 0)
    codes = []
    for _ in range(2):
        with as_(None) as work:
            codes.append(enrol(work, plan_id, typed, KEY).code)
    assert codes[0] == codes[1]
    with pytest.raises(Invalid, match="不能重复报名"), as_(None) as work:
        enrol(work, plan_id, typed, KEY + "2")
    with pytest.raises(Conflict), as_(None) as work:
        enrol(work, plan_id, typed | {"name": "别人"}, KEY)
    with as_(None) as work:
        assert len(hearing_rows.applicants(work, case_id)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"contact": "没有"}, "contact"),
        ({"group_id": "999999"}, "group_id"),
        ({"group_id": "x"}, "group_id"),
        ({"reason": "长" * 501}, "reason"),
    ],
)
def test_an_enrolment_says_what_is_wrong(
    as_: As, cast: Cast, changed: dict[str, str], field: str
) -> None:
    case_id = announced(as_, cast)
    typed = enrolment(as_, case_id, 0) | changed
    plan_id = plan_id_of(as_, case_id)
    with pytest.raises(Invalid) as caught, as_(None) as work:
        enrol(work, plan_id, typed, KEY)
    assert list(caught.value.errors) == [field]


def test_experts_are_not_enrolled_for(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    expert = {"group_id": str(group_id_of(as_, case_id, "专家"))}
    typed = enrolment(as_, case_id, 0) | expert
    plan_id = plan_id_of(as_, case_id)
    with pytest.raises(Invalid) as caught, as_(None) as work:
        enrol(work, plan_id, typed, KEY)
    assert "group_id" in caught.value.errors


def test_the_last_day_of_enrolment_is_the_last(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    plan_id, typed = plan_id_of(as_, case_id), enrolment(as_, case_id, 0)
    other = enrolment(as_, case_id, 1)
    last = NOON_MONDAY + days(4)
    with as_(None, last) as work:
        enrol(work, plan_id, typed, KEY)
    with (
        pytest.raises(Conflict, match="报名已经截止"),
        as_(None, last + days(1)) as work,
    ):
        enrol(work, plan_id, other, KEY + "2")


def test_paper_is_entered_by_the_drafter(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    typed = enrolment(as_, case_id, 0)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        row = enter_applicant(work, case_id, typed)
        assert row.entered_by_id == cast.drafter


def test_a_case_that_was_taken_back_is_not_public(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    with as_(None) as work:
        plan = hearing_rows.find_plan(work, case_id)
        assert plan is not None
        assert hearing_rows.is_public(work, plan)
        work.get(Case, case_id).status = "WITHDRAWN"  # type: ignore[assignment]
        work.session.flush()
        assert not hearing_rows.is_public(work, plan)
