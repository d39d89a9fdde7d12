"""When a case has a letter: what has happened in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.letters.merge import Fields
from reviewflow.letters.sorts import LetterSort
from reviewflow.model.case import Case, Task
from reviewflow.model.event import Event
from reviewflow.work import Work


def _never() -> None:
    """Give no instant."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened in a case and calls for a letter."""

    sort: LetterSort
    place: int
    """Its place among the letters of its sort in the case, from 1."""
    since: date
    is_final: bool
    fields: Callable[[], Fields]
    settled: Callable[[], datetime | None] = _never
    """Gives the instant at which it became final."""

    @property
    def name(self) -> str:
        """The name by which the letter is asked for; it never changes."""
        return f"{self.sort.name}-{self.place}"

    @property
    def state(self) -> str:
        """Whether it counts already, in Chinese."""
        return self.sort.final if self.is_final else self.sort.draft

    def template_as_of(self, now: datetime) -> datetime:
        """Return as of when its template is taken: what is issued stays as it is."""
        if not self.is_final:
            return now
        return self.settled() or clock.end_of_day(self.since)


def waiting_since(work: Work, case: Case, step: str) -> date | None:
    """Return since when a case waits at a step; none if it does not."""
    opened_at = work.session.scalar(
        sa.select(sa.func.min(Task.opened_at)).where(
            Task.case_id == case.id, Task.step == step, Task.closed_at.is_(None)
        )
    )
    return clock.beijing_date(opened_at) if opened_at else None


def instant_of(work: Work, case: Case, kind: str, place: int = 0) -> datetime | None:
    """Return when something was recorded in the history of a case.

    Args:
        work: Who asks.
        case: Whose history.
        kind: As the journal names it.
        place: Which time it was, from 1; 0 for the latest.
    """
    found = work.session.scalars(
        sa.select(Event.at)
        .where(Event.case_id == case.id, Event.kind == kind)
        .order_by(Event.seq)
    ).all()
    return found[place - 1] if place - 1 < len(found) and found else None
