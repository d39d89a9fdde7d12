from flask import Flask

from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision
from tests.steps import bring_to, new_case
from tests.web.desk import Desk

WANTED = {
    "decide_experts": {"needs_experts": "yes", "reason": ""},
    "decide_risk": {"needs_risk": "yes", "reason": ""},
}


def test_the_page_tells_who_was_asked_and_what_was_found(
    app: Flask, as_: As, cast: Cast
) -> None:
    asked = {"is_technical": "yes", "has_social_risk": "yes"}
    case_id = decision(as_, cast, **asked)
    bring_to(as_, cast, case_id, "finalise_draft", **WANTED)

    page = Desk(app, "drafter").page(f"/cases/{case_id}/assessments")

    for words in ("李教授", "合肥工业大学", "声明与本事项无直接利害关系", "风险可控"):
        assert words in page
    assert page.index("决定是否论证") < page.index("选聘专家") < page.index("组织论证")
    assert "expert_opinion.docx" in page
    assert "risk_report.docx" in page


def test_before_anything_was_recorded_it_says_so(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = decision(as_, cast)
    page = Desk(app, "drafter").page(f"/cases/{case_id}/assessments")
    assert "尚无论证意见。" in page
    assert "尚未进行风险评估。" in page


def test_kinds_without_either_have_no_tab(app: Flask, as_: As, cast: Cast) -> None:
    desk = Desk(app, "drafter")
    of_decision = f"/cases/{decision(as_, cast)}"
    assert f"{of_decision}/assessments" in desk.links(of_decision)
    of_document = f"/cases/{new_case(as_, cast)}"
    assert f"{of_document}/assessments" not in desk.links(of_document)
