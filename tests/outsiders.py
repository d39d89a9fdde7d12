"""What is usually answered where businesses, experts and the public are heard."""

from typing import Any

TEXT = "论证充分，理由成立。"
EXPERT = {
    "name": "李教授",
    "organisation": "合肥工业大学",
    "specialty": "城市规划",
    "no_interest": "yes",
}
OUTSIDERS: dict[str, dict[str, Any]] = {
    "screen_competition": {
        "operators_heard": "听取了三家企业和行业协会的意见。",
        "screening": "未发现违反审查标准。",
    },
    "review_competition": {"competition_verdict": "PASS"},
    "conclude_competition": {"competition_verdict": "PASS"},
    "revise_measures": {"changes": "删去第七条。"},
    "decide_experts": {"needs_experts": "no", "reason": TEXT},
    "appoint_experts": {"experts": [EXPERT], "selection": TEXT},
    "hold_appraisal": {
        "form": "MEETING",
        "held_on": "2026-02-26",
        "expert_opinions": [{"name": "李教授", "verdict": "AGREE", "opinion": TEXT}],
    },
    "weigh_experts": {"adoption": "FULL"},
    "decide_risk": {"needs_risk": "no", "reason": TEXT},
    "assess_risk": {
        **dict.fromkeys(("risk_points", "measures", "contingency"), TEXT),
        "assessor": "市住建局",
        "assessed_on": "2026-02-27",
        "risk_verdict": "CONTROLLABLE",
    },
    "adjust_draft": {"changes": TEXT},
    "announce_hearing": {
        "announced_on": "2026-02-20",
        "planned_on": "2026-03-17",
        "place": "市政务服务中心三楼",
    },
    "select_participants": {"selected_on": "2026-03-02"},
    "deliver_materials": {"delivered_on": "2026-03-02", "delivery": "专人送达"},
    "hold_hearing": {
        "hearing_outcome": "HELD",
        "held_on": "2026-03-17",
        "participants": 12,
    },
    "report_hearing": {"summary": TEXT},
}
