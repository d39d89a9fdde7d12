"""Lists, the draw, and who has a place."""

from collections.abc import Callable
from typing import Any

import pytest

from reviewflow import draw, hearing_rows
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.model.hearing_list import Standing
from reviewflow.usecases.draws import draw_lists, publish_lists
from reviewflow.usecases.enrolments import enter_applicant
from reviewflow.usecases.hearings import (
    remove_group,
)
from reviewflow.usecases.participants import (
    excuse_participant,
    name_participant,
)
from reviewflow.work import Work
from tests.cast import Cast
from tests.conftest import As
from tests.hearings import (
    AFTER_ENROLMENT,
    NAMES,
    SEED,
    SOURCE,
    announced,
    drawn,
    enrolled,
    enrolment,
    group_id_of,
    planned,
    refused_step,
)
from tests.steps import days

Act = Callable[[Work, int, dict[str, Any]], object]


def test_the_draw_takes_the_first_of_the_order(as_: As, cast: Cast) -> None:
    case_id = drawn(as_, cast)
    with as_(None) as work:
        [row] = hearing_rows.draws(work, case_id).values()
        listed = [p for p in hearing_rows.listed(work, case_id) if p.applicant_id]
        enrolled_names = [one.name for one in hearing_rows.applicants(work, case_id)]
        numbers = draw.order(len(NAMES), draw.list_digest(row.list_text), SEED)
        assert row.result == ",".join(map(str, numbers))
        assert [p.name for p in listed] == [enrolled_names[n - 1] for n in numbers]
        chosen = [p for p in listed if p.standing is Standing.CHOSEN]
        assert [p.place for p in chosen] == [1, 2, 3]


def test_the_list_is_published_once_and_before_the_draw(as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast)
    with pytest.raises(Conflict), as_(cast.drafter, AFTER_ENROLMENT) as work:
        draw_lists(work, case_id, {"seed": SEED})
    with (
        pytest.raises(Conflict, match="还没有截止"),
        as_(cast.drafter, AFTER_ENROLMENT - days(1)) as work,
    ):
        publish_lists(work, case_id, {"seed_source": SOURCE})
    with pytest.raises(Invalid), as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, case_id, {"seed_source": " "})
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, case_id, {"seed_source": SOURCE})
    with pytest.raises(Conflict), as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, case_id, {"seed_source": SOURCE})
    late = enrolment(as_, case_id, 0) | {"name": "后来人"}
    with pytest.raises(Conflict), as_(cast.drafter, AFTER_ENROLMENT) as work:
        enter_applicant(work, case_id, late)
    with pytest.raises(Invalid), as_(cast.drafter, AFTER_ENROLMENT) as work:
        draw_lists(work, case_id, {"seed": ""})
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        draw_lists(work, case_id, {"seed": SEED})
    with pytest.raises(Conflict), as_(cast.drafter, AFTER_ENROLMENT) as work:
        draw_lists(work, case_id, {"seed": SEED + "1"})  # no second try


def test_a_list_that_was_changed_is_not_drawn(as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        [row] = publish_lists(work, case_id, {"seed_source": SOURCE})
        row.list_text = row.list_text.replace("朱", "米")
    with (
        pytest.raises(Invalid, match="摘要不一致"),
        as_(cast.drafter, AFTER_ENROLMENT) as work,
    ):
        draw_lists(work, case_id, {"seed": SEED})


def test_without_too_many_nothing_is_drawn(as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast, 3)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, case_id, {"seed_source": SOURCE})
        [row] = draw_lists(work, case_id, {})
        assert (row.seed, row.result) == ("", "1,2,3")
        assert len(hearing_rows.participants(work, case_id)) == 4


def test_the_list_waits_for_the_draw_and_for_every_group(as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast)
    step, at, on = "select_participants", AFTER_ENROLMENT, "2026-03-07"
    said = refused_step(as_, cast, case_id, step, at, selected_on=on)
    assert "“利益相关方”还没有抽取" in said

    other = announced(as_, cast)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, other, {"seed_source": SOURCE})
        draw_lists(work, other, {})
    said = refused_step(as_, cast, other, step, at, selected_on=on)
    assert "还没有参加人" in said


def test_invited_people_fill_the_places_and_no_more(as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast)  # one of two places is taken
    expert = {"of_group": str(group_id_of(as_, case_id, "专家")), "interest": "高校"}
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        name_participant(work, case_id, expert | {"person": "冯教授"})
    with pytest.raises(Invalid, match="名额已满"), as_(cast.drafter) as work:
        name_participant(work, case_id, expert | {"person": "第三人"})
    wrong = expert | {"of_group": str(group_id_of(as_, case_id)), "person": "塞进来"}
    with pytest.raises(Invalid, match="不能直接增加"), as_(cast.drafter) as work:
        name_participant(work, case_id, wrong)


def test_the_next_substitute_has_the_place(as_: As, cast: Cast) -> None:
    case_id = drawn(as_, cast)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        first, *_, last = [
            p for p in hearing_rows.listed(work, case_id) if p.applicant_id
        ]
        typed = {"participant_id": str(first.id), "excuse": "出差"}
        following = excuse_participant(work, case_id, typed)
        assert following is not None
        assert (following.place, following.standing) == (4, Standing.CHOSEN)
        assert first.standing is Standing.EXCUSED
        assert last.standing is Standing.SUBSTITUTE
    with pytest.raises(Conflict), as_(cast.drafter, AFTER_ENROLMENT) as work:
        excuse_participant(work, case_id, typed)


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        (excuse_participant, {"participant_id": "1", "excuse": "出差"}),
        (name_participant, {"of_group": "1", "person": "某", "interest": "某"}),
        (remove_group, {"group_id": "1"}),
    ],
)
def test_rows_of_another_hearing_are_not_there(
    as_: As, cast: Cast, act: Act, typed: dict[str, Any]
) -> None:
    drawn(as_, cast)
    other = planned(as_, cast)
    if act is excuse_participant:
        other = drawn(as_, cast)
    with pytest.raises(Missing), as_(cast.drafter, AFTER_ENROLMENT) as work:
        act(work, other, typed)
