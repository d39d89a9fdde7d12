"""By when a yearly report is owed, whether it was in time, as of when it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.bulletin_rows import settled
from reviewflow.law.deadlines import Deadline
from reviewflow.law.limits import TimeLimit
from reviewflow.model.bulletin import read_period
from reviewflow.model.report import ReportSending
from reviewflow.queries.report_outlines import Outline
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Due:
    """By when a report is owed, by which row of the register."""

    limit: TimeLimit
    deadline: Deadline


def dues_of(work: Work, outline: Outline, year: int) -> list[Due]:
    """Return by when the report on a year is owed; nothing if no limit says so."""
    start = date(year + 1, 1, 1)
    known = [one for one in outline.limits if work.law.knows(one, start)]
    return [
        Due(work.law.limit(one, start), work.law.deadline(one, start)) for one in known
    ]


def is_late(sent: ReportSending | None, dues: Sequence[Due]) -> bool:
    """It went out after the first of the days by which it is owed.

    The others say by when it is to be public.
    """
    if sent is None or sent.sent_on is None or not dues:
        return False
    return sent.sent_on > dues[0].deadline.due_on


def usual_day(work: Work, year: int) -> date:
    """Return as of when a year is told: its last limit's end, or today if earlier.

    Source: domain rule 6.4 (product rule).
    """
    period = read_period(str(year))
    end = settled(work, period) if period else None
    last = end.due_on if end else date(year, 12, 31)
    return min(last, work.today)
