import io
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from reviewflow.errors import Unavailable
from reviewflow.letters.workbook import (
    LONGEST_TEXT,
    MEASURED_ROWS,
    Sheet,
    workbook,
    write_workbook,
)


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_rows_come_out_as_they_went_in() -> None:
    rows = [("六政〔2026〕3号", 15, date(2026, 1, 30), None)]

    page = read(workbook([Sheet("报备", ("文号", "件数", "应报", "备注"), rows)]))[
        "报备"
    ]

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["文号", "件数", "应报", "备注"],
        ["六政〔2026〕3号", 15, datetime(2026, 1, 30), None],  # noqa: DTZ001
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_text_becomes_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://x")'

    page = read(workbook([Sheet("表", (text,), [(text,)])]))["表"]

    for row in page.iter_rows():
        assert (row[0].data_type, row[0].quotePrefix) == ("s", True)


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    page = read(workbook([Sheet("a/b:c" + "长" * 40, ("x",), [("\x00好\x07",)])]))

    (name,) = page.sheetnames
    assert name == "abc" + "长" * 28
    assert page[name]["A2"].value == "好"
    long = read(workbook([Sheet("表", ("x",), [("长" * 40_000,)])]))["表"]
    assert len(long["A2"].value) == LONGEST_TEXT


def test_what_is_longer_than_a_sheet_goes_on_in_another() -> None:
    stream, rows = io.BytesIO(), [(number, "甲" * 50) for number in range(7)]

    write_workbook([Sheet("台账", ("序号", "名称"), rows)], stream, most=3)

    book = read(stream.getvalue())
    assert book.sheetnames == ["台账", "台账（2）", "台账（3）"]
    told = [[row[0].value for row in page.iter_rows()] for page in book.worksheets]
    assert told == [["序号", 0, 1, 2], ["序号", 3, 4, 5], ["序号", 6]]
    heights = [page.row_dimensions[2].height for page in book.worksheets]
    assert heights == [3 * 15] * 3
    assert book.worksheets[2].column_dimensions["B"].width == 44


def test_what_is_given_up_leaves_nothing_beside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def rows() -> Iterator[tuple[str]]:
        yield from [("甲",)] * (MEASURED_ROWS + 1)
        raise Unavailable

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Unavailable):
        write_workbook([Sheet("台账", ("名称",), rows())], io.BytesIO())
    assert list(tmp_path.iterdir()) == []


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows = [(1, "建议" * 5, "长" * 99), (22, "删除\n第十二条第一款", None)]
    page = read(workbook([Sheet("表", ("序号", "意见", "理由"), rows)]))["表"]

    widths = [page.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [6, 22, 44]
    assert page["C2"].alignment.wrap_text
    heights = [page.row_dimensions[number].height for number in (2, 3)]
    assert heights == [5 * 15, 2 * 15]
    assert (page.print_title_rows, page.page_setup.orientation) == (
        "$1:$1",
        "landscape",
    )
    assert "fitToPage" in str(page.sheet_properties.pageSetUpPr)
    assert "第 &P 页" in str(page.HeaderFooter.oddFooter)
