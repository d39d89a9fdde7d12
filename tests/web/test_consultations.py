"""The tab 征求意见: the drafting unit works off what the public said."""

import io
from collections.abc import Iterator

import docx
import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook

from reviewflow.comments.sheets import HEADINGS
from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.usecases.consultations import Answer
from reviewflow.work import Runtime
from tests.asking import (
    FEE,
    LETTER,
    answer_all,
    asked_case,
    group_all,
    homes,
    say,
    write,
)
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import do_next, new_case, open_steps
from tests.web.desk import Desk, place

SCREENED = {"operators_heard": "均无异议。", "screening": "未发现排除、限制竞争。"}
GREEN = "绿化带应当保留，不要改成停车位。"
ROW = "朱红梅,13800138000,公众,第8条,停车费太高了,2026-02-25"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


@pytest.fixture
def page(case_id: int) -> str:
    """The address of its tab."""
    return f"/cases/{case_id}/consultations"


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The drafter's desk."""
    return Desk(app, "drafter")


def table(*rows: str) -> tuple[io.BytesIO, str]:
    text = "\r\n".join([",".join(HEADINGS), *rows])
    return io.BytesIO(text.encode("utf-8-sig")), "意见.csv"


def test_the_tab_belongs_to_kinds_that_ask_the_public(
    desk: Desk, as_: As, cast: Cast, page: str
) -> None:
    assert page in desk.links(page.removesuffix("/consultations"))
    fresh = new_case(as_, cast)
    assert "尚未征求意见。" in desk.page(f"/cases/{fresh}/consultations")


def test_a_letter_is_entered_and_grouped_and_answered(
    desk: Desk, runtime: Runtime, as_: As, case_id: int, page: str
) -> None:
    assert place(desk.send(page, LETTER, to=f"{page}/comments")) == page
    assert "1 条意见还没有归类" in desk.page(page)
    job = place(desk.send(page, {}, to=f"{page}/grouping"))
    assert "已经提交，即将开始。" in desk.page(job)
    run_waiting_jobs(runtime)
    assert place(desk.get(job)) == page
    assert "已比对 1 条意见，归类 1 条，新增 1 组。" in desk.page(page)
    (group_id,) = set(homes(as_, case_id))

    said = {"group": group_id, f"adoption-{group_id}": "NONE"}
    refused = desk.send(page, said, to=f"{page}/answers")
    assert refused.status_code == 422
    assert "部分采纳或者未采纳的，请写明理由。" in refused.text
    said[f"reason-{group_id}"] = "上位法另有规定。"
    assert place(desk.send(page, said, to=f"{page}/answers?of=NEW")) == page

    assert "已保存 1 组答复。" in desk.page(f"{page}?of=NONE")
    assert "上位法另有规定。" in desk.page(f"{page}?of=NONE")
    assert "没有符合条件的意见组。" in desk.page(f"{page}?of=NEW")


def test_what_is_wrong_in_a_letter_is_said_and_kept(desk: Desk, page: str) -> None:
    typed = {**LETTER, "received_on": "2026-03-09", "channel": ""}
    refused = desk.send(page, typed, to=f"{page}/comments")
    assert refused.status_code == 422
    assert "收到日期不能晚于今天。" in refused.text
    assert "请选择收到意见的方式。" in refused.text
    assert FEE in refused.text


def test_names_are_for_the_unit_and_reviewers_only(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = asked_case(as_, cast, {"involves_business": "yes"})
    do_next(as_, cast, case_id, "screen_competition", **SCREENED)
    write(as_, cast, case_id)
    (group_id,) = group_all(as_, cast, case_id)
    page = f"/cases/{case_id}/consultations"
    for who in ("drafter", "unit.head", "auditor"):
        shown = Desk(app, who).page(f"{page}/groups/{group_id}")
        assert "朱红梅" in shown
        assert "13800138000" in shown

    shown = Desk(app, "competition").page(f"{page}/groups/{group_id}")

    assert "公众（朱**）" in shown
    assert "朱红梅" not in shown
    assert "13800138000" not in shown
    for path in (page, f"{page}/groups/{group_id}", f"{page}/table.xlsx"):
        assert Desk(app, "other.drafter").status(path) == 404


def test_a_table_is_imported_once(desk: Desk, as_: As, case_id: int, page: str) -> None:
    for said in ("已导入 2 条意见。", "已导入 0 条意见；2 条此前已经导入"):
        sent = {"sheet": table(ROW, f"{ROW[:-2]}24")}
        assert place(desk.send(page, sent, to=f"{page}/sheet")) == page
        assert said in desk.page(page)
    assert len(homes(as_, case_id)) == 2


def test_findings_in_a_table_are_shown_by_row_and_column(
    desk: Desk, as_: As, case_id: int, page: str
) -> None:
    sent = {"sheet": table(ROW, ",,外星,,有意见,昨天")}
    refused = desk.send(page, sent, to=f"{page}/sheet")
    assert refused.status_code == 422
    for words in ("2 处需要更正", "第 3 行“来源”", "第 3 行“收到日期”"):
        assert words in refused.text
    assert homes(as_, case_id) == []


@pytest.mark.parametrize("name", ["", "意见.doc", "意见.xlsx"])
def test_what_is_no_table_is_refused(desk: Desk, page: str, name: str) -> None:
    sent = {"sheet": (io.BytesIO(b"no table"), name)}
    refused = desk.send(page, sent, to=f"{page}/sheet")
    assert refused.status_code == 422
    assert 'class="error"' in refused.text


def test_the_template_can_be_filled_in_and_imported(
    desk: Desk, as_: As, case_id: int, page: str
) -> None:
    with desk.get(f"{page}/template.xlsx") as answer:
        book = load_workbook(io.BytesIO(answer.data))
    book.worksheets[0].append(ROW.split(","))
    stream = io.BytesIO()
    book.save(stream)
    sent = {"sheet": (io.BytesIO(stream.getvalue()), "意见.xlsx")}
    assert place(desk.send(page, sent, to=f"{page}/sheet")) == page
    assert len(homes(as_, case_id)) == 1


def test_a_comment_is_put_elsewhere(
    desk: Desk, as_: As, cast: Cast, case_id: int, page: str
) -> None:
    comment_id = write(as_, cast, case_id)
    say(as_, case_id, GREEN)
    one, green = group_all(as_, cast, case_id)
    here = f"{page}/groups/{one}"
    for to, sentence in (("", "请填写要移到的组号。"), ("9", "没有这一组")):
        moved = {"comment_id": comment_id, "to": to, "act": "move"}
        refused = desk.send(here, moved)
        assert refused.status_code == 422
        assert sentence in refused.text
    moved = {"comment_id": comment_id, "to": "2", "act": "move"}
    assert place(desk.send(here, moved)) == f"{page}/groups/{green}"
    assert homes(as_, case_id) == [green, green]


def test_the_table_goes_out_masked_and_into_the_dossier(
    desk: Desk, as_: As, cast: Cast, case_id: int, page: str
) -> None:
    write(as_, cast, case_id, text="=HYPERLINK(1)，我是朱红梅，电话13800138000")
    answer_all(as_, cast, case_id, Answer("FULL", ""))

    with desk.get(f"{page}/table.xlsx") as answer:
        cells = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows())
    row = [cell.value for cell in cells[1]]
    assert [cell.value for cell in cells[0]][3:] == [
        *("意见内容", "对应条款", "采纳情况", "理由", "件数")
    ]
    assert row[:3] == [1, "公众（朱**）", "来信"]
    assert row[3] == "=HYPERLINK(1)，我是朱**，电话（号码已隐去）"
    assert cells[1][3].data_type == "s"
    with desk.get(f"{page}/table.docx") as answer:
        paper = docx.Document(io.BytesIO(answer.data))
    said = "".join(c.text for r in paper.tables[0].rows for c in r.cells)
    assert "公众（朱**）" in said
    assert "朱红梅" not in said
    assert "六安市农村自建房屋安全管理办法" in paper.paragraphs[1].text

    dossier = f"/cases/{case_id}/materials"
    assert place(desk.send(page, {}, to=f"{page}/table")) == dossier
    assert "征求意见采纳情况表.docx" in desk.page(dossier)
    assert "close_consultation" in open_steps(as_, case_id)
