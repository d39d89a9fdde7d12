"""What comes as a table: .xlsx or .csv, read cell by cell as text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from reviewflow.errors import Invalid

HEADINGS = ("姓名", "联系方式", "来源", "对应条款", "意见内容", "收到日期")
MOST_ROWS = 10_000
MOST_COLUMNS = 50
TITLED = 2
"""Lines of the shortest sheet: the headings and a row."""
FARTHEST_ROW = 50_000
"""Beyond it not even empty rows are looked at."""
LARGEST_CSV = 20 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, KeyError, ValueError),
    *(TypeError, SyntaxError, AttributeError, IndexError),
)
"""What openpyxl raises on files that are none."""
BROKEN = "文件不能读取，请用原软件重新保存后导入。"

NOTHING = (
    "表格里没有内容：请在第一张工作表的第一行写各列的名称，以下一行一件文件；"
    "csv 文件各列之间用英文逗号隔开。"
)

Line = tuple[int, dict[str, str]]
"""The number of a row as the sheet shows it, and its cells by heading."""


class Layout(NamedTuple):
    """What a sheet has to look like."""

    headings: tuple[str, ...]
    """Of its columns; what stands behind in brackets explains and does not count."""
    nothing: str
    """What is said of a sheet without rows."""
    most: int = MOST_ROWS
    """How many rows it may have."""
    later: tuple[str, ...] = ()
    """Headings that an older sheet may lack; their cells are empty then."""
    what: str = "表格"
    """The sheet is called where it is refused."""


COMMENTS = Layout(HEADINGS, "表格里没有意见，请从第 2 行起逐行填写。")


def read_cells(name: str, source: BinaryIO) -> list[tuple[int, list[str]]]:
    """Return every line of a sheet that says something, the headings first.

    Lines above the headings that only say what the sheet is are left out.

    Args:
        name: File name, which says what it is.
        source: The open file; an .xlsx has been looked into before.

    Raises:
        Invalid: It is neither, cannot be read, says nothing or is too long.
    """
    lines: list[tuple[int, list[str]]] = []
    for number, row in enumerate(_rows(name, source), start=1):
        if any(row) and (lines or len(set(filter(None, row))) > 1):
            lines.append((number, row))
        if len(lines) > MOST_ROWS + 1 or number > FARTHEST_ROW:
            raise _refuse(f"一次最多导入 {MOST_ROWS} 行，请分成几个文件。")
    if len(lines) < TITLED:
        raise _refuse(NOTHING)
    return lines


def read_sheet(name: str, source: BinaryIO, layout: Layout = COMMENTS) -> list[Line]:
    """Return the rows of a sheet under its headings; empty rows are left out.

    Args:
        name: File name, which says what it is.
        source: The open file; an .xlsx has been looked into before.
        layout: Its headings.

    Raises:
        Invalid: It is neither, cannot be read, lacks a column or is too long.
    """
    rows = _rows(name, source)
    columns = _columns(next(rows, []), layout)
    lines: list[Line] = []
    for number, row in enumerate(rows, start=2):
        cells = {
            heading: row[place] if 0 <= place < len(row) else ""
            for heading, place in columns.items()
        }
        if any(cells.values()):
            lines.append((number, cells))
        if len(lines) > layout.most or number > FARTHEST_ROW:
            sentence = f"一次最多导入 {layout.most} 行，第 {number} 行起超出"
            raise _refuse(f"{sentence}，请分成几个文件。")
    if not lines:
        raise _refuse(layout.nothing)
    return lines


def _rows(name: str, source: BinaryIO) -> Iterator[list[str]]:
    source.seek(0)
    is_csv = name.lower().endswith(".csv")
    return iter(_csv_rows(source) if is_csv else _xlsx_rows(source))


def _columns(first: list[str], layout: Layout) -> dict[str, int]:
    """Return where each heading stands, -1 for a later one that is not there."""
    plain = [text.partition("（")[0].strip() for text in first]
    places = {text: place for place, text in reversed(list(enumerate(plain)))}
    needed = [heading for heading in layout.headings if heading not in layout.later]
    lacking = [heading for heading in needed if heading not in places]
    doubled = [heading for heading in layout.headings if plain.count(heading) > 1]
    if doubled:
        raise _refuse(f"第 1 行有两列都叫“{doubled[0]}”，请删去或者改名一列。")
    if lacking:
        named = "、".join(f"“{heading}”" for heading in lacking)
        raise _refuse(f"第 1 行缺少{named}列，请按模板填写表头。")
    return {heading: places.get(heading, -1) for heading in layout.headings}


def _csv_rows(source: BinaryIO) -> Iterator[list[str]]:
    content = source.read(LARGEST_CSV + 1)
    if len(content) > LARGEST_CSV:
        raise _refuse("文件超过 20 MB，请分成几个文件。")
    text = io.StringIO(_decoded(content), newline="")
    reader = csv.reader(text, strict=True)  # or an open quote swallows rows
    try:
        for row in reader:
            yield [cell.strip() for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise _refuse(
            f"第 {reader.line_num} 行附近不是 csv 格式：引号没有成对，"
            "或者一格的内容过长。请更正，或者另存为 .xlsx 后导入。"
        ) from error


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse("文件的文字编码不能识别，请另存为 .xlsx 后导入。")


def _xlsx_rows(source: BinaryIO) -> Iterator[list[str]]:
    try:
        book = load_workbook(source, read_only=True, data_only=True)
        if not book.worksheets:
            return
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield _texts(row)
    except UNREADABLE as error:
        raise _refuse(BROKEN) from error


def _texts(row: Iterable[object]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _refuse(sentence: str) -> Invalid:
    return Invalid({"sheet": sentence})
