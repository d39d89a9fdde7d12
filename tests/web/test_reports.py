"""The pages of yearly reports: read, filled in, opened number by number, sent out."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from lxml import etree, html

from reviewflow.demo.roster import PASSWORD
from reviewflow.letters.docx_text import read_blocks
from reviewflow.model.people import Unit
from reviewflow.usecases.signins import make_token
from reviewflow.work import Runtime
from tests.bulletins import THEN, enter_filings
from tests.cast import Cast
from tests.conftest import AS_OF, As, settings_in
from tests.pages import new_app
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS
from tests.web.browser import sign_in
from tests.web.desk import Desk, place
from tests.web.program import Programs, body, fields, sentence
from tests.web.statements import counted

PAGE = f"/reports/2026?as_of={AS_OF}"
WORDS = "某市拟设定罚款，经审查删去。"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """The desk of the city's signer, on the day of the example."""
    with time_machine.travel(THEN, tick=False):
        yield Desk(app, "signer")


def filled(cast: Cast, **said: str) -> dict[str, str]:
    typed = {"report": "review", "passage": "cases", "text": WORDS, "read": "0"}
    return {**typed, "organ": str(cast.units["city"]), **said}


def paper(desk: Desk, path: str) -> str:
    blocks = read_blocks(desk.content(path))
    return "\n".join(block.text for block in blocks)


def test_what_is_missing_is_named_until_somebody_writes_it(
    desk: Desk, cast: Cast
) -> None:
    assert "/reports" in desk.links("/")
    assert "待补充 3 处" in desk.page("/reports/2026")
    assert "〔待补充：典型案例〕" in paper(desk, "/reports/2026.docx")

    assert place(desk.send("/reports/2026", filled(cast))) == "/reports/2026"

    page = desk.page("/reports/2026")
    assert "待补充 2 处" in page
    assert WORDS in page
    said = paper(desk, "/reports/2026.docx")
    assert WORDS in said
    assert "〔待补充：典型案例〕" not in said
    assert "〔待补充：下一步工作安排〕" in said


def test_what_was_typed_is_kept_when_it_is_refused(desk: Desk, cast: Cast) -> None:
    desk.send("/reports/2026", filled(cast))
    stale = desk.send("/reports/2026", filled(cast, text="另外一段话。"))
    assert stale.status_code == 409
    assert "另外一段话。" in stale.text
    assert f"现在的内容：{WORDS}" in stale.text
    long = desk.send("/reports/2026", filled(cast, text="长" * 20_001, read="1"))
    assert long.status_code == 422
    assert "长" * 20_001 in long.text
    odd = desk.get("/reports/2026?as_of=昨天")
    assert (odd.status_code, "不能识别" in odd.text) == (422, True)
    for path in ("/reports/1999", "/reports/2027", "/reports/2026?report=none"):
        assert desk.status(path) == 404
    for of in ("none", "due&by=none", "due&chain=none"):
        assert desk.status(f"/reports/2026/list?of={of}") == 404


@pytest.fixture
def city_desk(sample_city: Runtime, tmp_path: Path) -> Desk:
    """The desk of the sample city's auditor."""
    return desk_in(sample_city, tmp_path, "jin.du")


def desk_in(city: Runtime, folder: Path, name: str) -> Desk:
    desk = object.__new__(Desk)
    desk.client = new_app(settings_in(folder / "city"), city).test_client()
    sign_in(desk.client, name, PASSWORD)
    return desk


def test_a_county_reports_on_its_own_area(sample_city: Runtime, tmp_path: Path) -> None:
    county = desk_in(sample_city, tmp_path, "qiu.qian")
    said = re.sub(r"<[^>]+>", "", county.page(PAGE))
    assert "霍邱县人民政府2026年度合法性审查工作报告" in said
    assert "到期应报备1件，已报备1件，报备率100.00%；按时报备0件" in said
    city = sample_city_id(sample_city)
    assert county.status(f"{PAGE}&organ={city}") == 404


def sample_city_id(city: Runtime) -> int:
    with city.read(None) as work:
        name = Unit.name == "六安市人民政府"
        return work.session.scalars(sa.select(Unit.id).where(name)).one()


def test_every_number_opens_as_many_as_it_says(city_desk: Desk) -> None:
    tree = html.fromstring(city_desk.client.get(PAGE).text)
    links = tree.xpath('//main//a[starts-with(@href, "/reports/2026/list")]')
    numbers = {
        link.get("href"): int(link.text_content())
        for link in links
        if link.text_content().isdigit()
    }
    assert len(numbers) > 100
    some = sorted(numbers)[:: len(numbers) // 30]
    some += [one for one in numbers if "by=" not in one]
    for href in dict.fromkeys(some):
        listed = city_desk.page(href)
        assert f"共 {numbers[href]} 件" in listed, href


def test_what_one_may_not_see_has_no_name_in_the_lists(
    city_desk: Desk, sample_city: Runtime, tmp_path: Path
) -> None:
    listing = f"/reports/2026/list?of=opinions&as_of={AS_OF}"
    assert "霍山县小水电有序退出补偿方案" in city_desk.page(listing)
    signer = desk_in(sample_city, tmp_path, "qian.li")
    page = signer.page(listing)
    assert "霍山县小水电有序退出补偿方案" not in page
    assert "（您无权查看）" in page
    assert "共 15 件" in page
    said = docx.Document(
        io.BytesIO(signer.content(f"/reports/2026.docx?as_of={AS_OF}"))
    )
    cells = {cell.text for table in said.tables for cell in table._cells}  # noqa: SLF001
    assert "霍山县小水电有序退出补偿方案" not in cells
    assert "六安市城区居民生活用水价格调整方案" in cells


def test_charts_hold_the_numbers_of_the_tables_below(city_desk: Desk) -> None:
    content = city_desk.content(f"/reports/2026.docx?as_of={AS_OF}")
    rows = [block.rows for block in read_blocks(content) if block.rows]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [name for name in file.namelist() if "/charts/" in name]
        assert len(names) == 7
        for name in names:
            chart = etree.fromstring(file.read(name))
            labels = points(chart.find(f".//{CHART}cat"))
            for one in chart.iter(f"{CHART}ser"):
                (title,) = points(one.find(f"{CHART}tx"))
                values = points(one.find(f"{CHART}val"))
                assert any(
                    (title, labels, values) == column
                    for table in rows
                    for column in columns(table, len(labels))
                ), (name, title)


def points(part: etree._Element | None) -> list[str]:
    assert part is not None
    return [value.text or "" for value in part.iter(f"{CHART}v")]


def columns(
    table: tuple[tuple[str, ...], ...], length: int
) -> list[tuple[str, list[str], list[str]]]:
    body = table[1 : length + 1]
    labels = [row[0].removeprefix("2026年") for row in body]
    return [
        (heading, labels, [row[place] for row in body])
        for place, heading in enumerate(table[0])
    ]


def test_a_report_asks_as_often_for_many(
    runtime: Runtime, desk: Desk, as_: As, cast: Cast
) -> None:
    enter_filings(as_, cast)
    desk.page("/reports/2026")
    with counted(runtime) as few:
        desk.page("/reports/2026")
    with as_(None) as work:
        for copy in range(1, 4):
            for one in FILINGS:
                Ledger(work, cast).enter(one, copy)
    with counted(runtime) as many:
        desk.page("/reports/2026")
    assert len(many) == len(few)


def test_programs_read_the_report_too(
    programs: Programs, sample_city: Runtime, city_desk: Desk, cast: Cast
) -> None:
    with sample_city.begin(None) as work:
        headers = {"Authorization": f"Bearer {make_token(work, 'jin.du')}"}
    address = f"/api/v1/reports/2026?as_of={AS_OF}&report=filing"
    one = body(city_desk.client.get(address, headers=headers))
    assert one["title"] == "六安市人民政府2026年备案审查工作情况的报告"
    found = {rate["id"]: rate for rate in one["figures"]["indicators"]}
    assert (found["I-1"]["value"], len(found["I-1"]["numerator_ids"])) == ("93.33", 14)
    assert {group["key"] for group in one["figures"]["groups"]} == {
        *("CITY", "COUNTY", "TOWN")
    }
    assert one["missing"] == ["典型案例", "存在的问题", "下一步工作"]
    assert re.search("到期应报备15件，已报备14件", one["chapters"][0]["paragraphs"][0])
    program = programs(cast.signer)
    assert fields(program.get("/reports/2026", as_of="2999-01-01")).keys() == {"as_of"}
    sentence(program.get("/reports/2026", report="none"), 404)
    sentence(programs(cast.drafter).get("/reports/2026"), 403)
