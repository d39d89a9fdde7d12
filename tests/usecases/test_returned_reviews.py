"""A review that finds a procedure missing: the matter goes back, the clock ends."""

import pytest
import sqlalchemy as sa

from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.question import read_question
from reviewflow.queries.review_facts import review_facts
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision
from tests.rules import bring_rule_to
from tests.steps import bring_to, do_next, new_case, open_steps

MISSING = "应当公开征求意见而没有征求。"
RETURN = {"outcome": "RETURN", "conclusion": "", "reasons": "", "reason": MISSING}


def proposed(as_: As, cast: Cast, case_id: int = 0) -> int:
    """Return a case whose handler would like to give it back."""
    case_id = case_id or new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    do_next(as_, cast, case_id, "draft_opinion", **RETURN)
    assert open_steps(as_, case_id) == ["approve_return"]
    return case_id


def decided(as_: As, cast: Cast, case_id: int, conclusion: str) -> list[str]:
    said = {"conclusion": conclusion, "reason": MISSING}
    do_next(as_, cast, case_id, "approve_return", **said)
    return open_steps(as_, case_id)


def clocks(as_: As, case_id: int) -> list[bool]:
    """Return of every clock of the review whether it has ended, oldest first."""
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(CaseDeadline)
            .where(CaseDeadline.case_id == case_id, CaseDeadline.limit_id == "TL-08")
            .order_by(CaseDeadline.id)
        )
        return [row.met_on is not None for row in rows]


@pytest.mark.parametrize(
    ("conclusion", "step"),
    [
        ("REDO", "draft_text"),
        ("RETURNED", "finalise_draft"),
        ("GO_ON", "draft_opinion"),
    ],
)
def test_the_signer_says_where_it_goes(
    as_: As, cast: Cast, conclusion: str, step: str
) -> None:
    case_id = proposed(as_, cast)
    assert decided(as_, cast, case_id, conclusion) == [step]
    assert clocks(as_, case_id) == [conclusion != "GO_ON"]


def test_sent_again_it_has_a_clock_of_its_own(as_: As, cast: Cast) -> None:
    case_id = proposed(as_, cast)
    decided(as_, cast, case_id, "RETURNED")
    bring_to(as_, cast, case_id, "draft_opinion")
    assert clocks(as_, case_id) == [True, False]


def test_a_review_given_back_is_neither_in_time_nor_late(as_: As, cast: Cast) -> None:
    case_id = proposed(as_, cast)
    decided(as_, cast, case_id, "REDO")
    with as_(None) as work:
        period = read_question({}, work.today)
        counted = [fact.id for fact in review_facts(work, period, work.law)]
        assert case_id not in counted


def test_the_drafting_unit_is_told_why_and_nothing_is_concluded(
    as_: As, cast: Cast
) -> None:
    case_id = proposed(as_, cast)
    decided(as_, cast, case_id, "REDO")
    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.phase, case.conclusion) == ("起草", None)
        told = work.session.scalars(
            sa.select(OutboxMessage.text).where(OutboxMessage.case_id == case_id)
        )
        assert any(MISSING in text for text in told)


def test_a_decision_goes_back_to_its_hearing_and_through(as_: As, cast: Cast) -> None:
    case_id = proposed(as_, cast, decision(as_, cast))
    assert decided(as_, cast, case_id, "REDO") == ["draft_text"]
    bring_to(as_, cast, case_id, "request_agenda")
    assert open_steps(as_, case_id) == ["request_agenda"]


def test_a_rule_goes_back_to_its_consultation(as_: As, cast: Cast) -> None:
    case_id = bring_rule_to(as_, cast, "draft_opinion")
    do_next(as_, cast, case_id, "draft_opinion", **RETURN)
    assert decided(as_, cast, case_id, "REDO") == ["draft_text"]
