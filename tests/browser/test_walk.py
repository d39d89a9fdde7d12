"""One document through all posts, in a real browser, by what is on the screen."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from reviewflow.integrity.verify import verify
from reviewflow.work import Runtime
from tests.browser.official import Official
from tests.browser.turns import (
    TEXT,
    Turn,
    adopted,
    consulted,
    counselled,
    day,
    filed,
    prepared,
    published,
    register,
    reviewed,
    take_turn,
)

TITLE = "六安市城区停车泊位管理办法"
START = {
    "本事项是否涉及国家秘密、工作秘密": "否",
    "文件名称": TITLE,
    "文件类别": "政府规范性文件",
    "制定机关": "六安市人民政府",
    "是否涉及经营者经济活动": "否",
    "是否涉及群众切身利益": "否",
    "是否法定应当听证": "否",
    "是否重大事项，须向同级党委请示报告": "否",
    "是否按紧急程序办理": "否",
}
MEETING = {
    "会议名称": "市政府第80次常务会议",
    "会议日期": day(),
    "会议决定": "通过",
    "出席人员": "政府组成人员",
    "不同意见": "无",
}
TURNS = [
    Turn(
        "郑方",
        "认定是否规范性文件",
        "作出认定",
        {
            "行政性：制定主体合法，事项属于行政管理": "是",
            "外部性：涉及机关以外的公民、法人和其他组织的权利义务": "是",
            "普遍约束力：针对不特定的对象": "是",
            "反复适用：在一定时期内可以反复适用": "是",
            "是否属于行政规范性文件": "是",
            "认定理由": TEXT,
        },
    ),
    Turn("林晓", "评估论证并起草", "完成起草", {"评估论证情况": TEXT}, ("文件草案",)),
    Turn(
        "林晓",
        "与有关部门协商",
        "完成协商",
        {"征求意见的部门": "市公安局", "是否有未协商一致的意见": "否"},
    ),
    *consulted("林晓"),
    Turn(
        "林晓",
        "决定是否听证",
        "作出决定",
        {"是否举行听证": "否", "不举行听证的理由": TEXT},
    ),
    *prepared(("送审稿", "起草说明", "条文依据对照表"), {}),
    Turn("冯静", "核对程序和材料", "作出处理", {"处理意见": "转送审查机构"}),
    Turn(
        "陈雨",
        "受理并分派",
        "受理分派",
        {"处理意见": "受理", "承办人": "赵敏", "复核人": "孙浩", "签发人": "钱立"},
    ),
    *counselled("赵敏"),
    *reviewed(),
    *adopted(MEETING),
    *published("沈洁", "六政[2026]18号"),
    Turn("林晓", "整理归档", "归档办结", {}),
]


def test_a_document_passes_all_posts_and_is_filed(
    browser: Browser, address: str, shots: Path, runtime: Runtime
) -> None:
    kind = "行政规范性文件合法性审查"
    drafter = Official(browser, address, "林晓", shots)
    register(drafter, kind, START)
    drafter.press("提交送审")
    drafter.leave()
    for turn in (*TURNS, *filed("徐备", "省审查员", "报送省政府")):
        take_turn(browser, address, shots, TITLE, turn)

    filer = Official(browser, address, "徐备", shots)
    page = filer.page
    page.get_by_role("navigation").get_by_role("link", name="报备").first.click()
    filer.look("报备")
    row = page.get_by_role("row").filter(has_text=TITLE).filter(has_text="省政府")
    expect(row).to_contain_text("已登记")
    row.get_by_role("link", name=TITLE, exact=True).click()
    filer.look("一件报备")
    filer.leave()
    with runtime.read(None) as work:
        assert verify(work) == []
