"""What a unit's own review of its draft may say (本单位合法性审核意见)."""

from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import all_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, waiting_since
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.people import User
from reviewflow.work import Work

REVIEW_STEP = "unit_legal_review"
WAITING, NOT_GIVEN, NOT_SIGNED = "WAITING", "（未出具）", "（未签名）"


def internal_opinion_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for an opinion: each time the unit reviewed its draft.

    While a review waits there is a draft to sign.
    """
    sort, rows = SORTS["internal_opinion"], all_answers(work, case, REVIEW_STEP)
    for place, row in enumerate(rows, start=1):
        yield Occasion(
            sort,
            place,
            clock.beijing_date(row.at),
            is_final=True,
            fields=partial(opinion_fields, work, case, row),
            settled=partial(getattr, row, "at"),
        )
    since = waiting_since(work, case, REVIEW_STEP)
    if since is not None:
        fields = partial(opinion_fields, work, case, None)
        yield Occasion(sort, len(rows) + 1, since, is_final=False, fields=fields)


def opinion_fields(work: Work, case: Case, row: TaskAnswers | None) -> Fields:
    """Return what the opinion may say: agreed to, or what is wrong."""
    said = row.answers if row else {"outcome": WAITING}
    name = sa.select(User.display_name).where(User.id == row.by_id) if row else None
    return {
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        "outcome": str(said.get("outcome") or ""),
        "reason": str(said.get("reason") or ""),
        "examiner_name": NOT_SIGNED
        if name is None
        else work.session.scalar(name) or "",
        "letter_number": "",
        "signed_on": chinese.day(clock.beijing_date(row.at)) if row else NOT_GIVEN,
    }
