"""A review is put off once, by its signer, before it is over; everybody can see it."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.law.lawbook import load_law
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.deadlines import explain
from reviewflow.queries.letters import letter
from reviewflow.queries.question import read_question
from reviewflow.queries.review_counts import (
    ReviewClock,
    ReviewFact,
    review_fact,
    review_names,
)
from reviewflow.queries.review_facts import review_facts
from tests.cast import Cast
from tests.conftest import As
from tests.letters import full_text
from tests.steps import bring_to, do_next, new_case, open_steps

WHY = "涉及多部法律的适用，需要征求省有关部门意见。"
ASK = {"outcome": "EXTEND", "conclusion": "", "reasons": "", "reason": WHY}
ALLOW = {"outcome": "APPROVE", "extra_days": 5, "reason": WHY}
USUAL, LATER = date(2026, 3, 23), date(2026, 3, 30)
"""Fifteen and twenty working days from Monday 2 March 2026."""


def asked(as_: As, cast: Cast) -> int:
    """Return a case whose handler asks for more time."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    do_next(as_, cast, case_id, "draft_opinion", **ASK)
    assert open_steps(as_, case_id) == ["approve_extension"]
    return case_id


def due_on(as_: As, case_id: int) -> tuple[date | None, date | None]:
    """Return when the review is due: by its clock, and as its open task shows it."""
    with as_(None) as work:
        clock = sa.select(CaseDeadline.due_on).where(
            CaseDeadline.case_id == case_id, CaseDeadline.limit_id == "TL-08"
        )
        task = sa.select(Task.due_on).where(
            Task.case_id == case_id, Task.closed_at.is_(None)
        )
        return work.session.scalar(clock), work.session.scalar(task)


def said(as_: As, case_id: int) -> tuple[str, datetime, list[str]]:
    """Return how the date explains itself, when it is over, what people were told."""
    with as_(None) as work:
        row = work.session.scalars(
            sa.select(CaseDeadline).where(
                CaseDeadline.case_id == case_id, CaseDeadline.limit_id == "TL-08"
            )
        ).one()
        armed = work.session.scalars(
            sa.select(Timer.due_at).where(
                Timer.deadline_id == row.id, Timer.state == TimerState.ARMED
            )
        )
        told = sa.select(OutboxMessage.text).where(OutboxMessage.case_id == case_id)
        texts = list(work.session.scalars(told))
        return explain(work, row).deadline.steps[1].text, max(armed), texts


def counted(as_: As, case_id: int, at: datetime) -> ReviewFact:
    """Return how the figures of that day see the review."""
    with as_(None, at) as work:
        facts = review_facts(work, read_question({}, work.today), work.law)
        return next(fact for fact in facts if fact.id == case_id)


def check_letters(as_: As, cast: Cast, case_id: int) -> None:
    """Both letters name their day, and say how it comes about."""
    with as_(cast.drafter) as work:
        notice = letter(work, case_id, "extension_notice-1")
        accepted = full_text(letter(work, case_id, "acceptance_notice-1"))
    assert notice.body.title == "关于延长审查时限的通知"
    until = "延长审查时限5个工作日，至2026年3月30日届满"
    assert until in notice.body.paragraphs[0].text
    assert "期限推算：" in full_text(notice)
    assert "原为15个工作日，经批准延长5个工作日；" in full_text(notice)
    assert "自受理的次日起计算，至2026年3月23日届满" in accepted
    assert "第15个工作日为3月23日（星期一），期限于当日届满。" in accepted


def test_the_signer_allows_it_once_and_the_date_moves(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast)
    assert due_on(as_, case_id)[0] == USUAL
    do_next(as_, cast, case_id, "approve_extension", **ALLOW)
    assert open_steps(as_, case_id) == ["draft_opinion"]
    assert due_on(as_, case_id) == (LATER, LATER)
    explained, overdue_at, texts = said(as_, case_id)
    assert explained == "原为15个工作日，经批准延长5个工作日"
    assert overdue_at == datetime(2026, 4, 2, 16, tzinfo=UTC)  # three days late
    assert any("延长至2026年3月30日" in text and WHY in text for text in texts)
    check_letters(as_, cast, case_id)

    at = datetime(2026, 3, 25, 4, tzinfo=UTC)
    fact = counted(as_, case_id, at)
    assert (fact.due_on, fact.extended_by) == (LATER, 5)
    running = ("every_reviews_running", "reviews_running")
    assert review_names(fact, date(2026, 3, 25)) == running
    late = {"reviews_late", "every_reviews_extended"}
    assert late <= set(review_names(fact, date(2026, 3, 31)))

    with pytest.raises(Invalid) as refused:
        do_next(as_, cast, case_id, "draft_opinion", **ASK)
    once = "本轮审查的时限已经延长过一次，不能再延长。"
    assert refused.value.errors == {"outcome": once}


def test_refused_too_long_or_too_late_the_date_stays(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast)
    with pytest.raises(Invalid) as refused:
        do_next(as_, cast, case_id, "approve_extension", **{**ALLOW, "extra_days": 11})
    assert refused.value.errors == {"extra_days": "最多可以延长 10 个工作日，请改小。"}
    day_after = datetime(2026, 3, 24, 4, tzinfo=UTC)
    with pytest.raises(Invalid, match="已经届满"):
        do_next(as_, cast, case_id, "approve_extension", day_after, **ALLOW)
    said_no = {"outcome": "REFUSE", "reason": "在原时限内办理。"}
    do_next(as_, cast, case_id, "approve_extension", **said_no)
    assert open_steps(as_, case_id) == ["draft_opinion"]
    assert due_on(as_, case_id) == (USUAL, USUAL)
    do_next(as_, cast, case_id, "draft_opinion", **ASK)  # may be asked again


def test_a_limit_without_such_a_rule_stays(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast, is_emergency="yes", emergency_reason=WHY)
    bring_to(as_, cast, case_id, "draft_opinion")
    with pytest.raises(Invalid, match="没有可以延长的规定"):
        do_next(as_, cast, case_id, "draft_opinion", **ASK)


def test_a_figure_for_a_day_before_does_not_know_of_it() -> None:
    law = load_law()
    put_off = ReviewClock(
        case_id=1,
        maker_id=1,
        kind_code="ZFGFXWJ",
        limit_id="TL-08",
        started_on=date(2026, 3, 2),
        due_on=LATER,
        met_on=None,
        signed=False,
        cancelled_on=None,
        withdrawn_on=None,
        extended_by=5,
        extended_on=date(2026, 3, 20),
    )
    dates = {
        day: fact.due_on
        for day in (date(2026, 3, 19), date(2026, 3, 20))
        if (fact := review_fact(put_off, day, law))
    }
    assert list(dates.values()) == [USUAL, LATER]
