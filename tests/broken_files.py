"""Tables that are broken in every way people break them, for whatever reads tables."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

LOCKED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(4096)
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
    number: str = "文号"
    day: str = "公布日期"
    maker: str = "制定机关"
    latest: str = ""
    """The last day of a row, if there are several."""

    def wrong(self, heading: str, value: object) -> File:
        """Return a table whose third row is wrong in a cell."""
        rows = (self.row(1), {**self.row(2), heading: value})
        return self.of(*rows)

    def of(self, *rows: Row, headings: Sequence[str] = ()) -> File:
        """Return a table of these rows."""
        return lambda: ("表格.xlsx", file_of(sheet(rows, headings or self.headings)))

    def made(self, change: Callable[[Workbook], None]) -> File:
        """Return a table of two rows somebody changed."""

        def make() -> tuple[str, io.BytesIO]:
            book = sheet([self.row(1), self.row(2)], self.headings)
            change(book)
            return "表格.xlsx", file_of(book)

        return make

    def cell(self, heading: str, row: int) -> str:
        """Return the place of a cell: `D3`."""
        return f"{get_column_letter(self.headings.index(heading) + 1)}{row}"


def broken(sample: Sample) -> dict[str, File]:
    """Return the broken tables by what is wrong with them."""
    return {**_files(sample), **_cells(sample)}


def _files(sample: Sample) -> dict[str, File]:
    row, merged = sample.row, [sample.cell(sample.maker, n) for n in (2, 3)]
    renamed = ["名称" if h == sample.title else h for h in sample.headings]

    def formula(book: Workbook) -> None:
        book.worksheets[0][sample.cell(sample.day, 3)] = "=TODAY()"

    def long(book: Workbook) -> None:
        for number in range(100_000):
            book.worksheets[0].append([f"第{number}号文件"])

    return {
        "wrong header": sample.of(row(1), headings=renamed),
        "no header": sample.of(),
        "header below": sample.of(row(1), headings=["清单"]),
        "merged cells": sample.made(
            lambda book: book.worksheets[0].merge_cells(":".join(merged))
        ),
        "formula": sample.made(formula),
        "100 k rows": sample.made(long),
        "empty file": _bytes(b""),
        "password": _bytes(LOCKED),
        "broken file": _bytes(b"PK\3\4" * 9),
        "no table": _bytes(b"x", "表格.docx"),
        "unknown script": _bytes(b"\xff\xfe\x81", "表格.csv"),
    }


def _cells(sample: Sample) -> dict[str, File]:
    wrong, day = sample.wrong, sample.day
    return {
        "date as words": wrong(day, "去年三月"),
        "date of no day": wrong(day, "2024-02-30"),
        "no date": wrong(day, None),
        "date ahead": wrong(sample.latest or day, date(2999, 1, 4)),
        "no title": wrong(sample.title, None),
        "title too long": wrong(sample.title, "长" * 201),
        "no number": wrong(sample.number, None),
        "no maker": wrong(sample.maker, None),
        "no such unit": wrong(sample.maker, "市园林局"),
    }


def _bytes(content: bytes, name: str = "表格.xlsx") -> File:
    return lambda: (name, io.BytesIO(content))
