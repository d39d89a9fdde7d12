"""A hearing with groups, brought to where a test begins."""

from datetime import UTC, datetime
from typing import Any

import pytest

from reviewflow.errors import Invalid
from reviewflow.hearing_rows import find_plan, groups, participants
from reviewflow.usecases.draws import draw_lists, publish_lists
from reviewflow.usecases.enrolments import enrol
from reviewflow.usecases.hearings import add_group, plan_hearing
from reviewflow.usecases.participants import mark_delivered, name_participant
from reviewflow.usecases.sittings import mark_presence
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case, open_steps

AFTER_ENROLMENT = datetime(2026, 3, 7, 4, tzinfo=UTC)
DELIVERED = datetime(2026, 3, 10, 4, tzinfo=UTC)
HELD = datetime(2026, 3, 17, 4, tzinfo=UTC)
PLAN = {
    "planned_on": "2026-03-17",
    "starts_at": "上午9:00",
    "place": "市政务服务中心三楼",
    "contact": "市住建局法规科，0564-3377777",
    "observers": "10",
    "enrol_until": "2026-03-06",
}
DRAWN = {"group_name": "利益相关方", "quota": "3", "how": "ENROL_DRAW"}
INVITED = {"group_name": "专家", "quota": "2", "how": "INVITED"}
NAMES = ("朱小明", "李建国", "王芳", "赵敏芝", "孙立", "周海燕", "吴刚")
SEED = "03 09 17 21 28 33+07"
SOURCE = "2026年3月10日开奖的双色球第2026026期开奖号码"


def planned(as_: As, cast: Cast) -> int:
    """Return a case whose hearing is planned, with two groups."""
    case_id = new_case(as_, cast)
    bring_to(
        as_, cast, case_id, "announce_hearing", decide_hearing={"needs_hearing": "yes"}
    )
    with as_(cast.drafter) as work:
        plan_hearing(work, case_id, PLAN)
        add_group(work, case_id, DRAWN)
        add_group(work, case_id, INVITED)
    return case_id


def announced(as_: As, cast: Cast) -> int:
    """Return a case whose hearing is announced: people may enrol."""
    case_id = planned(as_, cast)
    do_next(as_, cast, case_id, "announce_hearing", announced_on="2026-03-02")
    return case_id


def plan_id_of(as_: As, case_id: int) -> int:
    """Return the id by which everybody knows the hearing."""
    with as_(None) as work:
        plan = find_plan(work, case_id)
        assert plan is not None
        return plan.id


def group_id_of(as_: As, case_id: int, name: str = "利益相关方") -> int:
    """Return the id of a group."""
    with as_(None) as work:
        return next(g.id for g in groups(work, case_id) if g.name == name)


def enrolment(as_: As, case_id: int, number: int) -> dict[str, str]:
    """Return what the form of somebody holds."""
    return {
        "group_id": str(group_id_of(as_, case_id)),
        "name": NAMES[number],
        "contact": f"1390000000{number}",
        "represents": "老旧小区业主",
    }


def enrolled(as_: As, cast: Cast, count: int = len(NAMES)) -> int:
    """Return a case with people enrolled, after enrolment."""
    case_id = announced(as_, cast)
    plan_id = plan_id_of(as_, case_id)
    for number in range(count):
        typed = enrolment(as_, case_id, number)
        with as_(None) as work:
            enrol(work, plan_id, typed, f"key-of-the-form-{case_id}-{number:04d}")
    expert = {
        "of_group": str(group_id_of(as_, case_id, "专家")),
        "person": "钱教授",
        "interest": "高校法学院",
    }
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        name_participant(work, case_id, expert)
    return case_id


def drawn(as_: As, cast: Cast, count: int = len(NAMES)) -> int:
    """Return a case whose lists are published and drawn."""
    case_id = enrolled(as_, cast, count)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        publish_lists(work, case_id, {"seed_source": SOURCE})
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        draw_lists(work, case_id, {"seed": SEED})
    return case_id


def delivering(as_: As, cast: Cast) -> int:
    """Return a case whose participants are to get the documents."""
    case_id = drawn(as_, cast)
    at = AFTER_ENROLMENT
    do_next(as_, cast, case_id, "select_participants", at, selected_on="2026-03-07")
    return case_id


def everybody(as_: As, case_id: int, said: str, words: str) -> dict[str, str]:
    """Return one field for each participant: `came-7`."""
    with as_(None) as work:
        return {f"{said}-{p.id}": words for p in participants(work, case_id)}


def holding(as_: As, cast: Cast) -> int:
    """Return a case whose participants have the documents, on the day."""
    case_id = delivering(as_, cast)
    sent = {"delivered_on": "2026-03-10", "delivery": "直接送达"}
    typed = {**everybody(as_, case_id, "to", "yes"), **sent}
    with as_(cast.drafter, DELIVERED) as work:
        mark_delivered(work, case_id, typed)
    do_next(as_, cast, case_id, "deliver_materials", DELIVERED, **sent)
    return case_id


def sit(as_: As, cast: Cast, case_id: int, **changed: Any) -> None:
    """Note that everybody came and signed, but for what is changed."""
    typed = {
        **everybody(as_, case_id, "came", "yes"),
        **everybody(as_, case_id, "signed", "SIGNED"),
        **changed,
    }
    with as_(cast.unit_legal, HELD) as work:
        mark_presence(work, case_id, typed)


def refused_step(
    as_: As, cast: Cast, case_id: int, step: str, at: Any, **answers: Any
) -> str:
    """Do a step that is refused; return the sentence."""
    before = open_steps(as_, case_id)
    with pytest.raises(Invalid) as caught:
        do_next(as_, cast, case_id, step, at, **answers)
    assert open_steps(as_, case_id) == before  # nothing of it happened
    return caught.value.message
