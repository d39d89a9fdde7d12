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


def consulted(drafter: str) -> list[Turn]:
    """Return the turns of a consultation, and why no competitor is concerned."""
    return [
        Turn(
            drafter,
            "发起公开征求意见",
            "登记征求意见",
            {
                "是否依法不公开征求意见": "否",
                "公布日期": day(-40),
                "意见截止日期": day(-5),
                "公布渠道": "市政府门户网站",
            },
            ("征求意见公告",),
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


def published(publisher: str, number: str) -> list[Turn]:
    """Return the turns of who numbers and publishes."""
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
    drafter.look("登记送审")
    named = re.compile(f"开始登记.*：{kind}")
    page.get_by_role("link", name=named).click()
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
