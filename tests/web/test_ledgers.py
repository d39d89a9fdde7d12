"""历史台账 as people bring it in: the template, what is wrong, what came of it."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook

from reviewflow.job_kinds import KINDS, run_waiting_jobs
from reviewflow.model.job import Job
from reviewflow.usecases.job_runs import Finish, Tell
from reviewflow.work import Runtime
from tests.broken_files import Row, file_of, sheet
from tests.ledgers import HEADINGS, NOW, duty_of, plain_row
from tests.web.desk import Desk, place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def sent(*rows: Row) -> dict[str, object]:
    return {"sheet": (file_of(sheet(rows, HEADINGS)), "台账.xlsx")}


def entered(app: Flask, runtime: Runtime, *rows: Row) -> Desk:
    """Let the housing bureau's filer bring in a ledger."""
    filer = Desk(app, "department.filer")
    job = place(filer.send("/ledgers", sent(*rows)))
    assert "正在导入历史台账" in filer.page(job)
    assert run_waiting_jobs(runtime) == 1
    assert place(filer.get(job)) == "/ledgers"
    return filer


def test_what_is_wrong_with_a_ledger_is_said(app: Flask) -> None:
    filer = Desk(app, "department.filer")
    refused = filer.send("/ledgers", sent(plain_row(), plain_row(2, 类别="通知")))
    assert refused.status_code == 422
    assert "台账有 1 处需要更正，没有导入任何一行" in refused.text
    assert "<strong>第 3 行“类别”</strong>：没有“通知”这种类别" in refused.text
    assert "还没有导入过台账" in refused.text
    assert "请先选择要导入的台账" in filer.send("/ledgers", {}).text


def test_how_far_the_checking_is_can_be_seen(
    app: Flask, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    filer = Desk(app, "department.filer")
    job_page = place(filer.send("/ledgers", sent(*map(plain_row, (1, 2, 3)))))
    kind, pages = KINDS["import_ledger"], []

    def looked_at(opened: Runtime, job: Job, tell: Tell) -> Finish:
        def tell_and_look(done: int, total: int) -> None:
            tell(done, total)
            pages.append(filer.page(job_page))

        return kind.prepare(opened, job, tell_and_look)

    monkeypatch.setitem(KINDS, "import_ledger", replace(kind, prepare=looked_at))
    assert run_waiting_jobs(runtime) == 1
    assert ["已核对 1 行，共 3 行" in page for page in pages] == [True, False, False]
    assert ["已核对 2 行，共 3 行" in page for page in pages] == [False, True, False]
    assert ["正在写入" in page for page in pages] == [False, False, True]
    assert "补录 3 件" in filer.page("/ledgers")


def test_what_came_from_a_ledger_is_marked(app: Flask, runtime: Runtime) -> None:
    reviewed = plain_row(审查日期="2024-02-01", 审查结论="合法")
    filer = entered(app, runtime, reviewed, plain_row(2))
    text = filer.page("/ledgers")
    assert "已补录 2 件。" in text
    assert "补录 2 件" in text
    assert "还没有导入过台账" in Desk(app, "filer").page("/ledgers")

    mark, told = "按历史台账“台账.xlsx”第 2 行录入", "2024年2月1日，结论为合法"
    for path in (f"/filings/{duty_of(runtime, 1)}", "/library/1"):
        assert mark in filer.page(path)
        assert told in filer.page(path)
    stranger = Desk(app, "other.drafter").page("/library/1")
    assert mark in stranger
    assert told not in stranger


def test_lists_and_records_tell_it_apart(app: Flask, runtime: Runtime) -> None:
    filer = entered(app, runtime, plain_row(), plain_row(2))
    for path in ("/filings", "/library"):
        assert filer.page(path).count('<span class="tag">补录</span>') == 2
    assert "2024年3月20日　由" in filer.page(f"/filings/{duty_of(runtime, 1)}")
    assert "按历史台账补录" in filer.page("/cases/1/history")
    assert "其中补录" in filer.page("/statistics/list?of=backfilled")


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
