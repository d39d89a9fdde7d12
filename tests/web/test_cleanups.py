import io
from datetime import timedelta

import openpyxl
from flask import Flask

from reviewflow import clock
from tests.cast import Cast
from tests.conftest import As
from tests.papers import number_of, published
from tests.web.desk import Desk, file, place

TODAY = clock.beijing_date(clock.now())
STARTED = {
    "title": "年度清理",
    "basis": "通知",
    "reference_on": TODAY,
    "due_on": TODAY,
}


def test_a_campaign_goes_from_the_list_to_the_published_result(
    app: Flask, as_: As, cast: Cast
) -> None:
    kept, ended = published(as_, cast, TODAY), published(as_, cast, TODAY)
    office, drafter = Desk(app, "unit.legal"), Desk(app, "drafter")
    sent = {**STARTED, "organ_id": cast.units["housing"]}
    assert office.send("/cleanups/new", {**sent, "basis": ""}).status_code == 422
    address = place(office.send("/cleanups/new", sent))
    assert "等待提出意见：六安市住房和城乡建设局 2 件" in office.page(address)

    for item, result in ((1, "KEEP"), (2, "REPEAL")):
        said = {"proposal": result, "reason": "经评估确定。"}
        wrong = drafter.send(address, {}, f"/cleanups/items/{item}/answer")
        assert wrong.status_code == 422
        place(drafter.send(address, said, f"/cleanups/items/{item}/answer"))
        confirmed = {"proposal": result, "reason": ""}
        place(office.send(address, confirmed, f"/cleanups/items/{item}/confirm"))
    told = {"published_on": TODAY, "channel": "网站", "decision": "会议决定"}
    place(office.send(address, told, f"{address}/publish"))

    assert "年度清理" in drafter.page("/cleanups")
    assert "已公布" in drafter.page("/cleanups")
    book = openpyxl.load_workbook(io.BytesIO(drafter.get(f"{address}/table.xlsx").data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert [row[5] for row in rows[1:]] == ["继续有效", "予以废止"]
    assert "不再执行" in drafter.page(f"/library/{ended}")
    assert "不再执行" not in drafter.page(f"/library/{kept}")


def test_a_post_assessment_is_planned_and_finished_with_its_report(
    app: Flask, as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast, TODAY)
    office, drafter = Desk(app, "unit.legal"), Desk(app, "drafter")
    page = "/post-assessments"
    assert "还没有安排后评估的机关：市住建局" in office.page(page)
    plan = {
        "year": TODAY.year,
        "number": number_of(as_, document_id),
        "reason": "涉及面广。",
        "due_on": TODAY + timedelta(30),
    }
    assert office.send(page, {**plan, "number": "没有"}).status_code == 422
    assert place(office.send(page, plan)) == page
    result = {
        "year": TODAY.year,
        "conclusion": "KEEP",
        "summary": "执行较好。",
        "next_steps": "继续执行。",
        "done_on": TODAY,
    }
    assert drafter.send(page, result, f"{page}/1").status_code == 422
    whole = {**result, "report": file("评估报告.docx")}
    assert place(drafter.send(page, whole, f"{page}/1")) == page
    shown = drafter.page(page)
    assert "继续执行" in shown
    assert drafter.status(f"{page}/1/report") == 200


def settled(app: Flask, cast: Cast, *results: str) -> str:
    """Answer and confirm every document of a new campaign; return its address."""
    office, drafter = Desk(app, "unit.legal"), Desk(app, "drafter")
    sent = {**STARTED, "organ_id": cast.units["housing"]}
    address = place(office.send("/cleanups/new", sent))
    for item, result in enumerate(results, 1):
        said = {"proposal": result, "reason": "内部说明理由"}
        drafter.send(address, said, f"/cleanups/items/{item}/answer")
        office.send(address, said, f"/cleanups/items/{item}/confirm")
    return address


def test_everybody_reads_the_published_result_and_no_reasons(
    app: Flask, as_: As, cast: Cast
) -> None:
    kept, ended = published(as_, cast, TODAY), published(as_, cast, TODAY)
    address, stranger = settled(app, cast, "KEEP", "LAPSE"), app.test_client()
    assert stranger.get(f"/public{address}").status_code == 404
    assert address not in stranger.get("/public/cleanups").text
    told = {"published_on": TODAY, "channel": "网站", "decision": "会议决定"}
    place(Desk(app, "unit.legal").send(address, told, f"{address}/publish"))

    assert "/public/cleanups" in stranger.get("/public/library").text
    assert f"/public{address}" in stranger.get("/public/cleanups").text
    page = stranger.get(f"/public{address}").text
    assert page.index(f"/public/library/{kept}") < page.index("拟修改的文件目录")
    assert page.index("废止和宣布失效的文件目录") < page.index(
        f"/public/library/{ended}"
    )
    assert "内部说明理由" not in page
    assert "林晓" not in page
    table = stranger.get(f"/public{address}/table.xlsx").data
    sheets = openpyxl.load_workbook(io.BytesIO(table)).worksheets
    assert [sheet.max_row - 1 for sheet in sheets] == [1, 0, 1]
    said_there = [cell.value for row in sheets[2] for cell in row]
    assert "宣布失效" in said_there
    assert "内部说明理由" not in said_there
