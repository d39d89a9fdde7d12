"""What a workbook shows and does not say: formulas, errors, merged cells."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from reviewflow.comments.sheets import (
    BROKEN,
    FARTHEST_ROW,
    MOST_COLUMNS,
    UNREADABLE,
)
from reviewflow.errors import Invalid

SAYINGS = {
    # what kind of trap it is: what is said of it
    "f": "是公式，请复制后用“选择性粘贴—数值”换成结果。",
    "e": "是错误值，请填写正确的内容，或者清空。",
    "merged": "有合并的单元格，请取消合并，逐行填写。",
}
MERGED_CELLS = "merged"
CHUNK = 1 << 16
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{3,30})"')
LONGEST_TAG = 200
"""Bytes by which chunks overlap, so that no tag is cut in two."""
MOST_TRAPS = 1_000
"""Beyond so many the file is not looked at further."""
MOST_TOLD = 200
"""Findings that are named; the others are counted."""


class Trap(NamedTuple):
    """A cell that does not say itself what it shows."""

    row: int
    column: int
    """Counted from 1."""
    kind: str
    """A key of `SAYINGS`."""


def refused(findings: dict[str, str], what: str = "表格") -> Invalid:
    """Return the refusal of a whole file: what is wrong where, the first of many.

    Args:
        findings: Sentences by place.
        what: The file is called.
    """
    named = dict(list(findings.items())[:MOST_TOLD])
    more = f"，下面列出前 {MOST_TOLD} 处" if len(findings) > MOST_TOLD else ""
    sentence = f"{what}有 {len(findings)} 处需要更正，没有导入任何一行{more}。"
    return Invalid(named, sentence)


def require_plain(
    name: str, source: BinaryIO, what: str = "表格", first_row: int = 1
) -> None:
    """Insist that every cell of the first sheet says itself what it shows.

    Args:
        name: File name; only an .xlsx can have traps.
        source: The open file.
        what: The file is called in the refusal.
        first_row: Rows above it only say what the sheet is.

    Raises:
        Invalid: It cannot be read, or with a sentence for each trap.
    """
    if name.lower().endswith(".csv"):
        return
    found = [trap for trap in traps(source) if trap.row >= first_row]
    findings = {
        f"第 {trap.row} 行第 {get_column_letter(trap.column)} 列": SAYINGS[trap.kind]
        for trap in found
    }
    if findings:
        raise refused(findings, what)


def traps(source: BinaryIO) -> list[Trap]:
    """Return the traps of the first sheet of an .xlsx file, row by row.

    Raises:
        Invalid: It cannot be read.
    """
    source.seek(0)
    try:
        found = [*_values(source), *_merged(source)]
    except UNREADABLE as error:
        raise Invalid({"sheet": BROKEN}) from error
    return sorted(found)


def _values(source: BinaryIO) -> Iterator[Trap]:
    book = load_workbook(source, read_only=True)
    count = 0
    for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=FARTHEST_ROW):
        for cell in row:
            if cell.data_type in SAYINGS and count < MOST_TRAPS:
                count += 1
                yield Trap(cell.row or 0, cell.column or 0, cell.data_type)


def _merged(source: BinaryIO) -> Iterator[Trap]:
    """Give the first cell of each merged range; openpyxl does not read them here."""
    book = load_workbook(source, read_only=True)
    member = book.worksheets[0]._worksheet_path  # type: ignore[attr-defined] # noqa: SLF001 # nowhere else
    with zipfile.ZipFile(source) as archive, archive.open(member) as part:
        before, count = b"", 0
        while (chunk := part.read(CHUNK)) and count < MOST_TRAPS:
            text = before + chunk
            end = 0
            for match in MERGED.finditer(text):
                column, row, _, _ = range_boundaries(match[1].decode())
                end, count = match.end(), count + 1
                yield Trap(row or 1, column or 1, MERGED_CELLS)
            before = text[max(end, len(text) - LONGEST_TAG) :]
