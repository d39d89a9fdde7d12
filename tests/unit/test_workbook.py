import io
from datetime import date, datetime

import openpyxl
import pytest

from reviewflow.letters.workbook import LONGEST_TEXT, Sheet, workbook


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
