"""Sending a yearly report, filling it in and taking its lists, by page and program."""

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from flask import Flask

from reviewflow.demo.roster import PASSWORD
from reviewflow.work import Runtime
from tests.bulletins import THEN
from tests.cast import Cast
from tests.conftest import AS_OF, settings_in
from tests.pages import new_app
from tests.steps import word_file
from tests.web.browser import sign_in
from tests.web.desk import Desk, file, place
from tests.web.program import Programs, body, fields, sentence

PAGE = "/reports/2025/sending"
SAID = {"receiver": "六安市人民政府", "sent_on": "2026-03-12", "way": "EXCHANGE"}


@pytest.fixture(autouse=True)
def day_of_the_example() -> Iterator[None]:
    """It is the day of the example."""
    with time_machine.travel(THEN, tick=False):
        yield


def form(cast: Cast, **said: object) -> dict[str, object]:
    first = {"report": "review", "read": "0", "paper": "ANEW"}
    return {**first, "organ": str(cast.units["city"]), **SAID, **said}


def test_what_was_sent_stays_what_it_was(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "signer")
    assert "逾期未登记" in desk.page("/reports")
    assert "还没有登记报送" in desk.page("/reports/2025")
    scan = file("盖章件.docx")
    number = "六司〔2026〕12号"
    sent = desk.send(PAGE, form(cast, number=number, file=scan))
    assert place(sent) == PAGE

    page = desk.page(PAGE)
    assert "签名有效，文件完好" in page
    assert number in desk.page("/reports/2025")
    links = sorted(desk.links(PAGE))
    (paper,) = [link for link in links if link.endswith("/paper.docx")]
    (kept,) = [link for link in links if link.endswith("/file")]
    before = desk.content(paper)
    assert hashlib.sha256(before).hexdigest() in page
    assert desk.content(kept) == word_file("第一条 为了规范停车。")

    words = {"passage": "cases", "text": "以后才写的一段话。"}
    desk.send("/reports/2025", form(cast, **words))
    assert desk.content(paper) == before
    corrected = form(cast, read="1", paper="KEEP", sent="yes", way="MAIL", reason="误")
    assert place(desk.send(PAGE, corrected)) == PAGE
    assert len([link for link in desk.links(PAGE) if "paper" in link]) == 2
    for link in (paper, kept):
        assert Desk(app, "drafter").status(link) == 404


def test_a_refused_form_keeps_what_was_typed(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "signer")
    late = {"sent_on": "2026-12-31", "number": "六司〔2026〕3号"}
    wrong = desk.send(PAGE, form(cast, **late, file=file("盖章件.docx")))
    assert wrong.status_code == 422
    assert "刚才选择的文件没有保存" in wrong.text
    assert "请填写报送日期" in wrong.text
    assert "六司〔2026〕3号" in wrong.text
    odd = desk.send(PAGE, form(cast, as_of="昨天"))
    assert (odd.status_code, "不能识别" in odd.text) == (422, True)
    assert place(desk.send(PAGE, form(cast))) == PAGE
    stale = desk.send(PAGE, form(cast))
    assert (stale.status_code, "已经登记过" in stale.text) == (409, True)
    assert 'id="record"' in desk.page("/reports/2024/sending")
    assert 'id="record"' not in Desk(app, "auditor").page("/reports/2024/sending")


def test_programs_fill_in_and_send_a_report(programs: Programs, cast: Cast) -> None:
    program, report = programs(cast.signer), "/reports/2025"
    of: dict[str, Any] = {"report": "review", "organ_id": cast.units["city"]}
    passage = {**of, "passage": "cases", "text": "某市拟设定罚款。"}
    first = body(program.post(f"{report}/passages", passage), 201)
    sentence(program.post(f"{report}/passages", {**passage, "text": "改"}), 409)
    again = {**passage, "text": "改过", "wording_id": first["wording_id"]}
    assert body(program.post(f"{report}/passages", again, "key"), 201)["text"] == "改过"
    assert body(program.post(f"{report}/passages", again, "key"), 201)["text"] == "改过"

    assert body(program.get(report))["sent"] is None
    wrong = program.send(f"{report}/sendings", **of, **{**SAID, "way": ""})
    assert fields(wrong).keys() == {"way"}
    scan = (io.BytesIO(word_file("盖章件")), "盖章件.docx")
    sent = body(program.send(f"{report}/sendings", **of, **SAID, file=scan), 201)
    assert body(program.get(report))["sent"]["sent_on"] == "2026-03-12"
    gone: dict[str, Any] = {
        "replaces_id": sent["id"],
        "reason": "没有送出",
        "sent": "false",
    }
    body(program.send(f"{report}/sendings", **of, **gone), 201)
    listed = body(program.get(f"{report}/sendings"))["items"]
    assert [one["sent_on"] for one in listed] == [None, "2026-03-12"]
    assert [one["flaws"] for one in listed] == [[], []]
    for name in ("paper", "file"):
        with program.get(f"/report-sendings/{sent['id']}/{name}") as answer:
            digest = hashlib.sha256(answer.get_data()).hexdigest()
        assert digest == sent[f"{name}_sha256"]
    sentence(programs(cast.drafter).get(f"{report}/sendings"), 403)


def test_the_workbook_has_a_sheet_for_every_number(
    sample_city: Runtime, tmp_path: Path
) -> None:
    desk = object.__new__(Desk)
    app = new_app(settings_in(tmp_path / "city"), sample_city)
    desk.client = app.test_client()
    sign_in(desk.client, "qian.li", PASSWORD)
    asked = f"?report=filing&as_of={AS_OF}"

    content = desk.content(f"/reports/2026/lists.xlsx{asked}")
    contents, *sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    lines = [[cell.value for cell in row] for row in contents][1:]
    assert [line[0] for line in lines] == [sheet.title for sheet in sheets]
    assert [line[4] for line in lines] == [sheet.max_row - 1 for sheet in sheets]
    told = {tuple(line[1:4]): line[4] for line in lines}
    due = ("到期应报备", "2026年", "政府系统")
    assert told[due] == 15
    page = desk.page(f"/reports/2026{asked}")
    named = set(re.findall(r"/reports/2026/list\?[^\"]*of=([\w-]+)", page))
    assert len({line[1] for line in lines}) == len(named)

    one = desk.content(f"/reports/2026/list.xlsx{asked}&of=due&by=level&key=CITY")
    first, scope = openpyxl.load_workbook(io.BytesIO(one)).worksheets
    assert first.max_row - 1 == 8
    assert "到期应报备（市本级）" in [row[1].value for row in scope]
