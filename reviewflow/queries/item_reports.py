"""Whether each government's review office has sent its report on the year before."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.model.people import Unit, UnitSort
from reviewflow.model.report import ReportSending
from reviewflow.queries.item_book import Measure
from reviewflow.queries.item_proofs import MET, Proof, Proofs
from reviewflow.queries.organ_facts import organ_facts
from reviewflow.queries.question import Question
from reviewflow.queries.report_dues import dues_of
from reviewflow.queries.report_outlines import outlines
from reviewflow.report_rows import reported_governments
from reviewflow.report_sendings import Owed, sendings_of, standing
from reviewflow.work import Work

GOVERNMENTS = "governments"
UNSENT, LATE = "unsent", "late"


class Asked(NamedTuple):
    """Which report on which year, by when it was owed, and what is known of that."""

    report: str
    year: int
    due_on: date | None
    as_of: date

    @property
    def is_over(self) -> bool:
        """The day by which it was owed is over."""
        return self.due_on is not None and self.due_on < self.as_of


def yearly_reports(work: Work, question: Question, measure: Measure) -> Proofs:
    """Return the governments in force on the day, and what became of their reports.

    What was written down after the day is not known on it. Before the day by which
    the report is owed, only those that have sent it are there.
    """
    (report,) = measure.words
    year = question.last_day.year - 1
    dues = dues_of(work, outlines().reports[report], year)
    due_on = dues[0].deadline.due_on if dues else None
    asked = Asked(report, year, due_on, question.as_of)
    names = _governments(work, question)
    read = {organ.id for organ in reported_governments(work)}
    with work.beyond_sight():
        found = sendings_of(work, list(names), [year])
    over = clock.end_of_day(question.as_of)
    proofs = []
    for unit_id, name in names.items():
        sent = standing(found.get(Owed(unit_id, year, report), ()), over)
        if sent is not None or asked.is_over:
            path = _path(asked, unit_id) if unit_id in read else ""
            proofs.append(Proof(unit_id, name, path, *_told(asked, sent)))
    return proofs


def _governments(work: Work, question: Question) -> dict[int, str]:
    """Return the names of governments in force on the day; a 街道 is none."""
    there = [
        fact.id for fact in organ_facts(work, question, {}) if GOVERNMENTS in fact.names
    ]
    rows = work.session.execute(
        sa.select(Unit.id, Unit.name)
        .where(Unit.id.in_(there), Unit.sort == UnitSort.GOVERNMENT)
        .order_by(Unit.position, Unit.id)
    )
    return {row.id: row.name for row in rows}


def _told(asked: Asked, sent: ReportSending | None) -> tuple[str, str]:
    """Return what is said of a report, and what it lacks."""
    if sent is None or sent.sent_on is None:
        return f"{asked.year}年度报告", UNSENT
    is_late = asked.due_on is not None and sent.sent_on > asked.due_on
    said = f"{asked.year}年度报告，{chinese.day(sent.sent_on)}送{sent.receiver}"
    return said, LATE if is_late else MET


def _path(asked: Asked, unit_id: int) -> str:
    return f"/reports/{asked.year}/sending?report={asked.report}&organ={unit_id}"
