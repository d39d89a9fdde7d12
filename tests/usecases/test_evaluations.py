"""Experts and risks: who may speak, who was heard, what has to be adjusted first."""

import pytest

from reviewflow.errors import Invalid
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision, told
from tests.outsiders import EXPERT
from tests.steps import TEXT, bring_to, do_next, open_steps


def test_an_expert_with_an_interest_is_refused(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, is_technical="yes")
    bring_to(as_, cast, case_id, "appoint_experts")
    interested = {**EXPERT, "name": "王工", "no_interest": "no"}

    with pytest.raises(Invalid) as refusal:
        do_next(as_, cast, case_id, "appoint_experts", experts=[EXPERT, interested])

    assert refusal.value.errors == {
        "experts": "王工有直接利害关系，不能选用，请另选专家。"
    }
    assert "expert_evaluation.appointed" not in told(as_, case_id)


def test_an_expert_is_chosen_once(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, is_technical="yes")
    bring_to(as_, cast, case_id, "appoint_experts")
    with pytest.raises(Invalid, match="同一位专家只能填写一次"):
        do_next(as_, cast, case_id, "appoint_experts", experts=[EXPERT, EXPERT])


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["李教授"], "还缺少王工的意见，请补充。"),
        (["李教授", "王工", "赵总"], "赵总不在选聘的专家之中，请核对姓名。"),
    ],
)
def test_exactly_those_chosen_are_heard(
    as_: As, cast: Cast, names: list[str], sentence: str
) -> None:
    case_id = decision(as_, cast, is_technical="yes")
    bring_to(as_, cast, case_id, "appoint_experts")
    chosen = [EXPERT, {**EXPERT, "name": "王工"}]
    do_next(as_, cast, case_id, "appoint_experts", experts=chosen)
    opinions = [{"name": n, "verdict": "AGREE", "opinion": TEXT} for n in names]

    with pytest.raises(Invalid) as refusal:
        do_next(as_, cast, case_id, "hold_appraisal", expert_opinions=opinions)

    assert refusal.value.errors == {"expert_opinions": sentence}


def test_a_risk_nobody_can_control_sends_the_draft_back(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, has_social_risk="yes")
    bring_to(as_, cast, case_id, "assess_risk")

    do_next(as_, cast, case_id, "assess_risk", risk_verdict="UNCONTROLLABLE")

    assert open_steps(as_, case_id) == ["adjust_draft"]
    assert "risk_assessment.recorded" not in told(as_, case_id)
    do_next(as_, cast, case_id, "adjust_draft")
    do_next(as_, cast, case_id, "assess_risk")
    assert open_steps(as_, case_id) == ["finalise_draft"]


@pytest.mark.parametrize(
    ("step", "answer"),
    [("assess_risk", "assessed_on"), ("hold_appraisal", "held_on")],
)
def test_what_has_not_happened_yet_is_not_recorded(
    as_: As, cast: Cast, step: str, answer: str
) -> None:
    case_id = decision(as_, cast, is_technical="yes", has_social_risk="yes")
    bring_to(as_, cast, case_id, step)
    with pytest.raises(Invalid) as refusal:
        do_next(as_, cast, case_id, step, **{answer: "2026-03-03"})
    assert list(refusal.value.errors) == [answer]
