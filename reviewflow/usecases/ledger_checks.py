"""Every row of a ledger is checked before any is entered; all findings are told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import ledger_columns as of
from reviewflow import organs, permissions
from reviewflow.comments.sheet_traps import refused
from reviewflow.comments.sheets import Line
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.ledger import LedgerEntry
from reviewflow.model.people import Role, Unit
from reviewflow.model.publication import Publication
from reviewflow.usecases.ledger_forms import Entry, Known, read_row
from reviewflow.usecases.ledger_rows import KINDS
from reviewflow.work import Work

Tell = Callable[[int, int], None]
"""Takes how many rows are done, and of how many."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What a ledger would bring: rows that are new, and how many are known."""

    fresh: Sequence[Entry]
    known: int


def check_ledger(
    work: Work, lines: Sequence[Line], tell: Tell = lambda _done, _total: None
) -> Checked:
    """Check every row of a ledger, and change nothing.

    Args:
        work: Who imports it, and the day it is.
        lines: Its rows.
        tell: Told how many rows have been checked, and of how many.

    Raises:
        Refused: The actor neither administers the installation nor files for a unit.
        Invalid: With a sentence for each cell that breaks a rule; all are counted.
    """
    permissions.require_ledgers(work.actor)
    known = Known(_kinds_by_code(work), _units_by_name(work))
    findings: dict[str, str] = {}
    entries: list[Entry] = []
    for done, (number, cells) in enumerate(lines, start=1):
        entry, errors = read_row(work, known, number, cells)
        if entry is not None:
            entries.append(entry)
            errors = _foreign(work, entry)
        findings |= {place_of(number, name): said for name, said in errors.items()}
        tell(done, len(lines))
    findings |= _repeated(entries)
    there = _there(work, entries)
    fresh = [entry for entry in entries if entry.doc_number not in there]
    findings |= _changed(entries, there)
    if findings:
        raise refused(findings, of.LAYOUT.what)
    return Checked(fresh, len(entries) - len(fresh))


def _foreign(work: Work, entry: Entry) -> dict[str, str]:
    """Who files for a unit brings in its documents; administrators those of all."""
    if work.actor.holds(Role.ADMIN):
        return {}
    filer = organs.filer_of(work, entry.maker)
    if work.actor.holds(Role.FILER, filer.id):
        return {}
    return {
        of.MAKER: f"“{entry.maker.name}”的文件由{filer.name}报备，"
        "请由该单位的报备人或者系统管理员导入。"
    }


def _kinds_by_code(work: Work) -> dict[str, ProcessKind]:
    kinds = [work.processes.latest(work.session, key).kind for key in KINDS]
    return {code: kind for kind in kinds for code in kind.codes}


def _units_by_name(work: Work) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    units = work.session.scalars(sa.select(Unit).order_by(Unit.position, Unit.id)).all()
    full = {unit.name for unit in units}
    for unit in units:
        found[unit.name] = [unit]
        if unit.short_name and unit.short_name not in full:
            found.setdefault(unit.short_name, []).append(unit)
    return found


def _repeated(entries: Iterable[Entry]) -> dict[str, str]:
    first: dict[str, int] = {}
    findings = {}
    for entry in entries:
        row = first.setdefault(entry.doc_number, entry.number)
        if row != entry.number:
            findings[place_of(entry.number, of.NUMBER)] = (
                f"“{entry.doc_number}”与第 {row} 行重复，请核对文号，或者删去一行。"
            )
    return findings


def _there(work: Work, entries: Sequence[Entry]) -> dict[str, str | None]:
    """Return the numbers that are taken, each with the digest of its row, if any."""
    numbers = [entry.doc_number for entry in entries]
    found: dict[str, str | None] = {}
    with work.beyond_sight():
        for start in range(0, len(numbers), BATCH):
            rows = work.session.execute(
                sa.select(Publication.doc_number, LedgerEntry.digest)
                .outerjoin(LedgerEntry, LedgerEntry.case_id == Publication.case_id)
                .where(Publication.doc_number.in_(numbers[start : start + BATCH]))
            )
            found |= {row.doc_number: row.digest for row in rows}
    return found


def _changed(entries: Iterable[Entry], there: dict[str, str | None]) -> dict[str, str]:
    findings = {}
    for entry in entries:
        if entry.doc_number not in there:
            continue
        digest = there[entry.doc_number]
        if digest is None:
            findings[place_of(entry.number, of.NUMBER)] = (
                f"“{entry.doc_number}”已在系统中登记，不是补录的，请从台账中删去这一行。"
            )
        elif digest != entry.digest:
            findings[place_of(entry.number, of.NUMBER)] = (
                f"“{entry.doc_number}”已经补录，这一行与补录的内容不同。"
                "补录后不能用台账更改，请恢复原来的内容，或者删去这一行。"
            )
    return findings


def place_of(number: int, heading: str) -> str:
    """Return how a cell is named to people."""
    return f"第 {number} 行“{heading}”"
