"""Who reads and writes the yearly reports of which government, and what was written."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow.model.people import Role, Unit, UnitDuty, UnitSort
from reviewflow.model.report import ReportText
from reviewflow.report_desks import reported
from reviewflow.work import Work

FIRST_YEAR = 2000


class Passage(NamedTuple):
    """What a person writes: where it stands."""

    organ_id: int
    year: int
    report: str
    passage: str


NOT_READING = (
    "年度报告由本级合法性审查机构编制，审查、备案审查、监督人员和负责人可以查看。"
)


def reported_governments(work: Work) -> Sequence[Unit]:
    """Return the governments whose reports the actor reads, in official order."""
    return work.session.scalars(
        sa.select(Unit)
        .where(Unit.id.in_(reported(work.actor)), Unit.sort == UnitSort.GOVERNMENT)
        .order_by(Unit.position, Unit.id)
    ).all()


def may_write(work: Work, organ: Unit, writers: Collection[Role]) -> bool:
    """The actor holds one of the posts in the review office of a government."""
    desks = [unit_id for role, unit_id in work.actor.posts if role in writers]
    serving = sa.or_(
        (Unit.government_id == organ.id) & (Unit.duty == UnitDuty.REVIEW),
        Unit.id == organ.id,
    )
    found = sa.select(Unit.id).where(Unit.id.in_(sorted(set(desks))), serving)
    return work.session.scalars(found.limit(1)).first() is not None


def years_of(work: Work) -> range:
    """Return the years on which there may be a report; the present one still runs."""
    return range(FIRST_YEAR, work.today.year + 1)


def texts_of(
    work: Work, organs: Collection[int], years: Collection[int]
) -> Mapping[Passage, ReportText]:
    """Return what was written into reports last; what was taken back is not there.

    The actor sees what was written for the governments whose reports he reads.
    """
    rows = work.session.scalars(
        sa.select(ReportText)
        .where(ReportText.organ_id.in_(organs), ReportText.year.in_(years))
        .order_by(ReportText.id)
    ).unique()
    latest = {
        Passage(row.organ_id, row.year, row.report, row.passage): row for row in rows
    }
    return {passage: row for passage, row in latest.items() if row.text}
