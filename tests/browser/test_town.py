"""A document of a town through its four posts, to the register of the district."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from reviewflow.integrity.verify import verify
from reviewflow.work import Runtime
from tests.browser.official import Official
from tests.browser.turns import (
    TEXT,
    Turn,
    consulted,
    counselled,
    day,
    filed,
    published,
    register,
    take_turn,
)
from tests.cast import Cast
from tests.conftest import As
from tests.town import settle

TITLE = "三十铺镇农村公益性公墓管理办法"
START = {
    "本事项是否涉及国家秘密、工作秘密": "否",
    "文件名称": TITLE,
    "文件类别": "乡镇政府规范性文件",
    "制定机关": "三十铺镇人民政府",
    "是否涉及经营者经济活动": "否",
    "公布前是否须向党（工）委请示报告": "否",
    "是否按紧急程序办理": "否",
}
TURNS = [
    *consulted("石璞"),
    Turn(
        "石璞",
        "整理材料并送审",
        "提交送审",
        {"修改情况": TEXT},
        ("送审函（送审单）", "送审稿", "起草说明", "条文依据对照表"),
    ),
    Turn(
        "党政员",
        "核对程序和材料",
        "作出处理",
        {"处理意见": "材料齐全，交付审查", "承办人": "金承", "审签人": "金签"},
    ),
    *counselled("金承"),
    Turn(
        "金承",
        "起草合法性审查意见",
        "提交审签",
        {"办理结果": "提出审查意见", "审查结论": "合法", "理由和依据": TEXT},
    ),
    Turn("金签", "审签审查意见书", "签发意见书", {"审签意见": "同意签发"}),
    Turn("石璞", "提请列入议题", "提请讨论", {"议题说明": TEXT}),
    Turn("党政员", "审核并列入议程", "列入议程", {"处理意见": "列入议程"}),
    Turn(
        "党政员",
        "召开会议并记录",
        "记录决定",
        {
            "会议名称": "三十铺镇党政班子会第8次会议",
            "会议日期": day(),
            "会议决定": "通过",
            "出席人员": "应到9人，实到8人",
            "不同意见": "无",
        },
        ("会议记录或者纪要",),
    ),
    *published("党政员", "三政[2026]18号"),
    Turn("石璞", "整理归档", "归档办结", {}),
]


def test_a_document_of_a_town_is_reviewed_and_filed(
    browser: Browser,
    address: str,
    shots: Path,
    runtime: Runtime,
    as_: As,
    cast: Cast,
) -> None:
    settle(as_, cast)
    kind = "乡镇、街道规范性文件合法性审查"
    drafter = Official(browser, address, "石璞", shots)
    register(drafter, kind, START, ("送审稿",))
    drafter.answer({"必要性和依据": TEXT})
    drafter.press("完成起草")  # the first step is the drafter's own
    drafter.leave()
    for turn in (*TURNS, *filed("史备", "金备")):
        take_turn(browser, address, shots, TITLE, turn)

    drafter = Official(browser, address, "石璞", shots)
    page = drafter.page
    page.get_by_role("navigation").get_by_role("link", name="报备").first.click()
    row = page.get_by_role("row").filter(has_text=TITLE).filter(has_text="金安区")
    expect(row).to_contain_text("已登记")
    drafter.leave()
    with runtime.read(None) as work:
        assert verify(work) == []
