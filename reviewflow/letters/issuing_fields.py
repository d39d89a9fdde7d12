"""What a notice that issues a document may say (印发通知)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.publication import Publication
from reviewflow.work import Work

MEETING_STEP, PUBLISH_STEP = "hold_meeting", "publish"
PUBLISHED_EVENT = "document.published"
ENDED = ("replaces", "repeals")
"""Questions whose answers name documents, one on a line."""
NOT_PUBLISHED = "（未公布）"


def issuing_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for the notice: the document has its number."""
    row = publication_of(work, case)
    if row is None:
        return
    yield Occasion(
        SORTS["issuing_notice"],
        place=1,
        since=row.published_on or clock.beijing_date(row.recorded_at),
        is_final=row.published_on is not None,
        fields=partial(notice_fields, work, case, row),
        settled=partial(instant_of, work, case, PUBLISHED_EVENT),
    )


def notice_fields(work: Work, case: Case, row: Publication) -> Fields:
    """Return what the notice may say."""
    return {
        "maker_name": row.maker.name,
        "title": chinese.line(row.title),
        "letter_number": row.doc_number,
        **decided_fields(work, case, row),
        "published_on": chinese.day(row.published_on),
        "effective_on": chinese.day(row.effective_on),
        "valid_until": chinese.day(row.valid_until),
        "ended": _ended(last_answers(work, case, PUBLISH_STEP)),
        "signed_on": chinese.day(row.published_on) or NOT_PUBLISHED,
    }


def decided_fields(work: Work, case: Case, row: Publication | None) -> Fields:
    """Return which meeting passed it and when, as published or else as held."""
    held = last_answers(work, case, MEETING_STEP)
    held_on = held.get("held_on")
    decided_on = date.fromisoformat(held_on) if held_on else None
    if row is None:
        meeting = ""
    else:
        decided_on, meeting = row.decided_on or decided_on, row.meeting
    return {
        "meeting": chinese.line(meeting or held.get("meeting")),
        "decided_on": chinese.day(decided_on),
    }


def publication_of(work: Work, case: Case) -> Publication | None:
    """Return the publication of a case; none before it has a number."""
    return work.session.scalar(
        sa.select(Publication).where(Publication.case_id == case.id)
    )


def _ended(said: Mapping[str, Any]) -> str:
    """Return the documents that end with it, one after the other."""
    lines = (str(said.get(name) or "").split("\n") for name in ENDED)
    named = (chinese.end_of_sentence(line) for each in lines for line in each)
    return "、".join(filter(None, named))
