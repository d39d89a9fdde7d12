from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from reviewflow.usecases.cases import submit_case
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import START, bring_to, days, new_case
from tests.web.desk import Desk
from tests.web.statements import counted

TITLE = "六安市农村自建房屋安全管理办法"


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        yield clock


def many_cases(as_: As, cast: Cast, count: int) -> None:
    with as_(cast.drafter) as work:
        for number in range(count):
            title = f"六安市第{number}号办法"
            unit = cast.units["housing"]
            submit_case(work, "normative_document", title, unit, START)


def test_the_workbench_says_what_is_owed(app: Flask, as_: As, cast: Cast) -> None:
    bring_to(as_, cast, new_case(as_, cast), "classify")
    page = Desk(app, "unit.legal").page("/")
    assert TITLE in page
    assert "认定是否规范性文件" in page
    assert "还剩 3 个工作日" in page
    assert "2026年3月2日" in page


def test_an_empty_workbench_says_where_to_look(app: Flask) -> None:
    page = Desk(app, "unit.legal").page("/")
    assert "今天没有待办。可在“已办”查看办过的事项。" in page
    assert "没有待办任务。" in Desk(app, "unit.legal").page("/inbox")


def test_every_number_of_the_workbench_opens_its_list(
    app: Flask, as_: As, cast: Cast
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "draft_text")
    drafter = Desk(app, "drafter")
    links = drafter.links("/")
    lists = {"/inbox", "/inbox?state=today", "/done?month=2026-03"}
    assert lists | {"/cases?by=me&status=RUNNING"} <= links
    assert "共 2 件" not in drafter.page("/done?month=2026-02")
    assert TITLE in drafter.page("/done?month=2026-03")


@pytest.mark.parametrize("name", ["drafter", "unit.legal", "auditor", "admin"])
def test_no_link_of_the_lists_leads_nowhere(
    app: Flask, as_: As, cast: Cast, name: str
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "draft_text")
    desk = Desk(app, name)
    links = set().union(*map(desk.links, ("/", "/inbox", "/done", "/cases")))
    opened = {link: desk.status(link) for link in links - {"/signout"}}
    assert not {link: code for link, code in opened.items() if code >= 400}


def test_a_late_task_is_told_by_shape_colour_and_words(
    app: Flask, as_: As, cast: Cast, monday: time_machine.Traveller
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "classify")
    monday.move_to(NOON_MONDAY + days(7))
    desk = Desk(app, "unit.legal")
    page = desk.page("/inbox?state=late")
    assert 'class="lamp late"' in page
    assert "已逾期 2 个工作日" in page
    assert "没有符合条件的待办任务。" in desk.page("/inbox?state=fine")


@pytest.mark.parametrize(
    ("later", "words"), [(2, "还剩 1 个工作日"), (3, "今日到期"), (5, "已逾期")]
)
def test_the_lamp_moves_with_the_days(
    app: Flask,
    as_: As,
    cast: Cast,
    monday: time_machine.Traveller,
    later: int,
    words: str,
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "classify")
    monday.move_to(NOON_MONDAY + days(later))
    assert words in Desk(app, "unit.legal").page("/inbox")


def test_a_list_has_twenty_rows_a_page_and_keeps_its_filter(
    app: Flask, as_: As, cast: Cast
) -> None:
    many_cases(as_, cast, 23)
    desk = Desk(app, "drafter")
    first, second = desk.page("/inbox?q=六安"), desk.page("/inbox?q=六安&page=2")
    assert first.count("收到") == 20
    assert second.count("收到") == 3
    assert "共 23 件，第 1 / 2 页" in first
    assert "/inbox?q=%E5%85%AD%E5%AE%89&page=2" in first
    assert "没有符合条件的待办任务。" in desk.page("/inbox?q=水价")


def test_lists_send_the_same_statements_for_one_case_and_for_many(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    desk = Desk(app, "drafter")
    paths = ("/", "/inbox", "/done", "/cases", "/cases?by=me")

    def sent() -> list[int]:
        counts = []
        for path in paths:
            with counted(runtime) as statements:
                desk.page(path)
            counts.append(len(statements))
        return counts

    bring_to(as_, cast, new_case(as_, cast), "draft_text")
    sent()  # what is prepared once is prepared
    one = sent()
    many_cases(as_, cast, 15)
    bring_to(as_, cast, new_case(as_, cast), "draft_text")
    assert sent() == one


def test_a_task_of_the_post_is_claimed_from_the_list(
    app: Flask, as_: As, cast: Cast
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "classify")
    desk = Desk(app, "unit.legal")
    claim = next(link for link in desk.links("/inbox") if link.endswith("/claim"))
    answer = desk.send("/inbox", {}, to=claim)
    assert answer.status_code == 303
    assert not [link for link in desk.links("/inbox") if link.endswith("/claim")]


def test_what_was_done_says_what_was_decided_and_where_it_is_now(
    app: Flask, as_: As, cast: Cast
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "office_check")
    page = Desk(app, "unit.head").page("/done")
    assert "签署并送审" in page
    assert "同意送审" in page
    assert "核对程序和材料" in page
    assert "#withdraw" in page


def test_older_things_are_one_click_away(
    app: Flask, as_: As, cast: Cast, monday: time_machine.Traveller
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "draft_text")
    monday.move_to(NOON_MONDAY + days(200))
    desk = Desk(app, "unit.legal")
    assert "近三个月没有已办事项。" in desk.page("/done")
    assert TITLE in desk.page("/done?since=all")


@pytest.mark.parametrize("path", ["/inbox?page=0", "/inbox?page=x", "/done?month=13"])
def test_a_strange_address_shows_the_list(app: Flask, path: str) -> None:
    assert Desk(app, "drafter").get(path).status_code == 200
