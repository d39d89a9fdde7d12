"""A government rule from the plan of the year to its four registers."""

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
    register,
    reviewed,
    take_turn,
)
from tests.cast import Cast
from tests.conftest import As
from tests.rules import settle_above

KIND = "政府规章制定"
TITLE = "六安市城市供水节水管理办法"
START = {
    "本事项是否涉及国家秘密、工作秘密": "否",
    "规章名称": TITLE,
    "是否涉及经营者经济活动": "否",
    "是否涉及重大利益调整、存在重大意见分歧，或者为群众普遍关注": "否",
    "是否法定应当听证": "否",
}
PROJECT = {
    "必要性和所要解决的主要问题": TEXT,
    "拟确立的主要制度": TEXT,
    "属于哪一类事项": "城乡建设与管理",
    "是否先行规章": "否",
}
MEETING = {
    "会议名称": "市政府第83次常务会议",
    "会议日期": day(),
    "由谁作说明": "市司法局局长钱立",
    "会议决定": "通过",
    "出席人员": "应到11人，实到10人",
    "不同意见": "无",
}
TURNS = [
    Turn(
        "陈雨",
        "评估论证并拟订计划",
        "作出处理",
        {
            "处理意见": "列入年度规章制定工作计划",
            "年度计划名称和批准情况": "2026年规章制定工作计划",
            "计划完成日期": day(60),
        },
    ),
    Turn(
        "林晓",
        "调研起草",
        "完成起草",
        {"调研和听取意见情况": TEXT},
        ("规章草案", "国内外立法资料、调研报告"),
    ),
    Turn(
        "林晓",
        "与有关部门协商",
        "完成协商",
        {"征求意见的部门": "市水利局", "是否有未协商一致的意见": "否"},
    ),
    *consulted("林晓", "是否依法需要保密，不公开征求意见", "规章草案征求意见公告"),
    Turn(
        "林晓",
        "决定是否听证",
        "作出决定",
        {"是否举行听证": "否", "不举行听证的理由": TEXT},
    ),
    *prepared(("送审稿", "起草说明", "条文依据对照表"), {"是否几个单位共同起草": "否"}),
    Turn(
        "陈雨",
        "受理并分派",
        "作出处理",
        {"处理意见": "受理", "承办人": "赵敏", "复核人": "孙浩", "签发人": "钱立"},
    ),
    Turn(
        "赵敏",
        "再征求意见",
        "登记情况",
        {"征求机关、组织、专家意见和基层调研情况": TEXT, "是否再次向社会公布": "否"},
    ),
    Turn("赵敏", "协调分歧意见", "登记协调", {"协调结果": "没有不同意见"}),
    *counselled("赵敏"),
    *reviewed(),
    Turn(
        "赵敏",
        "形成草案和说明",
        "提交签署",
        {"修改情况": TEXT},
        ("规章草案", "对草案的说明"),
    ),
    Turn(
        "钱立",
        "签署并提请审议",
        "签署提请",
        {"处理意见": "签署并提请审议"},
    ),
    *adopted(MEETING, asked=False),
    Turn(
        "周市长",
        "签署政府令",
        "签署命令",
        {
            "令号": "六安市人民政府令第12号",
            "签署日期": day(),
            "施行日期": day(45),
        },
        ("政府令",),
    ),
    Turn(
        "沈洁",
        "公布规章",
        "登记公布",
        {
            "公布日期": day(),
            "公布渠道": "市政府公报、中国政府法制信息网、皖西日报",
            "是否公布后不足 30 日即施行": "否",
        },
        ("正式文本（公报文本）",),
    ),
    Turn("林晓", "整理归档", "归档办结", {}),
]
RECEIVERS = {
    "国务院": "国务院备案员",
    "省政府": "省审查员",
    "安徽省人民代表大会常务委员会": "安徽省人民代表大会常务委员会备案员",
    "市人大常委会": "人大审查员",
}


def test_a_rule_is_made_and_filed_with_four(
    browser: Browser, address: str, shots: Path, runtime: Runtime, as_: As, cast: Cast
) -> None:
    settle_above(as_, cast)
    drafter = Official(browser, address, "林晓", shots)
    register(drafter, KIND, START, ("立项申请",))
    drafter.answer(PROJECT)
    drafter.press("报送申请")  # the first step is the drafter's own
    drafter.leave()
    for turn in TURNS:
        take_turn(browser, address, shots, TITLE, turn)
    for receiver, reader in RECEIVERS.items():
        for turn in filed("徐备", reader, receiver):
            take_turn(browser, address, shots, TITLE, turn)

    filer = Official(browser, address, "徐备", shots)
    page = filer.page
    page.get_by_role("navigation").get_by_role("link", name="报备").first.click()
    for receiver in RECEIVERS:
        row = page.get_by_role("row").filter(has_text=TITLE).filter(has_text=receiver)
        expect(row).to_contain_text("已登记")
    filer.leave()
    with runtime.read(None) as work:
        assert verify(work) == []
