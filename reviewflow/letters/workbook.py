"""Tables as an Excel workbook in which no text can become a formula."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO, NamedTuple, cast
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
MOST_ROWS = 2**20 - 1
"""A sheet takes 1,048,576 rows, of which one has the headings."""
LONGEST_TEXT = 32_767
NARROWEST, WIDEST, MARGIN = 6, 44, 2
"""Widths of columns in characters of the Latin alphabet; a Chinese one takes two."""
MEASURED_ROWS = 200
"""So many rows say how wide the columns are; the others are written as they come."""
LINE_HEIGHT, HIGHEST = 15, 405
"""Points; a workbook takes no higher row than 409."""
DAY_WIDTH, DAY_FORMAT = len("2026-03-02"), "yyyy-mm-dd"
HEADING = "heading"
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
FOOT = "第 &P 页，共 &N 页"
THIN = Side("thin")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)

Value = str | int | date | None
SORTS = (str, int, date, NoneType)


class Sheet(NamedTuple):
    """One table: its name, its headings and its rows."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return the tables as the content of an .xlsx file."""
    stream = io.BytesIO()
    write_workbook(sheets, stream)
    return stream.getvalue()


def write_workbook(
    sheets: Iterable[Sheet], target: BinaryIO, most: int = MOST_ROWS
) -> None:
    """Write tables as an .xlsx file, row by row: none of them is kept in memory.

    Args:
        sheets: The tables; their rows are read once.
        target: Where to.
        most: How many rows a sheet takes below its headings; those that follow go
            on another sheet, headed alike.

    Raises:
        OSError: The disk is full or cannot be written.
    """
    book = Workbook(write_only=True)
    try:
        for part in chain.from_iterable(_parts(sheet, most) for sheet in sheets):
            _fill(book.create_sheet(part.title), part)
        book.save(target)
    finally:
        for page in book.worksheets:
            _sweep(page)


def _parts(sheet: Sheet, most: int) -> Iterator[Sheet]:
    """Give a table as one sheet or several; each is read before the next is asked."""
    title, rows = FORBIDDEN_IN_TITLE.sub("", sheet.title), iter(sheet.rows)
    yield Sheet(title[:LONGEST_TITLE], sheet.headings, islice(rows, most))
    for number, first in enumerate(rows, start=2):
        more = f"（{number}）"
        numbered = title[: LONGEST_TITLE - len(more)] + more
        part = chain([first], islice(rows, most - 1))
        yield Sheet(numbered, sheet.headings, part)


def _sweep(page: Any) -> None:
    """Do away with what was written aside for a sheet, if it was not finished."""
    writer = page._writer  # noqa: SLF001 - nothing else gives it up
    if writer is None or not Path(writer.out).exists():
        return
    with suppress(OSError):
        page.close()
    writer.cleanup()


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    measured = list(islice(rows, MEASURED_ROWS))
    widths = [
        _width(heading, (row[place] for row in measured if place < len(row)))
        for place, heading in enumerate(sheet.headings)
    ]
    page.freeze_panes = "A2"
    whole, styles = cast(Worksheet, page), _styles(page)
    for number, width in enumerate(widths, start=1):
        whole.column_dimensions[get_column_letter(number)].width = width
    _set_up_print(whole)
    page.append([_cell(page, text, styles[HEADING]) for text in sheet.headings])
    for number, row in enumerate(chain(measured, rows), start=2):
        height = _height(row, widths)
        if height is not None:
            whole.row_dimensions[number].height = height
        page.append([_cell(page, value, styles[_sort(value)]) for value in row])
        whole.row_dimensions.pop(number, None)  # it is written; the next one comes


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


def _styles(page: Any) -> dict[Any, Any]:
    """Return how a cell of each sort of value looks; worked out once for a sheet."""
    models: dict[Any, Any] = {sort: WriteOnlyCell(page) for sort in (HEADING, *SORTS)}
    for cell in models.values():
        cell.alignment, cell.border = WRAPPED, LINES
    models[HEADING].font, models[date].number_format = BOLD, DAY_FORMAT
    for sort in (HEADING, str):
        models[sort].quotePrefix = True
    return {sort: cell._style for sort, cell in models.items()}  # noqa: SLF001 - to copy


def _sort(value: Value) -> Any:
    return next(sort for sort in SORTS if isinstance(value, sort))


def _cell(page: WriteOnlyWorksheet, value: Value, style: Any) -> Cell:
    """Return a cell; text stays text, also when somebody edits it later."""
    cell: Cell = Cell(page, row=1, column=1, style_array=style)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell
