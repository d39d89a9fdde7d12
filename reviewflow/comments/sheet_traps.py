"""What a workbook shows and does not say: formulas, merged cells."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from reviewflow.comments.sheets import (
    BROKEN,
    FARTHEST_ROW,
    MOST_COLUMNS,
    UNREADABLE,
)
from reviewflow.errors import Invalid

FORMULA = "f"
CHUNK = 1 << 16
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{3,30})"')
LONGEST_TAG = 200
"""Bytes by which chunks overlap, so that no tag is cut in two."""
MOST_TRAPS = 1_000
"""Beyond so many the file is not looked at further."""


class Trap(NamedTuple):
    """A cell that does not say itself what it shows."""

    row: int
    column: int
    """Counted from 1."""
    is_merged: bool


def traps(source: BinaryIO) -> list[Trap]:
    """Return the traps of the first sheet of an .xlsx file, row by row.

    Raises:
        Invalid: It cannot be read.
    """
    source.seek(0)
    try:
        found = [*_formulas(source), *_merged(source)]
    except UNREADABLE as error:
        raise Invalid({"sheet": BROKEN}) from error
    return sorted(found)


def _formulas(source: BinaryIO) -> Iterator[Trap]:
    book = load_workbook(source, read_only=True)
    count = 0
    for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=FARTHEST_ROW):
        for cell in row:
            if cell.data_type == FORMULA and count < MOST_TRAPS:
                count += 1
                yield Trap(cell.row or 0, cell.column or 0, is_merged=False)


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
                yield Trap(row or 1, column or 1, is_merged=True)
            before = text[max(end, len(text) - LONGEST_TAG) :]
