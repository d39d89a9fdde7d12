"""The emergency procedure: two approvals, then shorter limits and never fewer steps."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.queries.documents import dossier
from reviewflow.queries.question import read_question
from reviewflow.queries.review_facts import review_facts
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case, open_steps
from tests.town import DISTRICT, reviewers, settle, town_case

ASKED = {"is_emergency": "yes", "emergency_reason": "低温雨雪冰冻灾害"}
REFUSED = {"outcome": "REFUSE", "reason": "不属于应对突发事件。"}
TOLD = {"simplified": "yes", "simplified_reason": "低温雨雪冰冻灾害"}


def asked(as_: As, cast: Cast, step: str, **answers: dict[str, str]) -> int:
    case_id = new_case(as_, cast, **ASKED)
    bring_to(as_, cast, case_id, step, **answers)
    assert step in open_steps(as_, case_id)
    return case_id


def limits(as_: As, case_id: int) -> set[str]:
    with as_(None) as work:
        rows = sa.select(CaseDeadline.limit_id).where(CaseDeadline.case_id == case_id)
        return set(work.session.scalars(rows))


def test_head_and_office_approve_one_after_the_other(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast, "endorse_emergency")
    assert open_steps(as_, case_id) == ["endorse_emergency"]
    do_next(as_, cast, case_id, "endorse_emergency")
    assert open_steps(as_, case_id) == ["approve_emergency"]
    do_next(as_, cast, case_id, "approve_emergency")
    assert open_steps(as_, case_id) == ["draft_text"]


def test_nobody_is_asked_about_what_is_not_urgent(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_text")
    with as_(None) as work:
        steps = sa.select(Task.step).where(Task.case_id == case_id)
        assert "endorse_emergency" not in set(work.session.scalars(steps))


def test_once_approved_the_review_has_five_working_days(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast, "draft_opinion")
    assert {"WL-15", "WL-16"} <= limits(as_, case_id)
    assert not {"TL-08", "WL-04"} & limits(as_, case_id)
    with as_(None) as work:
        task = work.session.scalars(
            sa.select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        ).one()
        assert task.due_on == date(2026, 3, 9)  # five after Monday the second


@pytest.mark.parametrize("step", ["endorse_emergency", "approve_emergency"])
def test_refused_by_either_the_usual_limits_hold(
    as_: As, cast: Cast, step: str
) -> None:
    case_id = asked(as_, cast, "draft_opinion", **{step: REFUSED})
    assert {"TL-08", "WL-04"} <= limits(as_, case_id)
    assert "WL-15" not in limits(as_, case_id)
    with as_(cast.drafter) as work:
        assert work.get(Case, case_id).facts["is_emergency"] is False
        items = {item.role: item for item in dossier(work, case_id).items}
        assert not items["emergency_note"].needed


def test_a_hastened_review_is_counted_like_any_other(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast, "request_agenda")
    with as_(None) as work:
        period = read_question({}, work.today)
        assert case_id in {one.id for one in review_facts(work, period, work.law)}


def test_what_is_filed_has_to_tell_of_it(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast, "publish")
    with pytest.raises(Invalid) as caught:
        do_next(as_, cast, case_id, "publish")
    assert "紧急程序" in caught.value.errors["simplified"]
    do_next(as_, cast, case_id, "publish", **TOLD)
    assert open_steps(as_, case_id) == ["archive_file"]


def test_the_note_belongs_to_the_packet_of_what_is_urgent(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast, "endorse_emergency")
    with as_(cast.drafter) as work:
        items = {item.role: item for item in dossier(work, case_id).items}
        assert items["emergency_note"].is_missing


URGENT = {"outcome": "URGENT", "emergency_reason": "省防指启动二级应急响应。"}


@pytest.mark.parametrize(
    ("decided", "there", "gone"),
    [
        ({}, {"WL-15", "WL-16"}, {"TL-08", "WL-04"}),
        ({"approve_emergency": REFUSED}, {"TL-08", "WL-04"}, {"WL-15"}),
    ],
)
def test_it_may_be_asked_for_as_late_as_the_matter_is_sent(
    as_: As,
    cast: Cast,
    decided: dict[str, dict[str, str]],
    there: set[str],
    gone: set[str],
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "sign_submission")
    with pytest.raises(Invalid) as caught:
        do_next(as_, cast, case_id, "sign_submission", outcome="URGENT")
    assert set(caught.value.errors) == {"emergency_reason"}
    do_next(as_, cast, case_id, "sign_submission", **URGENT)
    assert open_steps(as_, case_id) == ["endorse_emergency"]
    bring_to(as_, cast, case_id, "draft_opinion", **decided)
    assert there <= limits(as_, case_id)
    assert not gone & limits(as_, case_id)


def test_a_town_may_hurry_too(as_: As, cast: Cast) -> None:
    wider = settle(as_, cast)
    case_id = town_case(as_, wider, "township_document", **ASKED)
    by = reviewers(wider, DISTRICT)
    bring_to(as_, wider, case_id, "approve_emergency", **by)
    assert open_steps(as_, case_id) == ["approve_emergency"]
    bring_to(as_, wider, case_id, "draft_opinion", **by)
    assert {"WL-15", "WL-16"} <= limits(as_, case_id)
    assert not {"TL-08", "WL-04"} & limits(as_, case_id)
