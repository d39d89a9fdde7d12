"""What the notice that a review takes longer may say (延长审查时限通知书)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.letters import chinese
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import SORTS, Occasion
from reviewflow.letters.review_fields import common_fields
from reviewflow.model.case import Case
from reviewflow.model.event import Event
from reviewflow.work import Work

EXTENDED = "review.extended"


def extension_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return the notices that more time was given, oldest first."""
    rows = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind == EXTENDED)
        .order_by(Event.seq)
    )
    for place, event in enumerate(rows, start=1):
        since = clock.beijing_date(event.at)
        fields = partial(extension_fields, work, case, event)
        yield Occasion(
            SORTS["extension_notice"], place, since, is_final=True, fields=fields
        )


def extension_fields(work: Work, case: Case, event: Event) -> Fields:
    """Return what one such notice may say."""
    told = event.payload or {}
    return {
        **common_fields(work, case, event.at),
        "reason": str(told["reason"]),
        "extra_days": int(told["extra"]),
        "before": chinese.day(date.fromisoformat(told["before"])),
        "due_on": chinese.day(date.fromisoformat(told["due_on"])),
        "signed_on": chinese.day(clock.beijing_date(event.at)),
        "letter_number": "",
    }
