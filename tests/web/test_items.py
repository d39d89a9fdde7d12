import io
import re
from html import unescape

import openpyxl
import pytest
from flask import Flask

from reviewflow.queries.item_book import plan
from reviewflow.usecases.unit_terms import enter_unit_term
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS
from tests.web.desk import Desk
from tests.web.program import Programs

AS_OF = "as_of=2026-11-23"
ADVISER = {"sort": "ADVISER", "holder": "大别山律师事务所", "valid_to": ""}


@pytest.fixture
def filed(as_: As, cast: Cast) -> None:
    """The filings of the example."""
    with as_(None) as work:
        for filing in FILINGS:
            Ledger(work, cast).enter(filing)


def words(page: str) -> str:
    """Return a page as it is read, on one line."""
    body = page.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def book(content: bytes) -> dict[str, list[list[object]]]:
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return {one.title: [[c.value for c in row] for row in one] for one in sheets}


@pytest.mark.usefixtures("filed")
def test_every_item_leads_to_its_page_and_every_number_to_its_list(app: Flask) -> None:
    auditor = Desk(app, "auditor")
    board = auditor.page(f"/items?{AS_OF}")
    for item in plan().items.values():
        assert f'href="/items/{item.number}?{AS_OF}"' in board
        assert item.title in words(auditor.page(f"/items/{item.number}?{AS_OF}"))
    assert "规范性文件报备率 100% 93.33% 14 件已报备 / 15 件到期应报备" in words(board)

    links = re.findall(r'href="(/statistics/list\?[^"]+)">(\d+)<span', board)
    assert len(links) > 6
    for address, number in links:
        rows = auditor.page(address).count("<tr>") - 1
        assert rows == min(int(number), 20), address


@pytest.mark.usefixtures("filed")
def test_who_has_not_filed_is_named_with_reason_and_page(app: Flask) -> None:
    auditor = Desk(app, "auditor")
    page = auditor.page(f"/items/18?{AS_OF}")
    first = page.partition('id="m-18-1"')[2].partition('id="m-18-2"')[0]
    absent = first.partition("谁还没有做到")[2]
    assert "已经到期，没有有效报送" in absent
    filing = re.search(r'<td><a href="(/filings/\d+)">', absent)
    assert filing is not None
    assert auditor.status(filing[1]) == 200

    sheets = book(auditor.content(f"/items/18/table.xlsx?{AS_OF}"))
    assert list(sheets) == ["第18项", "按单位", "缺项", "佐证", "范围"]
    of_first = [row for row in sheets["缺项"] if row[0] == "规范性文件报备率"]
    assert [row[3] for row in of_first] == ["已经到期，没有有效报送"]
    whole = book(auditor.content(f"/items/table.xlsx?{AS_OF}"))["工作任务"]
    assert [18, "报备率、及时率、规范率", "规范性文件报备率", "100%", "93.33%"] in [
        row[:5] for row in whole
    ]


def test_items_without_a_process_say_so_and_invent_nothing(app: Flask) -> None:
    desk = Desk(app, "drafter")
    page = words(desk.page("/items/22"))
    assert "情况 没有数据" in page
    assert "本系统尚未受理此类事项，没有数据。" in page
    assert "100.00%" not in page
    assert "本系统尚未受理此类事项，没有数据。" in words(desk.page("/items/6"))
    assert desk.status("/items/7") == 404


def test_the_roster_shows_who_has_no_adviser_as_of_a_day(
    app: Flask, as_: As, cast: Cast
) -> None:
    with as_(None) as work:
        typed = ADVISER | {"valid_from": "2026-02-01"}
        enter_unit_term(work, cast.units["housing"], typed)
    desk, name = Desk(app, "handler"), "六安市住房和城乡建设局"
    lacking = "/rosters?lack=ADVISER&as_of="
    assert name in desk.page(f"{lacking}2026-01-31")
    assert name not in words(desk.page(f"{lacking}2026-02-01"))
    whole = desk.page("/rosters?as_of=2026-02-01")
    assert "大别山律师事务所" in whole
    assert "2026年2月1日" in whole
    rows = book(desk.content(f"/rosters/table.xlsx?{lacking[9:]}2026-01-31"))
    [(title, (_headings, *lines))] = rows.items()
    assert title == "机构名册（2026年1月31日）"
    assert name in [line[0] for line in lines]


@pytest.mark.parametrize("page", ["/items", "/items/11", "/rosters"])
def test_a_day_that_is_none_is_refused_as_typed(app: Flask, page: str) -> None:
    answer = Desk(app, "drafter").get(f"{page}?as_of=元旦")
    assert answer.status_code == 422
    text = unescape(answer.text)
    assert "日期“元旦”不能识别" in text
    assert 'value="元旦"' in text


@pytest.mark.usefixtures("filed")
def test_programs_read_the_same_board(programs: Programs, cast: Cast) -> None:
    program = programs(cast.auditor)
    told = program.get(f"/items?{AS_OF}").get_json()
    assert [one["id"] for one in told["items"]] == list(plan().items)
    whole = program.get(f"/items/18?{AS_OF}").get_json()
    listed = next(one for one in told["items"] if one["id"] == 18)
    assert listed["state"] == whole["state"] == "MISSED"
    first = whole["measures"][0]
    assert (first["numerator"], first["denominator"], first["value"]) == (
        *(14, 15),
        "93.33",
    )
    assert [one["count"] for one in first["absent"]] == [1]
    assert first["absent"][0]["items"][0]["path"].startswith("/filings/")
    later = program.get("/items?as_of=2026-11-23&year=2027")
    assert later.status_code == 422
    assert later.get_json()["errors"][0]["field"] == "year"
