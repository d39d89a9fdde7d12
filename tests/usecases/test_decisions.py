"""重大行政决策 through the use cases: what the regulation asks for, and refuses."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.filing import FilingObligation
from reviewflow.queries.letters import letter
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision, told
from tests.steps import TEXT, bring_to, do_next, open_steps

ALL_ASKED = dict.fromkeys(
    ("touches_vital_interests", "is_technical", "has_social_risk"), "yes"
)
HEARD: dict[str, dict[str, Any]] = {
    "decide_hearing": {"needs_hearing": "yes", "reason": ""},
    "announce_hearing": {
        "announced_on": "2026-02-05",
        "planned_on": "2026-02-27",
        "place": "市政务服务中心",
    },
    "deliver_materials": {"delivered_on": "2026-02-10", "delivery": "直接送达"},
    "hold_hearing": {"held_on": "2026-02-27", "participants": 12},
    "report_hearing": {"summary": TEXT},
}
REFORM = {"is_exploratory_reform": "yes"}
RISK_NAMED = {"draft_opinion": {"conclusion": "RISK_FLAGGED"}}


def test_a_decision_that_asks_for_everything_is_published(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, **ALL_ASKED)

    bring_to(as_, cast, case_id, "", **HEARD)

    events = told(as_, case_id)
    for kind in (
        "hearing.recorded",
        "expert_evaluation.heard",
        "risk_assessment.recorded",
    ):
        assert events.index(kind) < events.index("opinion.signed"), kind
    assert events.index("opinion.signed") < events.index("meeting.recorded")
    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.conclusion) == (CaseStatus.FINISHED, "LEGAL")
        assert work.session.scalars(sa.select(FilingObligation)).all() == []
        limits = set(
            work.session.scalars(
                sa.select(CaseDeadline.limit_id).where(CaseDeadline.case_id == case_id)
            )
        )
        assert "TL-09" in limits
        assert "TL-08" not in limits
        text = letter(work, case_id, "review_opinion").body
        assert "《重大行政决策程序暂行条例》" in str(text)


def test_a_decision_that_is_a_normative_document_is_filed(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, is_normative="yes")
    bring_to(as_, cast, case_id, "")
    with as_(None) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).all()
        assert sorted(duty.chain.value for duty in duties) == ["GOV", "NPC"]


def test_a_decision_not_started_ends_there(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast)
    refused = {"start_decision": {"outcome": "NOT_STARTED", "reason": TEXT}}
    bring_to(as_, cast, case_id, "", **refused)
    with as_(None) as work:
        assert work.get(Case, case_id).ending == "不启动决策程序"


def test_the_legal_risk_is_named_only_in_an_exploratory_reform(
    as_: As, cast: Cast
) -> None:
    case_id = decision(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    with pytest.raises(Invalid) as refusal:
        do_next(as_, cast, case_id, "draft_opinion", **RISK_NAMED["draft_opinion"])
    assert list(refusal.value.errors) == ["conclusion"]


def test_an_exploratory_reform_goes_on_with_its_risk_named(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, **REFORM)
    bring_to(as_, cast, case_id, "request_agenda", **RISK_NAMED)
    with as_(None) as work:
        assert work.get(Case, case_id).conclusion == "RISK_FLAGGED"
        assert "提请决策机关注意" in str(letter(work, case_id, "review_opinion").body)
    do_next(as_, cast, case_id, "request_agenda")
    assert open_steps(as_, case_id) == ["approve_agenda"]


def test_what_is_not_lawful_never_meets(as_: As, cast: Cast) -> None:
    finding = {
        "clause": "第三条",
        "problem": "权限",
        "basis": "《价格法》",
        "suggestion": TEXT,
        "nature": "MUST",
    }
    said = {"conclusion": "ILLEGAL", "findings": [finding]}
    case_id = decision(as_, cast, **REFORM)
    bring_to(as_, cast, case_id, "", draft_opinion=said)
    with as_(None) as work:
        assert work.get(Case, case_id).status is CaseStatus.TERMINATED
    assert not any(kind.startswith("meeting.") for kind in told(as_, case_id))


def test_leaving_the_majority_needs_its_reason(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast)
    bring_to(as_, cast, case_id, "hold_meeting")
    with pytest.raises(Invalid) as refusal:
        do_next(as_, cast, case_id, "hold_meeting", follows_majority="no")
    assert list(refusal.value.errors) == ["departure_reason"]


def test_only_a_government_makes_major_decisions(as_: As, cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        decision(as_, cast, maker=str(cast.units["housing"]))
    assert list(refusal.value.errors) == ["maker"]


def test_suggestions_of_an_opinion_that_lets_pass_are_answered_before_the_meeting(
    as_: As, cast: Cast
) -> None:
    suggestion = {
        "clause": "第二条",
        "problem": "文字",
        "basis": "",
        "suggestion": TEXT,
        "nature": "TEXT",
    }
    case_id = decision(as_, cast)
    said = {"draft_opinion": {"findings": [suggestion, suggestion]}}
    bring_to(as_, cast, case_id, "request_agenda", **said)
    answers = [
        {"finding_id": 1, "adoption": "FULL"},
        {"finding_id": 2, "adoption": "NONE", "reason": TEXT},
    ]

    with pytest.raises(Invalid, match="对审查意见的逐条答复"):
        do_next(as_, cast, case_id, "request_agenda")
    with pytest.raises(Invalid, match="第 2 条意见还没有答复"):
        do_next(as_, cast, case_id, "request_agenda", adoptions=answers[:1])
    do_next(as_, cast, case_id, "request_agenda", adoptions=answers)

    assert open_steps(as_, case_id) == ["approve_agenda"]
    assert told(as_, case_id).count("opinion.answered") == 1
