"""历史台账 as people bring it in: the template, what is wrong, what came of it."""

import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook

from reviewflow.usecases.job_runs import run_waiting_jobs
from reviewflow.work import Runtime
from tests.ledgers import NOW, Row, duty_of, file_of, plain_row, sheet
from tests.web.desk import Desk, place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def sent(*rows: Row) -> dict[str, object]:
    return {"sheet": (file_of(sheet(rows)), "台账.xlsx")}


def test_a_ledger_is_checked_and_then_entered(app: Flask, runtime: Runtime) -> None:
    filer = Desk(app, "department.filer")
    refused = filer.send("/ledgers", sent(plain_row(), plain_row(2, 类别="通知")))
    assert refused.status_code == 422
    assert "台账有 1 处需要更正，没有导入任何一行" in refused.text
    assert "<strong>第 3 行“类别”</strong>：没有“通知”这种类别" in refused.text
    assert "还没有导入过台账" in refused.text
    assert "请先选择要导入的台账" in filer.send("/ledgers", {}).text

    job = place(filer.send("/ledgers", sent(plain_row(), plain_row(2))))
    assert "正在导入历史台账" in filer.page(job)
    assert run_waiting_jobs(runtime) == 1
    assert place(filer.get(job)) == "/ledgers"
    text = filer.page("/ledgers")
    assert "已补录 2 件。" in text
    assert "补录 2 件" in text

    mark = "按历史台账“台账.xlsx”第 2 行录入"
    page = filer.page(f"/filings/{duty_of(runtime, 1)}")
    assert mark in page
    assert "2024年3月20日　由" in page
    assert mark in filer.page("/library/1")
    for path in ("/filings", "/library"):
        assert filer.page(path).count('<span class="tag">补录</span>') == 2
    assert "按历史台账补录" in filer.page("/cases/1/history")
    assert "其中补录" in filer.page("/statistics/list?of=backfilled")
    assert "还没有导入过台账" in Desk(app, "filer").page("/ledgers")


def test_the_template_has_the_columns_and_what_they_mean(
    app: Flask, runtime: Runtime
) -> None:
    admin = Desk(app, "admin")
    book = load_workbook(io.BytesIO(admin.get("/ledgers/template.xlsx").data))
    page, told = book.worksheets
    headings = [cell.value for cell in page[1]]
    assert [row[0].value for row in told.iter_rows(min_row=2)] == headings
    page.append([plain_row().get(str(heading)) for heading in headings])

    filled = {"sheet": (file_of(book), "台账.xlsx")}
    admin.send("/ledgers", filled)
    run_waiting_jobs(runtime)
    assert "补录 1 件" in admin.page("/ledgers")
