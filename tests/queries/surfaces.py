"""What each place where figures are shown says, read back in one form.

A cell is known by (group, key, column): `("level", "CITY", "I-1")`; counts as they
are printed, rates without the sign of percent, `num/den` where a place shows it.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
from flask.testing import FlaskClient
from lxml import html

from reviewflow.letters.docx_text import read_blocks
from reviewflow.queries.definitions import book
from reviewflow.queries.report_outlines import Rates, Table, outlines

Cells = dict[tuple[str, str, str], str]
KEYS = {
    "全部": "total",
    "合计": "total",
    "市本级": "CITY",
    "县区": "COUNTY",
    "乡镇街道": "TOWN",
    **{f"2026年第{n}季度": f"2026Q{n}" for n in range(1, 5)},
    "政府规章": "ZFGZ",
    "重大行政决策": "ZDJC",
    "报政府系统": "GOV",
    "报人大": "NPC",
}
"""What stands before a row, or above a column: the key of a group."""
SHARE = re.compile(r"(<?[\d.]+)%（(\d+)/(\d+)）")


def plain(text: object) -> str:
    """Return a number as it stands, a rate without its sign."""
    return str(text).strip().replace(",", "").removesuffix("%")


def from_answer(answer: Mapping[str, Any], group: str) -> Cells:
    """Read what the API and the command answer."""
    found: Cells = {}
    for part in ({"key": "total", **answer}, *answer["groups"]):
        where = (group, part["key"])
        for count, many in part["counts"].items():
            found[*where, count] = str(many)
        for row in part["indicators"]:
            for one in (row, *row["alternatives"]):
                found[*where, one["id"]] = one["value"] or "—"
                share = f"{len(one['numerator_ids'])}/{len(one['denominator_ids'])}"
                found[*where, f"{one['id']} of"] = share
    return found


def from_page(client: FlaskClient, query: str, group: str) -> Cells:
    """Read the tables of the page of statistics."""
    tree = html.fromstring(client.get(f"/statistics?{query}").text)
    found: Cells = {}
    for table, columns in book().columns.items():
        name = f"{book().tables[table]}，按{book().groups[group]}"
        for row in tree.xpath(f'//*[@aria-label="{name}"]//tbody/tr'):
            label = row.xpath("string(th/text())").strip()
            for column, cell in zip(columns, row.xpath("td"), strict=True):
                said = "".join(cell.xpath(".//text()[not(ancestor::span)]"))
                found[group, KEYS.get(label, label), column] = plain(said)
    return found


def from_workbook(client: FlaskClient, query: str, group: str) -> Cells:
    """Read the workbook of the statistics."""
    file = io.BytesIO(client.get(f"/statistics/table.xlsx?{query}").data)
    sheets = openpyxl.load_workbook(file)
    found: Cells = {}
    for table, columns in book().columns.items():
        for row in sheets[book().tables[table]].iter_rows(min_row=2, values_only=True):
            label = str(row[0]).partition("（")[0]
            for column, value in zip(columns, row[1:], strict=True):
                found[group, KEYS.get(label, label), column] = plain(value)
    return found


def from_word_file(content: bytes) -> Cells:
    """Read every table of a report of the review office as a Word file."""
    caption, found = "", Cells()
    parts = {
        part.title: part
        for chapter in outlines().reports["review"].chapters
        for part in chapter.parts
        if isinstance(part, Table | Rates)
    }
    for block in read_blocks(content):
        caption = block.text or caption
        part = parts.get(caption)
        if block.rows and part is not None:
            read = _shares if isinstance(part, Rates) else _table
            found |= dict(read(part, block.rows))
    return found


def _table(
    part: Any, rows: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[tuple[str, str, str], str]]:
    group = part.by.value if part.by else "chain"
    for label, *values in rows[1:]:
        for column, value in zip(part.columns, values, strict=False):
            yield (group, KEYS.get(label, label), column), plain(value)


def _shares(
    part: Any, rows: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[tuple[str, str, str], str]]:
    ids = {definition.title: definition.id for definition in book().each()}
    for title, *values in rows[1:]:
        for label, value in zip(rows[0][1:], values, strict=True):
            where = (part.by.value, KEYS.get(label, label))
            share = SHARE.fullmatch(value)
            yield (*where, ids[title]), share[1] if share else plain(value)
            if share:
                yield (*where, f"{ids[title]} of"), f"{share[2]}/{share[3]}"


def told(text: str) -> Mapping[str, Any]:
    """Return what a command printed."""
    found: Mapping[str, Any] = json.loads(text)
    return found
