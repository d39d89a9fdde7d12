"""A bulletin as a Word file to be sent out, a workbook, and a file that proves it."""

from collections.abc import Iterator, Sequence
from typing import Any

from reviewflow import chinese
from reviewflow.clock import beijing_date
from reviewflow.letters.table_docx import render_table
from reviewflow.letters.workbook import Sheet, Value, workbook
from reviewflow.model.bulletin import Bulletin
from reviewflow.queries.bulletin_figures import Frozen, FrozenPart
from reviewflow.queries.bulletin_words import words
from reviewflow.queries.bulletins import BulletinPage
from reviewflow.queries.definitions import book
from reviewflow.signing import ALGORITHM

UNFILED = ("overdue_unfiled",)
LATE = ("late", "late_unregistered")


def bulletin_docx(page: BulletinPage, frozen: Frozen) -> bytes:
    """Return the bytes of the Word file: what was told in words, then the table."""
    columns: Sequence[str] = words()["columns"]
    sheet = Sheet(
        page.title,
        [words()["heading"], *map(book().heading, columns)],
        [
            [part.label, *map(part.cell, columns)]
            for part in (*_filing(frozen), frozen.total)
        ],
    )
    made_on = beijing_date(page.row.made_at)
    return render_table(sheet, list(_lines(page, frozen)), made_on, words()["shares"])


def bulletin_workbook(page: BulletinPage, frozen: Frozen) -> bytes:
    """Return the bytes of the workbook: every table, the meanings, and the proof."""
    tables = [
        Sheet(
            book().tables[table],
            [words()["heading"], *map(book().heading, columns)],
            [
                [part.label, *map(part.cell, columns)]
                for part in (*frozen.groups, frozen.total)
                if part is frozen.total or part.is_in(table)
            ],
        )
        for table, columns in book().columns.items()
    ]
    return workbook([*tables, _meaning(page, frozen)])


def proof(row: Bulletin) -> dict[str, Any]:
    """Return what proves a bulletin to anybody: its very text, and the signature."""
    return {
        "snapshot": row.snapshot,
        "sha256": row.sha256,
        "algorithm": ALGORITHM,
        "signature": row.signature,
        "public_key": row.public_key,
    }


def _filing(frozen: Frozen) -> list[FrozenPart]:
    return [part for part in frozen.groups if part.is_in("filings")]


def _lines(page: BulletinPage, frozen: Frozen) -> Iterator[str]:
    lines, row = words()["lines"], page.row
    yield lines["basis"].format(
        period=page.period,
        as_of=chinese.day(row.as_of),
        made_on=chinese.day(beijing_date(row.made_at)),
        made_by=row.made_by.display_name,
    )
    named = ("due", "filed", "on_time", "decided", "conforming", "not_due")
    rates = ("I-1", "I-2", "I-3")
    yield lines["overall"].format_map(
        {name: frozen.total.cell(name) for name in (*named, *rates)}
    )
    for name, counts in (("unfiled", UNFILED), ("late", LATE)):
        units = "、".join(_told(frozen, counts))
        yield lines[name].format(units=units) if units else lines[f"no_{name}"]
    yield lines["law"].format(rule_version=row.rule_version)
    yield lines["proof"].format(sha256=row.sha256, public_key=row.public_key)


def _told(frozen: Frozen, counts: Sequence[str]) -> Iterator[str]:
    for part in frozen.groups:
        many = sum(part.counts.get(count, 0) for count in counts)
        if many:
            yield words()["unit"].format(label=part.label, count=many)


def _meaning(page: BulletinPage, frozen: Frozen) -> Sheet:
    headings = book().headings
    rows: list[Sequence[Value]] = [
        [
            frozen.total.cell(one["id"]) if name == "value" else one[name]
            for name in ("title", "value", "definition", "source")
        ]
        for one in frozen.definitions
    ]
    rows += [[name, value, None, None] for name, value in facts_of(page)]
    columns = ("indicator", "value", "definition", "source")
    return Sheet(book().tables["definitions"], [headings[c] for c in columns], rows)


def facts_of(page: BulletinPage) -> list[tuple[str, str]]:
    """Return over what, as of when, by which rules, by whom, and how it is proved."""
    row, named = page.row, words()["facts"]
    facts = {
        "organ": row.organ.name,
        "period": page.period,
        "as_of": chinese.day(row.as_of),
        "rule_version": row.rule_version,
        "made_at": chinese.day(beijing_date(row.made_at)),
        "made_by": row.made_by.display_name,
        "sha256": row.sha256,
        "signature": row.signature,
        "public_key": row.public_key,
    }
    return [(named[name], fact) for name, fact in facts.items()]
