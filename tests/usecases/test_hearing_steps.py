"""A hearing recorded step by step, by somebody who enters no groups."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.effects.hearings import announce_hearing
from reviewflow.errors import Invalid, SeparationOfDuties
from reviewflow.hearing_rows import find_plan
from reviewflow.model.case import Case
from reviewflow.model.event import Event
from reviewflow.model.hearing import Hearing
from reviewflow.model.people import Role
from reviewflow.usecases.people import give_post
from reviewflow.usecases.tasks import complete_task
from tests.cast import Cast
from tests.conftest import As
from tests.steps import ANSWERS, bring_to, do_next, new_case, open_steps, waiting

YES = {"decide_hearing": {"needs_hearing": "yes"}}
HELD_AT = datetime(2026, 3, 17, 4, tzinfo=UTC)


def heard(as_: As, cast: Cast, step: str = "announce_hearing") -> int:
    """Return a case whose hearing waits at a step."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, step, **YES)
    return case_id


def refused(
    as_: As, cast: Cast, case_id: int, step: str, /, *at: datetime, **answers: Any
) -> str:
    before = open_steps(as_, case_id)
    with pytest.raises(Invalid) as caught:
        do_next(as_, cast, case_id, step, *at, **answers)
    assert open_steps(as_, case_id) == before  # nothing of it happened
    return caught.value.message


@pytest.mark.parametrize(
    ("delivered_on", "is_late"),
    [
        ("2026-03-09", False),  # the 8th day before, as planned
        ("2026-03-10", False),  # the 7th
        ("2026-03-11", True),  # the 6th
    ],
)
def test_documents_arrive_seven_days_before(
    as_: As, cast: Cast, delivered_on: str, *, is_late: bool
) -> None:
    case_id = heard(as_, cast, "deliver_materials")
    step, answers = "deliver_materials", {"delivered_on": delivered_on}
    if is_late:
        said = refused(as_, cast, case_id, step, HELD_AT, **answers)
        assert "2026年3月10日" in said
        assert "不足7日" in said
    else:
        do_next(as_, cast, case_id, step, HELD_AT, **answers)
        assert open_steps(as_, case_id) == ["hold_hearing"]


def test_seven_days_that_end_on_a_day_off_end_earlier(as_: As, cast: Cast) -> None:
    case_id = heard(as_, cast)
    do_next(as_, cast, case_id, "announce_hearing", planned_on="2026-03-22")
    do_next(as_, cast, case_id, "select_participants")
    late = {"delivered_on": "2026-03-14"}  # a Saturday
    said = refused(as_, cast, case_id, "deliver_materials", HELD_AT, **late)
    assert "2026年3月13日" in said


@pytest.mark.parametrize(("announced_on", "is_late"), [(14, False), (15, True)])
def test_a_hearing_on_a_rule_is_announced_thirty_days_before(
    as_: As, cast: Cast, announced_on: int, *, is_late: bool
) -> None:
    case_id = heard(as_, cast)
    answers = {
        "announced_on": date(2026, 1, announced_on),
        "planned_on": date(2026, 2, 13),  # a Friday; thirty days before: 14 January
        "place": "三楼",
    }
    with as_(cast.drafter) as work:
        case = work.get(Case, case_id)
        case.kind_code = "ZFGZ"
        if is_late:
            with pytest.raises(Invalid, match="听证的，最迟2026年1月14日公告"):
                announce_hearing(work, case, answers)
        else:
            announce_hearing(work, case, answers)


def test_a_short_announcement_of_a_document_is_only_noted(as_: As, cast: Cast) -> None:
    case_id = heard(as_, cast)
    short = {"announced_on": "2026-03-02", "planned_on": "2026-03-10"}
    do_next(as_, cast, case_id, "announce_hearing", **short)
    with as_(None) as work:
        line = work.session.scalars(
            sa.select(Event).where(Event.kind == "hearing.announced")
        ).one()
        assert line.payload is not None
        assert line.payload["is_short"] is True


@pytest.mark.parametrize(
    ("step", "answers", "said"),
    [
        ("announce_hearing", {"announced_on": "2026-03-03"}, "不能晚于今天"),
        ("announce_hearing", {"planned_on": "2026-02-20"}, "晚于公告日期"),
        ("select_participants", {"selected_on": "2026-02-19"}, "不能早于公告日期"),
        ("select_participants", {"selected_on": "2026-03-03"}, "不能晚于今天"),
        ("deliver_materials", {"delivered_on": "2026-02-19"}, "不能早于公告日期"),
        ("deliver_materials", {"delivered_on": "2026-03-03"}, "不能晚于今天"),
        ("hold_hearing", {"held_on": "2026-03-17"}, "不能晚于今天"),
        ("hold_hearing", {"held_on": "2026-03-02"}, "不足7日"),
        ("hold_hearing", {"hearing_outcome": ""}, "请"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    as_: As, cast: Cast, step: str, answers: dict[str, str], said: str
) -> None:
    assert said in refused(as_, cast, heard(as_, cast, step), step, **answers)


def test_a_postponed_hearing_is_delivered_for_again(as_: As, cast: Cast) -> None:
    case_id = heard(as_, cast, "hold_hearing")
    late = {"hearing_outcome": "POSTPONED", "postponed_reason": "实到不足三分之二"}
    same_day = late | {"postponed_to": "2026-03-17"}
    assert "晚于" in refused(as_, cast, case_id, "hold_hearing", HELD_AT, **same_day)

    do_next(
        *(as_, cast, case_id, "hold_hearing", HELD_AT),
        **late,
        postponed_to="2026-03-31",
    )

    assert open_steps(as_, case_id) == ["deliver_materials"]
    with as_(None) as work:
        plan = find_plan(work, case_id)
        assert plan is not None
        assert plan.planned_on == date(2026, 3, 31)
    again = {"delivered_on": "2026-03-25"}
    at = datetime(2026, 3, 31, 4, tzinfo=UTC)
    assert "2026年3月24日" in refused(
        as_, cast, case_id, "deliver_materials", at, **again
    )
    do_next(as_, cast, case_id, "deliver_materials", at, delivered_on="2026-03-24")
    do_next(as_, cast, case_id, "hold_hearing", at, held_on="2026-03-31")
    do_next(as_, cast, case_id, "report_hearing", at)
    with as_(None) as work:
        row = work.session.scalars(sa.select(Hearing)).one()
        days = (row.announced_on, row.delivered_on, row.held_on)
    assert days == (date(2026, 2, 20), date(2026, 3, 24), date(2026, 3, 31))


def test_whoever_drafted_does_not_preside(as_: As, cast: Cast) -> None:
    case_id = heard(as_, cast, "hold_hearing")
    with as_(cast.admin) as work:
        give_post(work, cast.drafter, Role.HEARING_HOST, cast.units["housing"])
    task_id = waiting(as_, case_id, "hold_hearing")
    with pytest.raises(SeparationOfDuties), as_(cast.drafter, HELD_AT) as work:
        complete_task(work, task_id, ANSWERS["hold_hearing"])
