"""What a unit and who reviews competition conclude on a draft, as letters."""

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.letters.competition_fields import competition_occasions
from reviewflow.letters.internal_opinion_fields import internal_opinion_occasions
from reviewflow.letters.letter import Letter
from reviewflow.model.case import Case
from reviewflow.queries.letters import letter, letters
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.letters import TUESDAY, forget, full_text
from tests.steps import bring_to, do_next, new_case

DEPARTMENT = {"involves_business": "yes", "gov_consent_required": "no"}
CONCLUSION, OPINION = "competition_conclusion", "internal_opinion"
REVIEW, OWN_REVIEW = "review_competition", "unit_legal_review"
EXCEPTION = {
    "competition_verdict": "EXCEPTION",
    "reason": "补贴用于节能。",
    "exception_ground": "PUBLIC_INTEREST",
    "milder_way": "其他方式达不到目的。",
    "exception_ends": "实施至2028年底。",
}
EXCEPTION_TOLD = (
    "由六安市市场监督管理局会同起草单位进行公平竞争审查。",
    "第十二条第（三）项，为实现节约能源、保护环境、救灾救助等社会公共利益。",
    "理由：补贴用于节能。",
    "没有对公平竞争影响更小的替代方案：其他方式达不到目的。",
    "实施期限或者终止条件。实施至2028年底。",
)
LACKS = {"competition_verdict": "SUPPLEMENT", "reason": "缺少依据文本。"}
BREACH = {"competition_verdict": "BREACH", "reason": "第七条限定经营者。"}
WRONG = {"outcome": "RETURN", "reason": "一、第八条没有依据。\n二、缺少说明。"}


def read(as_: As, case_id: int, name: str) -> tuple[Letter, str]:
    with as_(None) as work:
        shown = letter(work, case_id, name)
    return shown, full_text(shown)


def test_each_screening_of_a_text_comes_to_a_conclusion(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast, involves_business="yes")
    bring_to(as_, cast, case_id, REVIEW)
    do_next(as_, cast, case_id, REVIEW, **LACKS)
    draft, text = read(as_, case_id, f"{CONCLUSION}-1")
    assert (draft.state, draft.body.date) == ("未作出", "（未作出）")
    assert "听取意见情况。听取了三家企业和行业协会的意见。" in text
    assert "2026年3月2日，六安市住房和城乡建设局对照《公平竞争审查条例》" in text
    assert "审查结论。（未作出）" in text
    do_next(as_, cast, case_id, "supplement_competition", note="已经补充。")
    do_next(as_, cast, case_id, REVIEW, TUESDAY, **BREACH)
    bring_to(as_, cast, case_id, REVIEW)
    do_next(as_, cast, case_id, REVIEW, **EXCEPTION)

    first, text = read(as_, case_id, f"{CONCLUSION}-1")
    assert (first.is_final, first.body.date) == (True, "2026年3月3日")
    assert "不得出台，应当修改后重新审查。理由：第七条限定经营者。" in text
    last, text = read(as_, case_id, CONCLUSION)
    assert (last.name, last.body.signature) == (
        f"{CONCLUSION}-2",
        "六安市市场监督管理局",
    )
    assert not [said for said in EXCEPTION_TOLD if said not in text]
    with as_(None) as work:
        rounds = competition_occasions(work, work.get(Case, case_id))
        assert [one.settled() for one in rounds] == [TUESDAY, NOON_MONDAY]
    forget(as_, case_id, REVIEW, "milder_way", "exception_ends")
    with pytest.raises(Invalid, match="缺少“没有影响更小的替代方案的说明”“实施期限"):
        read(as_, case_id, CONCLUSION)


def test_a_department_concludes_itself(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast, kind_code="BMGFXWJ", **DEPARTMENT)
    bring_to(as_, cast, case_id, "conclude_competition")
    do_next(as_, cast, case_id, "conclude_competition")

    shown, text = read(as_, case_id, CONCLUSION)
    assert (shown.is_final, shown.masthead, shown.body.signature) == (
        True,
        *(["六安市住房和城乡建设局"] * 2),
    )
    assert "由起草单位进行公平竞争审查。" in text
    assert "审查结论。经审查，未违反公平竞争审查标准。" in text
    forget(as_, case_id, "screen_competition", "operators_heard")
    with pytest.raises(Invalid, match="缺少“听取意见情况”"):
        read(as_, case_id, CONCLUSION)


def test_each_review_by_the_unit_is_an_opinion(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, OWN_REVIEW)
    draft, text = read(as_, case_id, OPINION)
    assert (draft.state, draft.body.date) == ("未出具", "（未出具）")
    assert "审核意见：（由法制机构填写）" in text
    assert "审核同意" not in text
    do_next(as_, cast, case_id, OWN_REVIEW, TUESDAY, **WRONG)
    bring_to(as_, cast, case_id, OWN_REVIEW)
    assert read(as_, case_id, OPINION)[0].name == f"{OPINION}-2"
    do_next(as_, cast, case_id, OWN_REVIEW)

    first, text = read(as_, case_id, f"{OPINION}-1")
    assert (first.is_final, first.body.date) == (True, "2026年3月3日")
    assert "存在下列问题，退回修改。\n一、第八条没有依据。\n二、缺少说明。" in text
    last, text = read(as_, case_id, f"{OPINION}-2")
    assert (
        last.title == "关于《六安市农村自建房屋安全管理办法（送审稿）》的合法性审核意见"
    )
    assert "权限、程序和内容进行了审核，审核同意。\n审核人：郑方。" in text
    with as_(None) as work:
        reviews = internal_opinion_occasions(work, work.get(Case, case_id))
        assert [one.settled() for one in reviews] == [TUESDAY, NOON_MONDAY]


def test_who_may_read_an_opinion_and_what_it_lacks(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, OWN_REVIEW)
    do_next(as_, cast, case_id, OWN_REVIEW, TUESDAY, **WRONG)
    with as_(cast.unit_legal) as work:
        assert OPINION in {one.name[:-2] for one in letters(work, case_id)}
    with pytest.raises(Missing), as_(cast.other_drafter) as work:
        letter(work, case_id, OPINION)
    for lacking, named in (("reason", "理由"), ("outcome", "审核结果")):
        forget(as_, case_id, OWN_REVIEW, lacking)
        with pytest.raises(Invalid, match=f"缺少“{named}”"):
            read(as_, case_id, OPINION)
