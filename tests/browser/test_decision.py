"""A major decision with hearing and counsel, from the proposal to the archive."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from reviewflow.integrity.verify import verify
from reviewflow.work import Runtime
from tests.browser.hearings import heard
from tests.browser.official import Official
from tests.browser.turns import (
    TEXT,
    Turn,
    adopted,
    consulted,
    counselled,
    day,
    prepared,
    published,
    register,
    reviewed,
    take_turn,
)

KIND = "重大行政决策合法性审查"
TITLE = "六安市城区学校布局规划"
START = {
    "本事项是否涉及国家秘密、工作秘密": "否",
    "决策事项名称": TITLE,
    "决策事项属于哪一类": "经济和社会发展等方面的重要规划",
    "由谁提出建议": "部门或者下一级人民政府",
    "是否同时属于行政规范性文件": "否",
    "是否涉及重大公共利益或者群众切身利益": "是",
    "是否法定应当听证": "否",
    "是否专业性、技术性较强": "否",
    "实施是否可能对社会稳定、公共安全造成不利影响": "否",
    "是否涉及经营者经济活动": "否",
    "是否国家尚无明确规定的探索性改革决策事项": "否",
}
PROPOSAL = {"拟解决的主要问题": TEXT, "理由、依据和初步方案": TEXT}
MEETING = {
    "会议名称": "市政府第80次常务会议",
    "会议日期": day(),
    "会议决定": "通过",
    "出席人员": "应到11人，实到10人",
    "不同意见": "无",
    "决定是否与多数人意见一致": "是",
}
TURNS = [
    Turn(
        "冯静",
        "核对年度目录",
        "报请决定",
        {"是否列入年度目录": "已列入", "目录序号": "2026年度第3项"},
    ),
    Turn(
        "周市长",
        "决定是否启动",
        "作出决定",
        {"决定": "启动决策程序", "承办单位": "市住建局牵头"},
    ),
    Turn(
        "林晓",
        "调研并起草",
        "完成起草",
        {"调研、依据梳理和成本效益分析情况": TEXT, "方案数量": "1"},
        ("决策草案",),
    ),
    Turn(
        "林晓",
        "与有关部门协商",
        "完成协商",
        {"征求意见的部门和地方": "市财政局", "是否有未协商一致的意见": "否"},
    ),
    *consulted("林晓"),
    *heard("林晓", "郑方"),
    Turn(
        "林晓",
        "决定是否论证",
        "作出决定",
        {"是否组织专家论证": "否", "不组织论证的理由": TEXT},
    ),
    Turn(
        "林晓",
        "决定是否评估",
        "作出决定",
        {"是否进行风险评估": "否", "不进行评估的理由": TEXT},
    ),
    *prepared(
        ("送审稿", "起草说明", "依据对照表", "履行法定程序的说明"),
        {"希望反馈日期": day(30)},
    ),
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
    Turn(
        "冯静",
        "向同级党委请示报告",
        "登记报告",
        {"报告日期": day(), "办理情况": "已报市委，市委原则同意。"},
    ),
    *published("沈洁", "六政[2026]19号", {"决策执行单位": "市教体局"}),
    Turn("林晓", "整理归档", "归档办结", {}),
]


def test_a_decision_is_heard_reviewed_and_made(
    browser: Browser, address: str, shots: Path, runtime: Runtime
) -> None:
    drafter = Official(browser, address, "林晓", shots)
    register(drafter, KIND, START)
    drafter.answer(PROPOSAL)
    drafter.press("提交建议")  # the first step is the drafter's own
    drafter.leave()
    for turn in TURNS:
        take_turn(browser, address, shots, TITLE, turn)

    drafter = Official(browser, address, "林晓", shots)
    page = drafter.page
    page.get_by_role("navigation").get_by_role("link", name="我发起的").first.click()
    row = page.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("已公布并归档")
    drafter.leave()
    with runtime.read(None) as work:
        assert verify(work) == []
