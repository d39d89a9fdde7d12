"""The list behind a number of the analysis of reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.errors import Invalid, Missing
from reviewflow.letters.workbook import Sheet
from reviewflow.model.case import Case
from reviewflow.queries.groups import Roster, read_roster
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.question import Question
from reviewflow.queries.review_book import review_book
from reviewflow.queries.review_moments import Moment, Value, review_moments
from reviewflow.queries.time_slots import CUTS
from reviewflow.work import Work

MOST_EXPORTED = 50_000
BATCH = 10_000
"""Ids in one statement; a database takes some 30,000."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number: its count, and of which unit, kind and slot, if not of all."""

    count: str
    unit_id: int | None = None
    kind_code: str = ""
    slot: str = ""

    def holds(self, moment: Moment) -> bool:
        """The number counts it."""
        return (
            self.count in moment.names
            and self.unit_id in (None, moment.unit_id)
            and self.kind_code in ("", moment.kind_code)
            and (not self.slot or self.slot in {cut(moment.on).key for cut in CUTS})
        )


@dataclass(frozen=True, slots=True)
class ReviewList:
    """What a number counts: one page of it, or everything for a workbook."""

    title: str
    group: str
    headings: tuple[str, ...]
    rows: list[tuple[int, tuple[Value, ...]]]
    """The id of the case, and a value for each heading."""
    paging: Paging

    @property
    def sheet(self) -> Sheet:
        """The list as it goes into a workbook."""
        name = f"{self.title} {self.group}".strip()
        return Sheet(name, self.headings, [values for _, values in self.rows])


def review_list(
    work: Work, question: Question, wanted: Wanted, page: int | None
) -> ReviewList:
    """Return what a number counts, the latest first.

    Args:
        work: Actor, instant and transaction.
        question: The same that gave the number.
        wanted: Which number.
        page: Which page; none for all of it.

    Raises:
        Missing: There is no such count or unit.
        Invalid: It is too long for one workbook.
    """
    title, roster = review_book().title(wanted.count), read_roster(work)
    if title is None or wanted.unit_id not in (None, *roster.makers):
        raise Missing
    found = list(filter(wanted.holds, review_moments(work, question)))
    found.sort(key=lambda moment: (moment.on, moment.id), reverse=True)
    place = paging(len(found), page or 1)
    if page is None and len(found) > MOST_EXPORTED:
        raise Invalid(
            message=f"共 {len(found)} 条，超过 5 万行，请缩小统计时段后再导出。"
        )
    shown = found if page is None else found[place.first : place.end]
    headings = review_book().lists[review_book().subject(wanted.count)]
    group = _group(wanted, roster)
    return ReviewList(title, group, headings, _rows(work, roster, shown), place)


def _group(wanted: Wanted, roster: Roster) -> str:
    unit = roster.makers[wanted.unit_id].name if wanted.unit_id else ""
    kind = roster.kinds.get(wanted.kind_code, wanted.kind_code)
    return " ".join(part for part in (unit, kind, wanted.slot) if part)


def _rows(
    work: Work, roster: Roster, shown: Sequence[Moment]
) -> list[tuple[int, tuple[Value, ...]]]:
    ids = sorted({moment.id for moment in shown})
    told: dict[int, tuple[Value, ...]] = {}
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        select = sa.select(Case.id, Case.title, Case.number).where(Case.id.in_(some))
        told |= {
            row.id: (row.title, row.number) for row in work.session.execute(select)
        }
    return [
        (one.id, (*told[one.id], roster.makers[one.unit_id].name, *one.values))
        for one in shown
    ]
