"""Tables as an Excel workbook in which no text can become a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
COLUMN_WIDTH, FIRST_WIDTH = 13, 40

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
    page.freeze_panes = "A2"
    for number in range(1, len(sheet.headings) + 1):
        width = FIRST_WIDTH if number == 1 else COLUMN_WIDTH
        columns = page.column_dimensions  # type: ignore[attr-defined] # lacks in stubs
        columns[get_column_letter(number)].width = width
    page.append([_cell(page, text, is_heading=True) for text in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Value, *, is_heading: bool = False) -> Cell:
    """Return a cell; text stays text, also when somebody edits it later."""
    cell: Cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    if is_heading:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
