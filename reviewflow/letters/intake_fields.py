"""What is told the drafting unit about its packet: accepted, to be mended, returned."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.letters.case_fields import case_fields
from reviewflow.letters.due_fields import due_fields, first_due_fields
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.event import Event
from reviewflow.model.people import Role, Unit
from reviewflow.work import Work

REVIEW_STEP = "draft_opinion"
INTAKES = (Role.OFFICE_INTAKE, Role.REVIEW_INTAKE)


def intake_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter at the reception, in the order of its sorts."""
    events = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind.in_(LETTERS))
        .order_by(Event.seq)
    ).all()
    for kind, (sort, told) in LETTERS.items():
        own = [event for event in events if event.kind == kind]
        for place, event in enumerate(own, start=1):
            yield Occasion(
                SORTS[sort],
                place,
                clock.beijing_date(event.at),
                is_final=True,
                fields=partial(told, work, case, event),
                settled=partial(getattr, event, "at"),
            )


def supplement_fields(work: Work, case: Case, event: Event) -> Fields:
    """Return what a notice to supplement may say (材料补正通知书)."""
    due_on = work.session.scalar(
        sa.select(sa.func.min(Task.due_on)).where(
            Task.case_id == case.id,
            Task.opened_at == event.at,
            Task.role == Role.DRAFTER,
        )
    )
    started_on = clock.beijing_date(event.effective_at)
    return {**_common(work, case, event), **due_fields(work, case, started_on, due_on)}


def acceptance_fields(work: Work, case: Case, event: Event) -> Fields:
    """Return what a notice of acceptance may say (受理通知书)."""
    day = clock.beijing_date(event.at)
    return {
        **_common(work, case, event),
        "accepted_on": chinese.day(day),
        **first_due_fields(work, case, day, REVIEW_STEP, "review_due"),
    }


def return_fields(work: Work, case: Case, event: Event) -> Fields:
    """Return what goes with a packet given back (退回通知书), and by whom."""
    sender = work.session.scalar(
        sa.select(Unit.name)
        .join(Task, Task.unit_id == Unit.id)
        .where(
            Task.case_id == case.id,
            Task.done_at == event.at,
            Task.role.in_(INTAKES),
        )
    )
    return {**_common(work, case, event), "sender_name": sender or ""}


def extension_fields(work: Work, case: Case, event: Event) -> Fields:
    """Return what a notice of more time may say (延长审查时限通知书)."""
    told = event.payload or {}
    return {
        **_common(work, case, event),
        "extra_days": int(told["extra"]),
        "before": chinese.day(date.fromisoformat(told["before"])),
        **_put_off(work, case, date.fromisoformat(told["due_on"])),
    }


def _put_off(work: Work, case: Case, due_on: date) -> Fields:
    """Return till when a review was put off, by the clock that says so."""
    started_on = work.session.scalar(
        sa.select(sa.func.max(CaseDeadline.started_on)).where(
            CaseDeadline.case_id == case.id,
            CaseDeadline.extended_by > 0,
            CaseDeadline.due_on == due_on,
        )
    )
    return due_fields(work, case, started_on or due_on, due_on)


def _common(work: Work, case: Case, event: Event) -> Fields:
    return {
        **case_fields(work, case, event.at),
        "reason": str((event.payload or {}).get("reason") or ""),
        "signed_on": chinese.day(clock.beijing_date(event.at)),
        "letter_number": "",
    }


LETTERS: Mapping[str, tuple[str, Callable[[Work, Case, Event], Fields]]] = {
    "case.accepted": ("acceptance_notice", acceptance_fields),
    "case.supplement_requested": ("supplement_notice", supplement_fields),
    "case.returned": ("case_return_notice", return_fields),
    "review.extended": ("extension_notice", extension_fields),
}
"""Which line of the history calls for which letter, and what that may say."""
