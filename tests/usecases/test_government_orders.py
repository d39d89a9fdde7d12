"""A rule is published by an order, and explained to the public."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid, Missing
from reviewflow.letters.letter import Letter
from reviewflow.model.publication import Publication
from reviewflow.queries.letters import letter, letters
from tests.cast import Cast
from tests.conftest import As
from tests.letters import Lettered, full_text
from tests.rules import bring_rule_to, do_rule, settle_above

RULE = "六安市农村自建房屋安全管理办法"
PASSED = f"《{RULE}》已经2026年3月2日市政府第80次常务会议审议通过，现予公布"


def read(as_: As, case_id: int, name: str) -> tuple[Letter, str]:
    with as_(None) as work:
        shown = letter(work, case_id, name)
    return shown, full_text(shown)


def test_a_rule_is_published_by_an_order(as_: As, cast: Cast) -> None:
    settle_above(as_, cast)
    case_id = bring_rule_to(as_, cast, "sign_order")
    with pytest.raises(Missing), as_(cast.other_drafter) as work:
        letter(work, case_id, "government_order-1")
    draft, text = read(as_, case_id, "government_order")
    assert (draft.state, draft.number, draft.masthead) == (
        *("未公布", ""),
        "六安市人民政府令",
    )
    assert draft.body.signature == "市长　（未签署）"
    assert f"{PASSED}，自（未签署）起施行。" in text
    do_rule(as_, cast, case_id, "sign_order")
    signed, _ = read(as_, case_id, "government_order")
    assert (signed.is_final, signed.number) == (False, "第12号")
    assert (signed.body.signature, signed.body.date) == ("市长　周市长", "（未公布）")
    outline, told = read(as_, case_id, "interpretation")
    assert (outline.state, outline.is_final) == ("文件未公布", False)
    assert "确立的主要制度：经研究，情况属实" in told
    do_rule(as_, cast, case_id, "publish")

    shown, text = read(as_, case_id, "government_order")
    assert (shown.state, shown.body.date) == ("已公布", "2026年3月2日")
    assert text == f"{PASSED}，自2026年5月1日起施行。"
    with as_(None) as work:
        assert "issuing_notice-1" not in [one.name for one in letters(work, case_id)]
        chosen = sa.select(Publication).where(Publication.case_id == case_id)
        work.session.scalars(chosen).one().effective_on = None
    with pytest.raises(Invalid, match="缺少“施行日期”，请补充后生成。"):
        read(as_, case_id, "government_order")


def test_a_document_is_explained_by_what_is_recorded(there: Lettered) -> None:
    shown, text = read(there.begin, there.signed, "interpretation")
    assert (shown.title, shown.state, shown.number) == (
        *(f"《{RULE}》政策解读", "文件已公布"),
        "",
    )
    assert shown.body.date == "2026年3月2日"
    assert [p.heading[:2] for p in shown.body.paragraphs] == [
        *("一、", "二、", "三、", "四、", "五、"),
    ]
    for said in (
        "共35日，收到意见12条，采纳9条。修改情况：经研究",
        "征求了有关部门的意见。公平竞争审查的结论：不涉及经营者经济活动。",
        "2026年3月2日，市政府第80次常务会议审议通过，文号为六政〔2026〕8号。",
        "主要内容。（由起草单位对照正式文本填写：",
        "施行时间。自2026年5月1日起施行，有效期至2031年4月30日。",
        "六安市住房和城乡建设局，林晓。（联系电话由起草单位填写。）",
    ):
        assert said in text
    assert "。。" not in text
    with pytest.raises(Missing):
        read(there.begin, there.signed, "government_order")
    with pytest.raises(Missing), there.begin(there.cast.other_drafter) as work:
        letter(work, there.signed, "interpretation")
