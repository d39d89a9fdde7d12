"""The form of a registered filing says what was recorded (备案登记表)."""

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.queries.letters import letter
from tests.cast import Cast
from tests.conftest import As
from tests.duties import FOUND, Press, at, day
from tests.letters import Lettered, nothing_in
from tests.steps import do_next


def lines(there: As, case_id: int) -> list[str]:
    with there(None) as work:
        shown = letter(work, case_id, "register_form")
    assert (shown.title, shown.state) == ("备案登记表", "已登记")
    return [paragraph.text for paragraph in shown.body.paragraphs]


def test_what_was_registered_is_told_line_by_line(there: Lettered) -> None:
    with there.begin(None) as work, pytest.raises(Missing):
        letter(work, there.unsent, "register_form")
    said = lines(there.begin, there.filing)
    assert said[:5] == [
        "备案登记号：皖司备〔2026〕1号",
        "名称：六安市农村自建房屋安全管理办法",
        "文号：六政〔2026〕8号",
        "制定机关：六安市人民政府",
        "类别：政府规范性文件",
    ]
    assert said[5:] == [
        "审议会议及日期：市政府第80次常务会议，2026年3月2日",
        "公布日期及载体：2026年3月2日，市政府门户网站",
        "施行日期：2026年5月1日",
        "有效期至：2031年4月30日",
        "报送日期：2026年3月3日",
        "材料清点：备案报告、正式文本、起草说明、条文依据对照表；备案报告内容完整",
        "是否简化程序：否",
        "是否公布后未满三十日施行：否",
        "登记结论：予以登记",
        said[-1],
    ]
    assert said[-1].startswith("登记人、日期：")
    assert said[-1].endswith("，2026年3月3日")
    with (
        nothing_in(there, "effective_on"),
        pytest.raises(Invalid, match="缺少“施行日期”，请补充后生成。"),
    ):
        lines(there.begin, there.filing)


def test_the_form_gains_the_outcome_of_the_review(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("05-20"))
    press.submit(filing, day("05-29"))
    press.register(filing, day("06-02"), materials_complete="no")
    case_id, review_id = press.case_of(filing), press.review(filing)
    before = lines(as_, case_id)
    assert not [line for line in before if line.startswith("备案审查结论")]
    assert [line for line in before if line.endswith("备案报告内容不完整")]
    do_next(as_, cast, review_id, "review_filing", at(day("06-11")), **FOUND)
    outcome = lines(as_, case_id)[-1]
    assert outcome.startswith("备案审查结论：有问题，已发出审查意见（")
    assert outcome.endswith("，2026年6月11日）")
