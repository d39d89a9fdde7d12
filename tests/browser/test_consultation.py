"""Somebody without an account comments, and finds the answer after the end."""

from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from tests.asking import AFTER, FEE, asked_case
from tests.browser.official import DESK, PHONE, Official, photograph
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As

TITLE = "六安市农村自建房屋安全管理办法"
REASON = "夜间两小时内免费，其余时段按成本定价。"
READING = 3_500  # milliseconds; what comes sooner is taken for a program's


@pytest.fixture
def person(browser: Browser, address: str) -> Page:
    """Somebody at home, with nothing but the address of the public pages."""
    page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/public/consultations")
    return page


def test_a_stranger_comments_and_finds_the_answer(
    browser: Browser, address: str, shots: Path, person: Page, as_: As, cast: Cast
) -> None:
    with time_machine.travel(NOON_MONDAY):
        asked_case(as_, cast)
        receipt = comment(person, shots)
    with time_machine.travel(AFTER):
        answer_and_close(Official(browser, address, "林晓", shots))
        person.goto(f"{address}/public/consultations")
        person.get_by_role("link", name="查询答复").click()
        person.get_by_label("回执编号").fill(receipt)
        person.get_by_role("button", name="查询答复").click()
        look(person, shots, "答复")
        expect(person.get_by_role("main")).to_contain_text("部分采纳")
        expect(person.get_by_role("main")).to_contain_text(REASON)
        person.get_by_role("link", name="查看全部意见的采纳情况").click()
        expect(person.get_by_role("main")).to_contain_text("公众（朱**）")
        assert "朱红梅" not in person.content()
    person.context.close()


def comment(person: Page, shots: Path) -> str:
    """Say something of one article; return the number of the receipt."""
    person.reload()
    person.get_by_role("link", name=TITLE).first.click()
    person.get_by_label("针对哪一条").select_option("第八条")
    person.get_by_label("您的意见").fill(FEE)
    person.get_by_label("姓名或单位名称").fill("朱红梅")
    look(person, shots, "提意见")
    person.wait_for_timeout(READING)
    person.get_by_role("button", name="提交意见").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("意见回执")
    look(person, shots, "回执")
    number = person.locator("dt", has_text="回执编号").locator("xpath=following::dd[1]")
    return number.inner_text()


def answer_and_close(drafter: Official) -> None:
    page = drafter.page
    drafter.take(TITLE, "汇总采纳情况")
    task = page.url
    page.get_by_role("link", name="征求意见", exact=True).click()
    drafter.press("归类意见")
    page.wait_for_url("**/consultations")
    drafter.look("意见分组")
    page.get_by_label("部分采纳", exact=True).check()
    page.get_by_label("理由").first.fill(REASON)
    drafter.press("保存本页答复")
    drafter.press("存入送审材料")
    page.goto(task)
    drafter.answer({"实际截止日期": "2026-03-23", "收到意见条数": "1", "采纳条数": "1"})
    drafter.press("登记采纳情况")
    drafter.leave()


def look(page: Page, shots: Path, what: str) -> None:
    """Keep a picture at a desk and on a phone; neither scrolls sideways."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        photograph(page, shots / f"公众-{what}-{size['width']}.png")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{what} scrolls sideways"
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
