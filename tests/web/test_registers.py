"""台账: rows one may see, columns of one's own, and a workbook without formulas."""

import io
import re

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from reviewflow.model.column_set import ColumnSet
from reviewflow.model.hearing import Hearing
from reviewflow.register_columns import registers as known_registers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS
from tests.queries.reviews_world import REVIEWS, Reviews, day, enter_reviews
from tests.web.desk import Desk, place
from tests.web.program import Programs
from tests.web.statements import counted

REGISTER = "/registers/reviews"
CHOSEN = "title,net,total,conclusion,findings,adopted"
SETS = "/registers/sets"


@pytest.fixture
def world(runtime: Runtime, cast: Cast) -> Reviews:
    return enter_reviews(runtime, cast)


@pytest.fixture
def auditor(app: Flask, world: Reviews) -> Desk:
    assert world.ids
    return Desk(app, "auditor")


def shown(page: str) -> list[list[str]]:
    """Return the headings and rows of the list on a page."""
    table = page.partition('class="table stack register"')[2].partition("</table>")[0]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]


def sheet(content: bytes) -> list[list[object]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def grow(world: Reviews, first: int, last: int) -> None:
    """Enter more of everything: duties to file, reviews, decisions on hearings."""
    with world.runtime.begin(None) as work:
        for filing in FILINGS[first:last]:
            Ledger(work, world.cast).enter(filing)
        for case_id in world.ids[first:last]:
            told = {"is_held": True, "reason": "涉及公众利益"}
            decided = Hearing(case_id=case_id, **told, decided_by_id=world.cast.drafter)
            decided.held_on = day("06-01")
            work.session.add(decided)
    for review in REVIEWS[first:last]:
        world.enter(review)


def test_a_register_says_what_happened(auditor: Desk) -> None:
    page = auditor.page(f"{REGISTER}?columns={CHOSEN}")
    head, *rows = shown(page)

    assert head[:3] == ["文件名称", "净用时（工作日）", "总用时（工作日）"]
    found = {row[0]: row[1:] for row in rows}
    assert len(found) == 11
    assert found["第10件办法"] == ["9", "14", "应当予以修改", "1", "1"]
    assert found["第2件办法"] == ["3", "3", "应当予以修改", "2", "1"]
    assert found["第11件办法"] == ["—", "—", "—", "—", "—"]  # taken back
    may = shown(auditor.page(f"{REGISTER}?from=2026-05-01&to=2026-05-31"))
    assert len(may) == 6
    assert auditor.status(f"{REGISTER}?from=2026-13-01&unit=甲") == 422
    assert auditor.status("/registers/nothing") == 404


def test_one_sees_only_rows_one_may_see(app: Flask, world: Reviews) -> None:
    assert world.ids
    drafter = shown(Desk(app, "drafter").page(f"{REGISTER}?columns=unit"))
    assert len(drafter) == 12  # the world says she drafted all
    assert shown(Desk(app, "other.drafter").page(REGISTER)) == []


def test_the_workbook_is_the_page_and_holds_no_formula(auditor: Desk) -> None:
    asked = f"columns={CHOSEN}&from=2026-03-01&to=2026-03-31"
    head, *rows = shown(auditor.page(f"{REGISTER}?{asked}"))
    content = auditor.content(f"{REGISTER}/table.xlsx?{asked}")

    book = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = list(book.iter_rows())
    written = [["—" if c.value is None else str(c.value) for c in row] for row in cells]
    assert written == [head, *rows]
    (formula,) = [row[0] for row in cells if row[0].value == "=1+1"]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)


def test_programs_read_what_the_page_shows(
    auditor: Desk, programs: Programs, cast: Cast
) -> None:
    head, *rows = shown(auditor.page(f"{REGISTER}?columns={CHOSEN}"))
    asked = f"/registers/reviews?columns={CHOSEN}&limit=4&offset=2"
    body = programs(cast.auditor).get(asked).get_json()
    assert [column["heading"] for column in body["columns"]] == head
    told = [list(item["values"].values()) for item in body["items"]]
    assert [["—" if v is None else str(v) for v in row] for row in told] == rows[2:6]
    assert body["total"] == 11
    assert "offset=6" in body["next"]
    assert programs(cast.auditor).get("/registers/nothing").status_code == 404


def test_a_set_of_columns_is_kept_replaced_and_given_up(
    app: Flask, auditor: Desk, as_: As
) -> None:
    kept = {"name": " 季度  报表 ", "columns": "total,title"}
    address = place(auditor.send(REGISTER, kept, f"{REGISTER}/sets"))
    assert address == REGISTER
    again = {"name": "季度 报表", "columns": "title,total,nothing"}
    auditor.send(REGISTER, again, f"{REGISTER}/sets")
    with as_(None) as work:
        (row,) = work.session.scalars(sa.select(ColumnSet))
        set_id, columns = row.id, row.columns
    assert columns == ["title", "total"]

    page = auditor.page(f"{REGISTER}?set={set_id}")
    assert shown(page)[0] == ["文件名称", "总用时（工作日）"]
    assert "季度 报表" in page
    stranger = Desk(app, "handler")
    assert stranger.status(f"{REGISTER}?set={set_id}") == 404
    assert stranger.send(REGISTER, {}, f"{SETS}/{set_id}/deletion").status_code == 404
    assert auditor.status(f"/registers/filings?set={set_id}") == 404

    assert place(auditor.send(REGISTER, {}, f"{SETS}/{set_id}/deletion")) == REGISTER
    assert auditor.status(f"{REGISTER}?set={set_id}") == 404


def test_administrators_keep_columns_for_everybody(
    app: Flask, auditor: Desk, as_: As
) -> None:
    shared = {"name": "上报", "columns": "title", "shared": "yes"}
    refused = auditor.send(REGISTER, shared, f"{REGISTER}/sets")
    assert refused.status_code == 403
    admin = Desk(app, "admin")
    admin.send(REGISTER, shared, f"{REGISTER}/sets")
    with as_(None) as work:
        set_id = work.session.scalars(sa.select(ColumnSet.id)).one()

    assert "上报（共用）" in auditor.page(REGISTER)
    assert shown(auditor.page(f"{REGISTER}?set={set_id}"))[0] == ["文件名称"]
    assert auditor.send(REGISTER, {}, f"{SETS}/{set_id}/deletion").status_code == 403
    assert place(admin.send(REGISTER, {}, f"{SETS}/{set_id}/deletion")) == REGISTER


def test_columns_are_chosen_by_their_places(auditor: Desk) -> None:
    places = "place-title=2&place-net=1&place-total=&to=2026-12-31"
    answer = auditor.get(f"{REGISTER}?{places}")
    assert answer.headers["Location"] == f"{REGISTER}?to=2026-12-31&columns=net,title"
    wrong = auditor.get(f"{REGISTER}?place-title=甲")
    assert wrong.status_code == 422
    assert "“甲”不是序号" in wrong.text
    assert 'value="甲"' in wrong.text
    nameless = auditor.send(REGISTER, {"columns": "net"}, f"{REGISTER}/sets")
    assert nameless.status_code == 422
    assert "请填写方案名称" in nameless.text
    for name, sentence in (("季\x00度", "不能显示的字符"), ("长" * 31, "不超过 30 字")):
        form = {"name": name, "columns": "net"}
        refused = auditor.send(REGISTER, form, f"{REGISTER}/sets")
        assert refused.status_code == 422
        assert sentence in refused.text


@pytest.mark.parametrize("name", list(known_registers()))
def test_every_register_can_be_read_in_so_many_statements(
    name: str, runtime: Runtime, auditor: Desk, world: Reviews
) -> None:
    every = ",".join(column.id for column in known_registers()[name].columns)
    path, sent = f"/registers/{name}?columns={every}", []
    for first, last in ((0, 3), (3, 9)):
        grow(world, first, last)
        auditor.page(path)
        with counted(runtime) as statements:
            auditor.page(path)
        sent.append(len(statements))
    assert sent[0] == sent[1]
    assert sent[0] < 35
    assert len(shown(auditor.page(path))) > (1 if name == "counsels" else 8)
    rows = sheet(auditor.content(f"/registers/{name}/table.xlsx?columns={every}"))
    assert rows[0] == [column.heading for column in known_registers()[name].columns]
