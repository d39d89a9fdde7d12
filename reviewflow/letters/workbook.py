"""Tables as an Excel workbook in which no text can become a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple, cast
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
NARROWEST, WIDEST, MARGIN = 6, 44, 2
"""Widths of columns in characters of the Latin alphabet; a Chinese one takes two."""
MEASURED_ROWS = 200
"""So many rows say how wide the columns are; the others are written as they come."""
LINE_HEIGHT, HIGHEST = 15, 405
"""Points; a workbook takes no higher row than 409."""
DAY_WIDTH = len("2026-03-02")
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
FOOT = "第 &P 页，共 &N 页"
THIN = Side("thin")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)

Value = str | int | date | None


class Sheet(NamedTuple):
    """One table: its name, its headings and its rows."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return the tables as the content of an .xlsx file."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        title = FORBIDDEN_IN_TITLE.sub("", sheet.title)[:LONGEST_TITLE]
        _fill(book.create_sheet(title), sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    measured = list(islice(rows, MEASURED_ROWS))
    widths = [
        _width(heading, (row[place] for row in measured if place < len(row)))
        for place, heading in enumerate(sheet.headings)
    ]
    page.freeze_panes = "A2"
    whole = cast(Worksheet, page)
    for number, width in enumerate(widths, start=1):
        whole.column_dimensions[get_column_letter(number)].width = width
    _set_up_print(whole)
    page.append([_cell(page, text, is_heading=True) for text in sheet.headings])
    for number, row in enumerate(chain(measured, rows), start=2):
        whole.row_dimensions[number].height = _height(row, widths)
        page.append([_cell(page, value) for value in row])


def _set_up_print(page: Worksheet) -> None:
    """Let it print across as many pages as it takes, each with the headings."""
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(FOOT))


def _width(heading: str, values: Iterable[Value]) -> int:
    widest = max((_length(value) for value in values), default=0)
    wanted = max(_length(heading), widest) + MARGIN
    return min(max(wanted, NARROWEST), WIDEST)


def _height(row: Sequence[Value], widths: Sequence[int]) -> int | None:
    """Return how many points high a row with wrapped text is; none of one line."""
    lines = [
        sum(max(1, -(-_length(part) // (width - 1))) for part in value.splitlines())
        for value, width in zip(row, widths, strict=False)
        if isinstance(value, str)
    ]
    most = max(lines, default=1)
    return min(most * LINE_HEIGHT, HIGHEST) if most > 1 else None


def _length(value: Value) -> int:
    """Return how many Latin characters wide the longest line of a value is."""
    if isinstance(value, date):
        return DAY_WIDTH
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(1 + (east_asian_width(c) in "WF") for c in line) for line in lines)


def _cell(page: WriteOnlyWorksheet, value: Value, *, is_heading: bool = False) -> Cell:
    """Return a cell; text stays text, also when somebody edits it later."""
    cell: Cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.alignment, cell.border = WRAPPED, LINES
    if is_heading:
        cell.font = BOLD
    return cell
