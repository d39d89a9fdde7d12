"""What people do at their steps, one after the other, by what is on the screen."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from reviewflow import clock
from tests.browser.official import Official

TODAY = clock.beijing_date(clock.now())
TEXT = "经研究，情况属实，程序符合规定。"


class Turn(NamedTuple):
    """What one person does at one step."""

    who: str
    step: str
    button: str
    said: dict[str, str]
    files: tuple[str, ...] = ()
    note: str = ""


def day(offset: int = 0) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def in_five_years() -> str:
    return date(TODAY.year + 5, 12, 31).isoformat()


def counselled(handler: str) -> list[Turn]:
    """Return the turns of a counsel that the handler appoints."""
    return [
        Turn(
            handler,
            "委派法律顾问",
            "委派顾问",
            {"是否听取法律顾问意见": "是", "法律顾问或者公职律师": "张律师"},
        ),
        Turn(
            "张律师",
            "出具法律意见",
            "签署意见",
            {
                "声明（独立出具，无利害关系，保密）": "是",
                "一、委托事项与审查材料": TEXT,
                "二、事实与程序概述": TEXT,
                "三、法律分析（权限、程序、内容，逐条）": TEXT,
                "四、风险提示": TEXT,
                "五、结论性意见": "合法",
            },
        ),
        Turn(handler, "说明采信情况", "登记采信", {"采信情况": "采信"}),
    ]


def consulted(
    drafter: str, hidden: str = "是否依法不公开征求意见", notice: str = "征求意见公告"
) -> list[Turn]:
    """Return the turns of a consultation, and why no competitor is concerned.

    What is asked about secrecy and what the notice is called differ by kind.
    """
    return [
        Turn(
            drafter,
            "发起公开征求意见",
            "登记征求意见",
            {
                hidden: "否",
                "公布日期": day(-40),
                "意见截止日期": day(-5),
                "公布渠道": "市政府门户网站",
            },
            (notice,),
        ),
        Turn(
            drafter,
            "汇总采纳情况",
            "登记采纳情况",
            {"实际截止日期": day(-5), "收到意见条数": "12", "采纳条数": "9"},
            ("征求意见采纳情况表",),
        ),
        Turn(
            drafter,
            "说明不涉及经营者",
            "确认说明",
            {"是否不涉及公平竞争": "不涉及经营者经济活动", "理由": TEXT},
        ),
    ]


def prepared(papers: tuple[str, ...], sending: Mapping[str, str]) -> list[Turn]:
    """Return the turns in a drafting unit till its head sends a matter on."""
    return [
        Turn("林晓", "修改形成送审稿", "提交内审", {"修改情况": TEXT}, papers),
        Turn(
            "郑方",
            "本单位合法性审核",
            "出具审核意见",
            {"审核结果": "审核同意"},
            ("本单位合法性审核意见",),
        ),
        Turn(
            "何建国",
            "本单位集体讨论",
            "记录讨论",
            {"讨论结果": "讨论同意", "会议名称": "局长办公会"},
            ("集体讨论记录",),
        ),
        Turn(
            "何建国",
            "签署并送审",
            "签署送审",
            {"处理意见": "同意送审", **sending},
            ("送审函",),
        ),
    ]


def reviewed() -> list[Turn]:
    """Return the turns of three reviewers who find a matter lawful."""
    return [
        Turn(
            "赵敏",
            "起草合法性审查意见",
            "提交复核",
            {"办理结果": "提出审查意见", "审查结论": "合法", "理由和依据": TEXT},
        ),
        Turn("孙浩", "复核审查意见", "提交签发", {"复核意见": "复核同意"}),
        Turn("钱立", "签发审查意见书", "签发意见书", {"签发意见": "同意签发"}),
    ]


def adopted(meeting: Mapping[str, str], *, asked: bool = True) -> list[Turn]:
    """Return the turns to a meeting that agrees; the drafter may have to ask."""
    asking = Turn("林晓", "提请列入议题", "提请审议", {"议题说明": TEXT})
    return [asking] * asked + [
        Turn("许明", "审核并列入议程", "列入议程", {"处理意见": "列入议程"}),
        Turn("许明", "召开会议并记录", "记录决定", dict(meeting), ("会议纪要",)),
    ]


def published(
    publisher: str, number: str, more: Mapping[str, str] | None = None
) -> list[Turn]:
    """Return the turns of who numbers and publishes, saying more where asked."""
    return [
        Turn(publisher, "登记编号", "登记编号", {"发文字号": number}),
        Turn(
            publisher,
            "印发并公布",
            "登记公布",
            {
                "公布日期": day(),
                "公布渠道": "政府公报、门户网站",
                "施行日期": day(45),
                "有效期至": in_five_years(),
                "是否适用简化程序": "否",
                **(more or {}),
            },
            ("正式文本",),
        ),
    ]


def filed(filer: str, receiver: str, note: str = "") -> list[Turn]:
    """Return the turns of a duty to file; the note tells alike rows apart."""
    return [
        Turn(filer, "准备并报送备案", "报送备案", {}, note=note),
        Turn(
            receiver,
            "核对报备材料",
            "作出决定",
            {"处理决定": "予以登记", "备案报告内容是否完整": "是"},
        ),
    ]


def register(
    drafter: Official, kind: str, said: Mapping[str, str], files: tuple[str, ...] = ()
) -> None:
    """Go through the pages of a new case, till all is there to be checked."""
    page = drafter.page
    page.get_by_role("navigation").get_by_role("link", name="登记送审").click()
    start = page.get_by_role("link", name=re.compile(f"开始登记.*：{kind}"))
    start.wait_for()
    drafter.look("登记送审")
    start.click()
    drafter.answer(said)
    drafter.look("基本信息")
    drafter.press("保存并继续")
    drafter.answer({}, files)
    drafter.look("送审材料")
    drafter.press("保存并继续")
    drafter.look("核对并提交")


def take_turn(
    browser: Browser, address: str, shots: Path, title: str, turn: Turn
) -> None:
    """Let one person do one step."""
    person = Official(browser, address, turn.who, shots)
    person.take(title, turn.step, turn.note)
    person.answer(turn.said, turn.files)
    person.press(turn.button)
    person.leave()
