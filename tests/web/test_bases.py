"""The tab 条文依据: by hand and by sheet, without script."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask

from reviewflow import passwords
from reviewflow.model.people import Role
from reviewflow.queries.bases import latest_draft
from reviewflow.usecases.bases import add_basis, remove_basis
from reviewflow.usecases.people import add_user
from reviewflow.work import Runtime
from tests.bases import ARTICLES, LAW, OWN, REST, drafted, enter, hand_in
from tests.cast import PASSWORD, Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import new_case
from tests.web.desk import Desk, place
from tests.web.statements import counted

CSV = "条款,条文内容,依据名称及条款,依据原文,说明\n"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def page(as_: As, cast: Cast) -> str:
    """Where the table of a case with three provisions is."""
    return f"/cases/{drafted(as_, cast)}/bases"


def row_of(desk: Desk, page: str) -> str:
    """Return the address of the only row."""
    (address,) = (
        link
        for link in desk.links(page)
        if link.startswith(f"{page}/") and link.rpartition("/")[2].isdigit()
    )
    return address


def test_a_row_is_entered_changed_and_taken_out(app: Flask, page: str) -> None:
    desk = Desk(app, "drafter")
    assert "3 条还没有填写依据" in desk.page(page)
    form = f"{page}/new?clause=2条"
    shown = desk.page(form)
    assert "新建建筑物应当配建停车位。" in shown
    assert '<option value="第二条" selected>' in shown
    refused = desk.send(form, {**LAW, "quote": ""}, to=f"{page}/new")
    assert (refused.status_code, "请填写依据原文" in refused.text) == (422, True)
    assert LAW["source"] in refused.text, "what was typed is kept"

    assert place(desk.send(form, LAW, to=f"{page}/new")) == page

    shown = desk.page(page)
    assert "2 条还没有填写依据" in shown
    assert LAW["source"] in shown
    row = row_of(desk, page)
    assert LAW["quote"] in desk.page(row)
    refused = desk.send(row, {**LAW, "clause": "第九条"})
    assert "最新草案中没有第九条" in refused.text
    assert place(desk.send(row, {**LAW, "note": "标准由本市规定。"})) == page
    stale = desk.send(page, LAW, to=row)
    assert (stale.status_code, "更改或者删除" in stale.text) == (409, True)
    assert desk.status(row) == 409

    assert place(desk.send(page, {}, to=f"{row_of(desk, page)}/removal")) == page

    assert "3 条还没有填写依据" in desk.page(page)


def test_what_stood_there_before_is_shown_and_recorded(
    app: Flask, as_: As, cast: Cast, page: str
) -> None:
    case_id = int(page.split("/")[2])
    (row,) = enter(as_, cast, case_id, LAW)
    desk = Desk(app, "drafter")
    assert "此前的内容" not in desk.page(page)
    desk.send(page, {**LAW, "note": "标准由本市规定。"}, to=f"{page}/{row}")
    desk.send(page, {}, to=f"{row_of(desk, page)}/removal")

    shown, before = desk.page(page).split("此前的内容", 1)

    assert LAW["source"] not in shown
    assert before.count(LAW["source"]) == 2, "as it was, and as it was changed"
    history = desk.page(page.replace("/bases", "/history?about=documents"))
    for words in ("填写条文依据", "第二条：细化性", "更改条文依据", "删除条文依据"):
        assert words in history


def test_a_sheet_is_refused_whole_and_then_taken_and_laid(
    app: Flask, page: str
) -> None:
    desk = Desk(app, "drafter")
    nothing = desk.send(page, {}, to=f"{page}/sheet")
    assert (nothing.status_code, "请先选择" in nothing.text) == (422, True)
    wrong = f"{CSV}第一条,,甲,,执行性\n第八条,,甲,乙,参照\n"
    sent = {"sheet": (io.BytesIO(wrong.encode()), "表.csv")}
    refused = desk.send(page, sent, to=f"{page}/sheet")
    assert refused.status_code == 422
    for words in (
        "表格有 3 处需要更正，没有导入任何一行。",
        "第 2 行“依据原文”",
        "第 3 行“条款”",
    ):
        assert words in refused.text
    early = desk.send(page, {}, to=f"{page}/table")
    assert (early.status_code, "还没有依据" in early.text) == (409, True)

    right = f"{CSV}第一条,,甲,乙,执行性\n第二条,,甲,乙,细化性\n第三条,,,,自设：丙\n"
    sent = {"sheet": (io.BytesIO(right.encode()), "表.csv")}
    assert place(desk.send(page, sent, to=f"{page}/sheet")) == page
    assert "存入送审材料</button>" in desk.page(page)

    materials = page.replace("/bases", "/materials")
    assert place(desk.send(page, {}, to=f"{page}/table")) == materials

    assert "条文依据对照表.docx" in desk.page(materials)
    assert "已存入送审材料，与本页一致" in desk.page(page)
    desk.send(page, {**OWN, "note": "另一个理由。"}, to=f"{page}/new")
    assert "存入以后，依据又有改动" in desk.page(page)
    assert "早于" in desk.page(materials)


def test_after_a_new_draft_the_page_says_what_to_look_at(
    app: Flask, as_: As, cast: Cast, page: str
) -> None:
    case_id = int(page.split("/")[2])
    enter(as_, cast, case_id, *REST, LAW)
    moved = ARTICLES[1].replace("二", "三")
    hand_in(as_, cast, case_id, ARTICLES[0].replace("秩序", "行为"), moved)
    desk = Desk(app, "drafter")

    shown = desk.page(page)

    for words in (
        "有 3 行的条文有变化",
        "条文已修改，请核对",
        "同样的条文现在是第三条",
        "把 1 行移到新的条号",
    ):
        assert words in shown
    assert "施行日期由制定机关确定" in shown, "its own text is gone, the row is not"
    confirm = next(one for one in desk.links(page) if one.endswith("/confirmation"))
    assert place(desk.send(page, {}, to=confirm)) == page
    assert place(desk.send(page, {}, to=f"{page}/moves")) == page
    assert "有 1 行的条文有变化" in desk.page(page)


def test_files_are_given_and_reviewers_read_without_forms(
    app: Flask, as_: As, cast: Cast, page: str
) -> None:
    enter(as_, cast, int(page.split("/")[2]), LAW)
    auditor = Desk(app, "auditor")
    shown = auditor.page(page)
    assert LAW["source"] in shown
    assert all(word not in shown for word in ("添加依据", "删除<", "导入依据"))
    assert auditor.status(f"{page}/new") == 403
    with (
        auditor.get(f"{page}/table.docx") as answer,
        ZipFile(io.BytesIO(answer.data)) as file,
    ):
        assert LAW["source"] in file.read("word/document.xml").decode()
    assert auditor.status(f"{page}/table.xlsx") == 200
    assert Desk(app, "other.drafter").status(page) == 404


def test_where_there_is_no_draft_the_page_says_so(
    app: Flask, as_: As, cast: Cast
) -> None:
    page = f"/cases/{new_case(as_, cast)}/bases"
    assert "还没有上传草案" in Desk(app, "drafter").page(page)


def colleague(as_: As, cast: Cast, number: int) -> int:
    """Return somebody else who drafts in the unit."""
    password = passwords.accepted(PASSWORD, "")
    with as_(cast.admin) as work:
        posts = [(Role.DRAFTER, cast.units["housing"])]
        user = add_user(work, f"writer.{number}", f"起草{number}", password, posts)
        work.session.flush()
        return user.id


def test_many_rows_of_many_people_take_no_more_statements(
    app: Flask, runtime: Runtime, as_: As, cast: Cast, page: str
) -> None:
    desk, numbers, case_id = Desk(app, "drafter"), [], int(page.split("/")[2])
    for batch in (range(1), range(1, 5)):
        for number in batch:
            writer, remover = (colleague(as_, cast, n) for n in (number, -number - 1))
            with as_(writer) as work:
                draft = latest_draft(work, case_id)
                for note in ("甲", "乙"):
                    said = {**LAW, "note": f"{note}{number}"}
                    row = add_basis(work, case_id, said, draft)
                work.session.flush()
                row_id = row.id
            with as_(remover) as work:
                remove_basis(work, case_id, row_id)
        assert f"起草{batch[-1]}" in desk.page(page)
        with counted(runtime) as sent:
            desk.page(page)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]
