"""Papers that follow a hearing or an assessment, written from what was recorded."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.hearing_rows import participants, plan_of
from reviewflow.letters.letter import Letter
from reviewflow.model.hearing_list import HearingOpinion
from reviewflow.model.people import User
from reviewflow.queries.letters import letter
from reviewflow.usecases.sittings import add_opinion, set_turns
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision
from tests.hearings import HELD, holding, sit
from tests.letters import forget, full_text
from tests.outsiders import EXPERT
from tests.steps import bring_to, do_next


def read(as_: As, case_id: int, name: str) -> tuple[Letter, str]:
    with as_(None, HELD) as work:
        shown = letter(work, case_id, name)
    return shown, full_text(shown)


def speak(as_: As, cast: Cast, case_id: int) -> tuple[str, str]:
    """Let the last on the list speak before the first, who refuses to sign."""
    with as_(None, HELD) as work:
        first, *_, last = [(p.id, p.name) for p in participants(work, case_id)]
    with as_(cast.unit_legal, HELD) as work:
        set_turns(work, case_id, {f"turn-{last[0]}": "1", f"turn-{first[0]}": "2"})
        for speaker_id, _ in (first, last):
            said = {"speaker_id": str(speaker_id), "clause": "第八条"}
            add_opinion(work, case_id, {**said, "text": "标准偏高。"})
    refused = {f"signed-{first[0]}": "REFUSED", f"note-{first[0]}": "认为不完整。"}
    sit(as_, cast, case_id, **refused)
    return first[1], last[1]


def test_the_record_of_a_hearing_tells_who_said_what_and_who_signed(
    as_: As, cast: Cast
) -> None:
    case_id = holding(as_, cast)
    draft, text = read(as_, case_id, "hearing_record")
    assert (draft.state, draft.body.date) == ("未登记", "（未登记）")
    assert "发言要点。（未登记）" in text
    first, last = speak(as_, cast, case_id)
    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)
    with as_(None) as work:
        host = work.get(User, cast.unit_legal).display_name

    shown, text = read(as_, case_id, "hearing_record")
    assert (shown.is_final, shown.body.date) == (True, "2026年3月17日")
    for said in (
        "2026年3月17日上午9:00，市政务服务中心三楼。",
        f"主持人：{host}；承办单位：六安市住房和城乡建设局。",
        "听证公告于2026年3月2日发布，参加人名单于2026年3月7日公布",
        "应到4名，实到4名。",
        f"（一）{last}。专家，代表高校法学院。",
        f"（一）{last}。代表高校法学院发言：对第八条提出：标准偏高。",
        f"（二）{first}。代表老旧小区业主发言：",
        f"{last}：已签字。",
        f"{first}：拒绝签字。认为不完整。",
    ):
        assert said in text


def test_what_the_record_of_a_hearing_lacks_is_named(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    sit(as_, cast, case_id)
    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)
    with as_(None) as work:
        assert not work.session.scalars(sa.select(HearingOpinion)).all()
        plan_of(work, case_id).place = ""
    with pytest.raises(Invalid, match="缺少“听证地点”“听证意见”"):
        read(as_, case_id, "hearing_record")


def test_the_report_on_experts_tells_what_each_held(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, is_technical="yes")
    bring_to(as_, cast, case_id, "appoint_experts")
    chosen = [EXPERT, {**EXPERT, "name": "王工", "organisation": "市规划院"}]
    drawn = {"experts": chosen, "selection": "从专家库抽取。"}
    do_next(as_, cast, case_id, "appoint_experts", **drawn)
    held = {"name": "王工", "verdict": "CONDITIONAL", "opinion": "预留用地。"}
    told = [{**held, "name": "李教授", "verdict": "DISAGREE"}, held]
    do_next(as_, cast, case_id, "hold_appraisal", expert_opinions=told)
    draft, text = read(as_, case_id, "expert_report")
    assert (draft.is_final, draft.body.date) == (False, "（未登记）")
    assert "研究采纳情况。（未登记）" in text
    answer = {"adoption": "PARTIAL", "reason": "财力有限。"}
    do_next(as_, cast, case_id, "weigh_experts", **answer)

    shown, text = read(as_, case_id, "expert_report")
    assert (shown.is_final, shown.body.date) == (True, "2026年3月2日")
    for said in (
        "2026年2月26日，六安市住房和城乡建设局以论证会的方式",
        "选聘专家2名，均声明与本事项没有直接利害关系。选聘方式和理由：从专家库抽取。",
        "（二）王工。市规划院，专业：城市规划。",
        "（一）李教授。不同意。主要理由和建议：预留用地。",
        "（二）王工。修改后同意。",
        "专家意见部分采纳，理由：财力有限。",
    ):
        assert said in text
    forget(as_, case_id, "appoint_experts", "selection")
    with pytest.raises(Invalid, match="缺少“选聘方式和理由”"):
        read(as_, case_id, "expert_report")


def test_the_report_on_risks_is_of_the_last_assessment(as_: As, cast: Cast) -> None:
    case_id = decision(as_, cast, has_social_risk="yes")
    bring_to(as_, cast, case_id, "assess_risk")
    first = {"risk_verdict": "UNCONTROLLABLE", "risk_points": "一次关停。"}
    do_next(as_, cast, case_id, "assess_risk", **first)
    draft, text = read(as_, case_id, "risk_report")
    assert (draft.state, draft.body.date) == ("风险尚不可控", "（未登记）")
    assert "风险点。一次关停。" in text
    assert "评估结论。风险不可控，" in text
    do_next(as_, cast, case_id, "adjust_draft", changes="分三年退出。")
    assert "分三年退出" not in read(as_, case_id, "risk_report")[1]
    answers = {"risk_points": "家长反对。", "measures": "过渡三年。"}
    do_next(as_, cast, case_id, "assess_risk", **answers, contingency="分级处置。")

    shown, text = read(as_, case_id, "risk_report")
    assert (shown.is_final, shown.body.date) == (True, "2026年2月27日")
    assert shown.body.signature == "市住建局"
    for said in (
        "市住建局对《六安市城区学校布局规划（草案）》实施的风险进行了评估",
        "于2026年2月27日完成。前次评估后草案作过调整：分三年退出。",
        "风险点。家长反对。",
        "风险防范措施。过渡三年。",
        "风险处置预案。分级处置。",
        "评估结论。风险可控。",
    ):
        assert said in text
    assert "一次关停" not in text
    forget(as_, case_id, "assess_risk", "contingency")
    with pytest.raises(Invalid, match="缺少“风险处置预案”"):
        read(as_, case_id, "risk_report")
