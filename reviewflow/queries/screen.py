"""What the big screen shows: this year's reviews, and what is late or soon will be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.people import Unit
from reviewflow.permissions import require_screen
from reviewflow.queries.inbox import sort_of
from reviewflow.queries.lamps import Lamp, Urgency, count_states, task_lamps
from reviewflow.queries.question import Question
from reviewflow.queries.rates import quotient
from reviewflow.queries.review_analysis import Analysis, review_analysis
from reviewflow.queries.review_facts import review_limits
from reviewflow.work import Work

PRESSING = (Urgency.LATE, Urgency.TODAY, Urgency.SOON)
MOST_ROWS, MOST_UNITS = 7, 8


@dataclass(frozen=True, slots=True)
class PressingCase:
    """A running case without its title: it may not have been decided yet."""

    number: str
    sort: str
    unit: str
    step: str
    lamp: Lamp


@dataclass(frozen=True, slots=True)
class Screen:
    """Figures of this year and of today, as far as the actor sees them."""

    analysis: Analysis
    running: int
    soon: int
    """Due today or within the days of the warning."""
    late: int
    in_time_percent: str | None
    units: Sequence[tuple[str, int]]
    """Who sent how many for review, the most first."""
    pressing: Sequence[PressingCase]
    pressing_total: int


def screen(work: Work) -> Screen:
    """Return the big screen; the number of statements never grows.

    Raises:
        Refused: The actor neither leads nor supervises nor runs reviews.
    """
    require_screen(work.actor)
    question = Question(as_of=work.today, from_on=work.today.replace(month=1, day=1))
    found = review_analysis(work, question)
    lamps = _lamps(work)
    states = count_states(lamp for _, lamp in lamps.values())
    pressing = [(i, lamp) for i, lamp in lamps.values() if lamp.state in PRESSING]
    pressing.sort(key=lambda row: (row[1].rank, row[0]))
    return Screen(
        analysis=found,
        running=_running_count(work),
        soon=states.get(Urgency.TODAY, 0) + states.get(Urgency.SOON, 0),
        late=states.get(Urgency.LATE, 0),
        in_time_percent=quotient(found.counts["in_time"], found.counts["reviews"]),
        units=_units(work, found),
        pressing=_pressing(work, pressing[:MOST_ROWS]),
        pressing_total=len(pressing),
    )


def _running(work: Work) -> list[sa.ColumnElement[bool]]:
    under_review = Case.process_version_id.in_(sorted(review_limits(work)))
    return [Case.status == CaseStatus.RUNNING, under_review]


def _running_count(work: Work) -> int:
    count = sa.select(sa.func.count(Case.id)).where(*_running(work))
    return work.session.scalar(count) or 0


def _lamps(work: Work) -> dict[int, tuple[int, Lamp]]:
    """Return by case the task that is most urgent, and its lamp."""
    cases = sa.select(Case.id).where(*_running(work))
    open_ones = (Task.closed_at.is_(None), Task.case_id.in_(cases))
    lamps = task_lamps(work, *open_ones)
    found: dict[int, tuple[int, Lamp]] = {}
    select = sa.select(Task.id, Task.case_id).where(*open_ones).order_by(Task.id)
    for row in work.session.execute(select):
        known = found.get(row.case_id)
        if known is None or lamps[row.id].rank < known[1].rank:
            found[row.case_id] = (row.id, lamps[row.id])
    return found


def _units(work: Work, found: Analysis) -> list[tuple[str, int]]:
    sent = Counter(m.unit_id for m in found.moments if "accepted" in m.names)
    makers = found.roster.makers
    ranked = sorted(sent, key=lambda i: (-sent[i], makers[i].position, i))[:MOST_UNITS]
    select = sa.select(Unit.id, Unit.short_name).where(Unit.id.in_(ranked))
    names = {row.id: row.short_name for row in work.session.execute(select)}
    return [(names[i], sent[i]) for i in ranked]


def _pressing(work: Work, rows: Sequence[tuple[int, Lamp]]) -> list[PressingCase]:
    tasks = work.session.scalars(
        sa.select(Task)
        .where(Task.id.in_([task_id for task_id, _ in rows]))
        .options(joinedload(Task.case).joinedload(Case.unit))
    ).unique()
    by_id = {task.id: task for task in tasks}
    return [
        PressingCase(
            number=by_id[i].case.number,
            sort=sort_of(work, by_id[i].case),
            unit=by_id[i].case.unit.short_name,
            step=by_id[i].title,
            lamp=lamp,
        )
        for i, lamp in rows
    ]
