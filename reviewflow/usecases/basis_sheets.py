"""A table of bases that comes as a sheet: every row, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reviewflow import journal
from reviewflow.basis_rows import Draft, rows_of
from reviewflow.comments.sheet_traps import refused
from reviewflow.comments.sheets import Layout, Line
from reviewflow.errors import Invalid
from reviewflow.usecases.bases import drafted_case, new_row, next_number, require_room
from reviewflow.usecases.basis_forms import HEADINGS, Entry, read_line, said_of
from reviewflow.usecases.comments import read_table
from reviewflow.work import Work

LAYOUT = Layout(HEADINGS, "表格里没有依据，请从第 2 行起逐行填写。")

FILLED_IN = ("依据名称及条款", "依据原文", "说明")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet: rows added, known before, and not filled in yet."""

    added: int
    known: int
    blank: int


def read_sheet(name: str, source: BinaryIO) -> list[Line]:
    """Return the rows of a sheet somebody wants to import; no transaction needed.

    Raises:
        Invalid: It cannot be read, or is unsafe.
    """
    return read_table(name, source, LAYOUT)


def import_bases(
    work: Work, case_id: int, lines: Sequence[Line], draft: Draft | None
) -> Imported:
    """Add every row of a sheet, or none; rows that are there already stay once.

    Rows that only name a provision are those of the template nobody filled in.

    Raises:
        Missing, Refused, Conflict: As `add_basis`.
        Invalid: With a sentence for each cell that breaks a rule.
    """
    case, latest = drafted_case(work, case_id, draft)
    filled = _filled_in(lines)
    entries = _checked(filled, latest)
    there = rows_of(work, case.id)
    known = set(map(said_of, there))
    fresh = list({said_of(e): e for e in entries if said_of(e) not in known}.values())
    require_room(len(there) + len(fresh))

    number = next_number(work, case)
    work.session.add_all(
        new_row(work, case, entry, place)
        for place, entry in enumerate(fresh, start=number)
    )

    if fresh:
        journal.record(work, case, "bases.imported", rows=len(fresh))
    known_before = len(entries) - len(fresh)
    return Imported(len(fresh), known_before, len(lines) - len(filled))


def _filled_in(lines: Sequence[Line]) -> list[Line]:
    """Return the rows that say something, each with the provision it speaks of."""
    found: list[Line] = []
    above = ""
    for number, cells in lines:
        above = cells.get("条款", "") or above
        if any(cells.get(heading) for heading in FILLED_IN):
            found.append((number, {**cells, "条款": above}))
    return found


def _checked(lines: Sequence[Line], draft: Draft) -> list[Entry]:
    entries: list[Entry] = []
    errors: dict[str, str] = {}
    for number, cells in lines:
        try:
            entries.append(read_line(cells, draft))
        except Invalid as error:
            for heading, sentence in error.errors.items():
                errors[f"第 {number} 行“{heading}”"] = sentence
    if errors:
        raise refused(errors)
    return entries
