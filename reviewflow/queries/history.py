"""Every line of a case's journal, with who did it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.model.event import Event
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work

GROUPS = {
    # what a filter of the page is called in the address: how its events begin
    "tasks": ("task.", "case."),
    "opinions": (
        "opinion.",
        "counsel.",
        "hearing.",
        "consultation.",
        "units.",
        "meeting.",
    ),
    "documents": ("document.", "bases."),
    "clocks": ("clock.", "timer."),
    "filings": ("filing.",),
}


@dataclass(frozen=True, slots=True)
class History:
    """The lines of a case's journal, those of one group if one is wanted."""

    head: CaseHead
    events: list[Event]
    total: int
    steps: dict[str, str]
    """Titles of the steps the lines speak of."""


def history(work: Work, case_id: int, group: str = "") -> History:
    """Return a case's journal from its first line on.

    Raises:
        Missing: There is no such case, or the actor may not see it.
    """
    head = case_head(work, case_id)
    events = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case_id)
        .order_by(Event.seq)
        .options(joinedload(Event.actor), joinedload(Event.unit))
    ).all()
    begins = GROUPS.get(group, ("",))
    steps = work.process(head.case).kind.steps
    return History(
        head=head,
        events=[event for event in events if event.kind.startswith(begins)],
        total=len(events),
        steps={key: step.title for key, step in steps.items()},
    )


def latest_event(work: Work, case_id: int) -> Event | None:
    """Return what happened last in a case that the actor may see."""
    return work.session.scalar(
        sa.select(Event)
        .where(Event.case_id == case_id)
        .order_by(Event.seq.desc())
        .limit(1)
        .options(joinedload(Event.actor))
    )
