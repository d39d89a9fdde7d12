"""Tables that are broken in every way people break them, for whatever reads tables."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

LOCKED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(4096)
MANY = 100_000
XLSX, CSV = "表格.xlsx", "表格.csv"
Row = Mapping[str, object]
File = Callable[[], tuple[str, io.BytesIO]]
"""Made when it is needed: one of them is large."""


def sheet(rows: Sequence[Row], headings: Sequence[str]) -> Workbook:
    """Return a workbook with one row for each document."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(headings))
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    return book


def file_of(book: Workbook) -> io.BytesIO:
    """Return a workbook as the file somebody uploads."""
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


@dataclass(frozen=True)
class Sample:
    """A table that is right: its headings, and its rows by number."""

    headings: tuple[str, ...]
    row: Callable[[int], Row]
    title: str = "文件名称"
    day: str = "公布日期"
    maker: str = "制定机关"

    def wrong(self, heading: str, value: object) -> File:
        """Return a table whose third row is wrong in a cell."""
        return self.of(self.row(1), {**self.row(2), heading: value})

    def of(self, *rows: Row, headings: Sequence[str] = ()) -> File:
        """Return a table of these rows."""
        return lambda: (XLSX, file_of(sheet(rows, headings or self.headings)))

    def made(self, change: Callable[[Workbook], None]) -> File:
        """Return a table of two rows somebody changed."""

        def make() -> tuple[str, io.BytesIO]:
            book = sheet([self.row(1), self.row(2)], self.headings)
            change(book)
            return XLSX, file_of(book)

        return make

    def text(
        self, old: str = "", new: str = "", *, separator: str = ",", code: str = "utf-8"
    ) -> File:
        """Return a table of two rows as text, some of it put differently."""
        rows = [[self.row(n).get(h) or "" for h in self.headings] for n in (1, 2)]
        lines = [separator.join(map(str, cells)) for cells in (self.headings, *rows)]
        text = "\r\n".join(lines)
        assert old in text
        return of_bytes(text.replace(old, new).encode(code), CSV)

    def cell(self, heading: str, row: int) -> str:
        """Return the place of a cell: `D3`."""
        return f"{get_column_letter(self.headings.index(heading) + 1)}{row}"

    def place(self, heading: str, row: int) -> str:
        """Return how people name the place: `第 3 行第 D 列`."""
        return f"第 {row} 行第 {get_column_letter(self.headings.index(heading) + 1)} 列"


def broken_files(sample: Sample) -> dict[str, File]:
    """Return the files nobody can take, by what is wrong with them."""
    return {**_no_tables(sample), **_odd_sheets(sample), **_odd_texts(sample)}


def _no_tables(sample: Sample) -> dict[str, File]:
    whole = sample.of(sample.row(1))
    return {
        "empty file": of_bytes(b""),
        "password": of_bytes(LOCKED),
        "broken file": of_bytes(b"PK\3\4" * 9),
        "half a file": lambda: (XLSX, io.BytesIO(whole()[1].read(2000))),
        "no table": of_bytes(b"x", "表格.docx"),
        "old format": of_bytes(LOCKED, "表格.xls"),
    }


def _odd_sheets(sample: Sample) -> dict[str, File]:
    row, merged = sample.row, [sample.cell(sample.maker, n) for n in (2, 3)]
    renamed = ["名称" if h == sample.title else h for h in sample.headings]

    def put(value: str) -> Callable[[Workbook], None]:
        place = sample.cell(sample.day, 3)
        return lambda book: book.worksheets[0].__setitem__(place, value)

    def second(book: Workbook) -> None:
        book.create_sheet("说明", 0)

    return {
        "wrong header": sample.of(row(1), headings=renamed),
        "no header": sample.of(),
        "header below": sample.of(row(1), headings=["清单"]),
        "another sheet first": sample.made(second),
        "merged cells": sample.made(
            lambda book: book.worksheets[0].merge_cells(":".join(merged))
        ),
        "formula": sample.made(put("=TODAY()")),
        "error value": sample.made(put("#REF!")),
        "100 k rows": lambda: (XLSX, io.BytesIO(_long(sample.headings))),
    }


def _odd_texts(sample: Sample) -> dict[str, File]:
    title = str(sample.row(2)[sample.title])
    return {
        "unknown script": of_bytes(b"\xff\xfe\x81", CSV),
        "another script": sample.text(code="utf-16"),
        "empty text": of_bytes(b"", CSV),
        "semicolons": sample.text(separator=";"),
        "open quote": sample.text(title, f'"{title}'),
    }


def broken_cells(sample: Sample) -> dict[str, File]:
    """Return tables of documents with a cell that cannot be so."""
    wrong, day = sample.wrong, sample.day
    return {
        "date as words": wrong(day, "去年三月"),
        "date of no day": wrong(day, "2024-02-30"),
        "time as date": wrong(day, "12:30:00"),
        "no date": wrong(day, None),
        "no title": wrong(sample.title, None),
        "title of brackets": wrong(sample.title, "《》"),
        "title too long": wrong(sample.title, "长" * 201),
        "no number": wrong("文号", None),
        "number too long": wrong("文号", f"六住建规〔2024〕{'1' * 60}号"),
        "no maker": wrong(sample.maker, None),
        "no such unit": wrong(sample.maker, "市园林局"),
        "date ahead": wrong(day, date(2999, 1, 4)),
        "date before all": wrong(day, "1948-12-31"),
    }


def as_text(file: File) -> File:
    """Return a workbook as the csv file its program would write."""

    def make() -> tuple[str, io.BytesIO]:
        text = io.StringIO()
        rows = load_workbook(file()[1]).worksheets[0].iter_rows(values_only=True)
        for row in rows:
            csv.writer(text).writerow(map(_written, row))
        return CSV, io.BytesIO(text.getvalue().encode("gb18030"))

    return make


def of_bytes(content: bytes, name: str = XLSX) -> File:
    """Return a file with this content."""
    return lambda: (name, io.BytesIO(content))


def _written(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


@cache
def _long(headings: tuple[str, ...]) -> bytes:
    """Return a workbook with far too many rows, written without counting them."""
    short = file_of(sheet([], headings))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>第{n}号文件</t></is></c></row>'
        for n in range(2, MANY + 2)
    )
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(short) as book,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as longer,
    ):
        for name in book.namelist():
            text = book.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = re.sub("<dimension[^>]*>", "", text)
                text = text.replace("</sheetData>", f"{rows}</sheetData>")
            longer.writestr(name, text)
    return stream.getvalue()
