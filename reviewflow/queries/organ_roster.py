"""The roster of organs as of a day: who reviews and advises each, and who has none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.letters.workbook import Sheet
from reviewflow.model.people import Unit
from reviewflow.model.unit_term import UnitTermSort
from reviewflow.queries.definitions import book
from reviewflow.queries.organ_facts import Held, held_terms, organ_facts
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.question import Question
from reviewflow.work import Work

COLUMNS = (
    UnitTermSort.REVIEW_BODY,
    UnitTermSort.ADVISER,
    UnitTermSort.ENFORCEMENT,
    UnitTermSort.PUBLIC_LAWYER,
)
LACKING: Mapping[UnitTermSort, str] = {
    # by the counts of the indicators, so that roster and figures agree
    UnitTermSort.REVIEW_BODY: "governments_unstaffed",
    UnitTermSort.ADVISER: "organs_unadvised",
    UnitTermSort.PUBLIC_LAWYER: "enforcers_uncovered",
}


@dataclass(frozen=True, slots=True)
class OrganRow:
    """An organ with what holds of it on the day, and what it should have and lacks."""

    unit: Unit
    held: Mapping[UnitTermSort, Sequence[Held]]
    lacks: frozenset[UnitTermSort]


@dataclass(frozen=True, slots=True)
class OrganRoster:
    """Organs in official order, and how many lack what."""

    day: date
    lack: UnitTermSort | None
    rows: Sequence[OrganRow]
    total: int
    lacking: Mapping[UnitTermSort, int]

    def page(self, wanted: int) -> tuple[Paging, Sequence[OrganRow]]:
        """Return one page of the rows."""
        place = paging(len(self.rows), wanted)
        return place, self.rows[place.first : place.end]


def organ_roster(work: Work, day: date, lack: UnitTermSort | None) -> OrganRoster:
    """Return the organs in force on a day, all of them or those that lack something.

    Args:
        work: Actor, instant and transaction.
        day: As of when; what began later, or ended before, is not there.
        lack: Only those that should have this and have it not.
    """
    names: dict[int, set[str]] = defaultdict(set)
    for fact in organ_facts(work, Question(day), {}):
        names[fact.id].update(fact.names)
    held: dict[int, dict[UnitTermSort, list[Held]]] = defaultdict(dict)
    for one in held_terms(work, day):
        held[one.unit_id].setdefault(one.sort, []).append(one)
    units = work.session.scalars(
        sa.select(Unit).where(Unit.id.in_(names)).order_by(Unit.position, Unit.id)
    ).all()
    rows = [OrganRow(unit, held[unit.id], _lacks(names[unit.id])) for unit in units]
    return OrganRoster(
        day=day,
        lack=lack,
        rows=[row for row in rows if lack is None or lack in row.lacks],
        total=len(rows),
        lacking={sort: sum(sort in row.lacks for row in rows) for sort in LACKING},
    )


def roster_sheet(found: OrganRoster, words: Mapping[UnitTermSort, str]) -> Sheet:
    """Return the roster as a sheet.

    Args:
        found: As `organ_roster` gives it.
        words: The Chinese name of each column.
    """
    headings = ("机关", "层级", "区域", *(words[sort] for sort in COLUMNS), "缺项")
    rows = [
        (
            row.unit.name,
            book().labels[row.unit.level.value],
            row.unit.area,
            *("；".join(map(_line, row.held.get(sort, ()))) for sort in COLUMNS),
            "、".join(words[sort] for sort in COLUMNS if sort in row.lacks),
        )
        for row in found.rows
    ]
    return Sheet(f"机构名册（{chinese.day(found.day)}）", headings, rows)


def _lacks(names: set[str]) -> frozenset[UnitTermSort]:
    return frozenset(sort for sort, count in LACKING.items() if count in names)


def _line(held: Held) -> str:
    last = chinese.day(held.last_on) or "今"
    return f"{held.holder}（{chinese.day(held.first_on)}至{last}）"
