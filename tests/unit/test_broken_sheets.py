"""Files nobody can take, in every import of tables: refused before anything is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pytest

from reviewflow.comments.sheets import HEADINGS as COMMENTS
from reviewflow.errors import Invalid
from reviewflow.usecases.basis_forms import HEADINGS as BASES
from reviewflow.usecases.basis_sheets import read_sheet
from reviewflow.usecases.comments import read_table
from reviewflow.usecases.ledgers import read_ledger
from reviewflow.usecases.reconciliations import read_list
from tests.broken_files import Row, Sample, broken_files
from tests.ledgers import HEADINGS as LEDGER
from tests.ledgers import plain_row

LIST = ("文件名称", "文号", "公布日期", "制定机关")


def listed(number: int) -> Row:
    return dict.fromkeys(LIST, f"第{number}号")


def comment(number: int) -> Row:
    return dict.fromkeys(COMMENTS, f"第{number}条意见")


def basis(number: int) -> Row:
    return dict.fromkeys(BASES, f"第{number}条")


@dataclass(frozen=True)
class Import:
    """What reads tables, a table that is right, and what it says of its own."""

    read: Callable[[str, BinaryIO], Sequence[object]]
    sample: Sample
    nothing: str
    takes: tuple[str, ...] = ()
    """What is broken only once somebody has said which column is what."""


IMPORTS = {
    "ledger": Import(
        read_ledger, Sample(LEDGER, plain_row), "表格里没有文件，请从第 2 行起"
    ),
    "list": Import(
        read_list, Sample(LIST, listed), "第一行写各列的名称", ("wrong header",)
    ),
    "comments": Import(
        read_table,
        Sample(COMMENTS, comment, "意见内容", "收到日期", "来源"),
        "没有意见，请从第 2 行起",
    ),
    "bases": Import(
        read_sheet,
        Sample(BASES, basis, "条文内容", "依据名称及条款", "条款"),
        "没有依据，请从第 2 行起",
    ),
}
SAID = {
    # what is broken: what is told of the whole file
    "wrong header": "列，请按模板填写表头",
    "100 k rows": "请分成几个文件",
    "empty file": "文件是空的，请重新选择",
    "password": "请取消密码",
    "broken file": "请重新保存",
    "half a file": "请重新保存",
    "no table": "仅接受 xlsx 或 csv",
    "old format": "仅接受 xlsx 或 csv",
    "unknown script": "另存为",
    "another script": "另存为",
    "open quote": "引号没有成对",
}
WITHOUT_HEADINGS = ("header below", "another sheet first", "empty text", "semicolons")
CELLS = {
    # what is broken: the row, and what is told of the cell
    "merged cells": (2, "请取消合并"),
    "formula": (3, "选择性粘贴"),
    "error value": (3, "是错误值，请填写"),
}
KINDS = broken_files(IMPORTS["list"].sample).keys()


def told(of: Import, kind: str) -> tuple[str, str]:
    """Return where something is told, and what."""
    sample = of.sample
    if kind in CELLS:
        row, words = CELLS[kind]
        return sample.place(sample.maker if row == 2 else sample.day, row), words
    if kind in WITHOUT_HEADINGS:
        is_free = "wrong header" in of.takes
        return "sheet", of.nothing if is_free else f"第 1 行缺少“{sample.headings[0]}"
    return "sheet", SAID.get(kind, of.nothing)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", IMPORTS)
def test_a_file_nobody_can_take_is_refused(name: str, kind: str) -> None:
    of = IMPORTS[name]
    file = broken_files(of.sample)[kind]()
    if kind in of.takes:
        assert of.read(*file)
        return
    with pytest.raises(Invalid) as refused:
        of.read(*file)
    place, words = told(of, kind)
    assert list(refused.value.errors) == [place]
    assert words in refused.value.errors[place]


@pytest.mark.parametrize("name", IMPORTS)
def test_the_same_table_is_taken_where_nothing_is_broken(name: str) -> None:
    of = IMPORTS[name]
    sample = of.sample
    rows = 3 if "wrong header" in of.takes else 2
    for file in (
        sample.of(sample.row(1), sample.row(2)),
        sample.text(),
        sample.text(code="gb18030"),
    ):
        assert len(of.read(*file())) == rows


def test_lines_above_the_headings_of_a_list_may_be_merged() -> None:
    def titled(book: object) -> None:
        page = book.worksheets[0]  # type: ignore[attr-defined] # a Workbook
        page.insert_rows(1)
        page["A1"] = "2024 年发文登记簿"
        page.merge_cells("A1:D1")

    assert len(read_list(*Sample(LIST, listed).made(titled)())) == 3
