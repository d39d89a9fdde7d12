"""Lists of issued documents: sent, and imported whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa

from reviewflow.comments.sheet_traps import refused, require_plain
from reviewflow.comments.sheets import read_cells
from reviewflow.errors import Conflict, Invalid
from reviewflow.filing_desks import Desk, desk_of
from reviewflow.list_columns import headings_digest
from reviewflow.model.people import Unit
from reviewflow.model.reconciliation import (
    ListSource,
    Reconciliation,
    ReconciliationColumns,
    ReconciliationRow,
)
from reviewflow.usecases.comments import check_table
from reviewflow.usecases.people import audit
from reviewflow.usecases.reconciliation_forms import (
    Entry,
    names_of,
    read_columns,
    read_entry,
    repeated_numbers,
)
from reviewflow.usecases.reconciliation_jobs import ask_for_matching
from reviewflow.work import Work

Cells = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list: rows added, known before, and the job that matches them."""

    added: int
    known: int
    job_id: int | None


def read_list(name: str, source: BinaryIO) -> Cells:
    """Return the lines of a list somebody sends; no transaction needed.

    Raises:
        Invalid: It cannot be read, is unsafe, or has formulas or merged cells.
    """
    check_table(name, source)
    lines = read_cells(name, source)
    require_plain(name, source, first_row=lines[0][0])
    return lines


def send_list(
    work: Work, whose: str, source: str, name: str, lines: Cells
) -> Reconciliation:
    """Take a list, to be told next which of its columns is what.

    Lists that were sent and never imported are forgotten.

    Args:
        work: Actor, instant and transaction.
        whose: Ids of the desk and the maker: `12-34`; `12-0` if rows name makers.
        source: A value of `ListSource`.
        name: Of the file.
        lines: The headings and the rows.

    Raises:
        Refused: The actor does not file or receive filings there.
        Invalid: A choice is missing.
    """
    keeper_id, maker_id = _chosen(whose)
    if not keeper_id:
        raise Invalid({"whose": "请选择核对哪个机关的文件。"})
    desk = desk_of(work, keeper_id)
    if maker_id:
        desk.role_for(maker_id)
    if source not in list(ListSource):
        raise Invalid({"source": "请选择清单的来源。"})
    never_imported = sa.delete(Reconciliation).where(
        Reconciliation.sent_by_id == work.actor.id, Reconciliation.imported_at.is_(None)
    )
    work.session.execute(never_imported)
    row = Reconciliation(
        keeper=desk.keeper,
        maker_id=maker_id or None,
        source=ListSource(source),
        name=name[-100:],
        sheet=lines,
        sent_at=work.now,
        sent_by_id=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    return row


def import_list(
    work: Work, reconciliation_id: int, sent: Mapping[str, str]
) -> Imported:
    """Add every row of a list, or none, and have them matched.

    Rows the desk knows already, from this list or another, are not doubled; a list
    that has no other is forgotten.

    Args:
        work: Actor, instant and transaction.
        reconciliation_id: The list as it was sent.
        sent: Which heading is which field; remembered for lists with these headings.

    Raises:
        Missing: There is no such list for the actor.
        Refused: The actor does not file or receive filings there.
        Conflict: It is imported already.
        Invalid: With a sentence for each cell that breaks a rule.
    """
    row = work.get(Reconciliation, reconciliation_id, lock=True)
    desk = desk_of(work, row.keeper_id)
    if row.imported_at is not None:
        raise Conflict("这份清单已经导入，请查看核对结果。")
    work.get(Unit, row.keeper_id, lock=True)  # of two lists at once, one comes first
    headings = row.sheet[0][1]
    columns = read_columns(sent, headings, names_makers=row.maker_id is None)
    entries = _checked(work, row, desk, columns)
    fresh = _unknown(work, row.keeper_id, entries)
    count = Imported(len(fresh), len(entries) - len(fresh), None)

    _remember(work, row.keeper_id, headings, columns)
    if not fresh:
        work.session.delete(row)
        return count
    row.sheet, row.imported_at = [], work.now
    work.session.add_all(
        _new_row(row, digest, entry) for digest, entry in fresh.items()
    )
    work.session.flush()
    audit(work, "reconciliation.imported", f"reconciliation:{row.id}", rows=count.added)
    return Imported(count.added, count.known, ask_for_matching(work, row.id).id)


def _chosen(whose: str) -> tuple[int, int]:
    keeper_id, _, maker_id = whose.partition("-")
    if len(whose) < len(str(2**63)) and keeper_id.isdecimal() and maker_id.isdecimal():
        return int(keeper_id), int(maker_id)
    return 0, 0


def _checked(
    work: Work, row: Reconciliation, desk: Desk, columns: Mapping[str, str]
) -> list[Entry]:
    (_line, headings), *lines = row.sheet
    places = {field: headings.index(heading) for field, heading in columns.items()}
    makers = names_of([maker for maker, _role in desk.makers.values()])
    if row.maker_id is not None:
        desk.role_for(row.maker_id)
        makers = {"": (row.maker_id,)}
    entries: list[Entry] = []
    errors: dict[str, str] = {}
    for line, cells in lines:
        asked = {f: cells[p] if p < len(cells) else "" for f, p in places.items()}
        try:
            entries.append(read_entry(line, asked, makers, work.today))
        except Invalid as error:
            for field, sentence in error.errors.items():
                errors[f"第 {line} 行“{columns[field]}”"] = sentence
    errors |= {
        f"第 {line} 行“{columns['doc_number']}”": sentence
        for line, sentence in repeated_numbers(entries).items()
    }
    if errors:
        raise refused(errors)
    return entries


def _unknown(work: Work, keeper_id: int, entries: list[Entry]) -> dict[str, Entry]:
    """Return by digest the rows a desk does not know yet, the first of equal ones."""
    there = sa.select(ReconciliationRow.digest).where(
        ReconciliationRow.keeper_id == keeper_id
    )
    known = set(work.session.scalars(there))
    fresh: dict[str, Entry] = {}
    for entry in entries:
        if entry.digest not in known:
            fresh.setdefault(entry.digest, entry)
    return fresh


def _remember(
    work: Work, keeper_id: int, headings: Sequence[str], columns: Mapping[str, str]
) -> None:
    digest = headings_digest(headings)
    row = work.session.scalar(
        sa.select(ReconciliationColumns).where(
            ReconciliationColumns.keeper_id == keeper_id,
            ReconciliationColumns.headings == digest,
        )
    )
    if row is None:
        row = ReconciliationColumns(keeper_id=keeper_id, headings=digest)
        work.session.add(row)
    row.columns = dict(columns)


def _new_row(of: Reconciliation, digest: str, entry: Entry) -> ReconciliationRow:
    return ReconciliationRow(
        reconciliation=of,
        keeper_id=of.keeper_id,
        digest=digest,
        line=entry.line,
        maker_id=entry.maker_id,
        title=entry.title,
        doc_number=entry.doc_number,
        issued_on=entry.issued_on,
    )
