"""What the order that publishes a rule may say (政府令)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import all_answers
from reviewflow.letters.issuing_fields import (
    NOT_PUBLISHED,
    PUBLISHED_EVENT,
    decided_fields,
    publication_of,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of, waiting_since
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.people import User
from reviewflow.work import Work

SIGN_STEP = "sign_order"
ORDER, NOT_SIGNED = "令", "（未签署）"


def order_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for an order: it waits to be signed, or was."""
    sort, signed = SORTS["government_order"], all_answers(work, case, SIGN_STEP)
    if signed:
        row = publication_of(work, case)
        published_on = row.published_on if row else None
        yield Occasion(
            sort,
            place=1,
            since=published_on or clock.beijing_date(signed[-1].at),
            is_final=published_on is not None,
            fields=partial(order_fields, work, case, signed[-1]),
            settled=partial(instant_of, work, case, PUBLISHED_EVENT),
        )
    since = waiting_since(work, case, SIGN_STEP)
    if since is not None:
        fields = partial(order_fields, work, case, None)
        yield Occasion(sort, place=1, since=since, is_final=False, fields=fields)


def order_fields(work: Work, case: Case, signed: TaskAnswers | None) -> Fields:
    """Return what the order may say; of its number only what follows 令.

    Source: 《规章制定程序条例》第三十条.
    """
    row, unsigned = publication_of(work, case), "" if signed else NOT_SIGNED
    said = signed.answers if signed else {}
    signed_on = said.get("signed_on")
    return {
        "maker_name": case.issuing_organ.name,
        "level": case.issuing_organ.level.value,
        "title": chinese.line(case.title),
        "letter_number": row.doc_number.rpartition(ORDER)[2] if row else "",
        **decided_fields(work, case, row),
        "effective_on": chinese.day(row.effective_on) if row else unsigned,
        "head_name": _name(work, signed) or unsigned,
        "ordered_on": chinese.day(date.fromisoformat(signed_on) if signed_on else None),
        "signed_on": chinese.day(row.published_on if row else None) or NOT_PUBLISHED,
    }


def _name(work: Work, signed: TaskAnswers | None) -> str:
    if signed is None:
        return ""
    name = sa.select(User.display_name).where(User.id == signed.by_id)
    return work.session.scalar(name) or ""
