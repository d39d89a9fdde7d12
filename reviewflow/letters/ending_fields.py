"""What is announced when a document ends: repealed, or run out (失效、废止公告)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.library import LibraryDocument
from reviewflow.work import Work

REPEAL, LAPSE = "REPEAL", "LAPSE"
DECIDED = {REPEAL: "announce_decision", LAPSE: "announce_expiry"}
"""At which step it is noted that the end was made public."""
DONE_EVENT = "task.completed"
NOT_ANNOUNCED = "（未公布）"


def ending_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for an announcement: the end of a document."""
    if case.conclusion not in DECIDED:
        return
    row = work.session.scalar(
        sa.select(LibraryDocument).where(LibraryDocument.validity_case_id == case.id)
    )
    if row is None:
        return
    said = last_answers(work, case, DECIDED[case.conclusion])
    announced_on = _day(said, "announced_on")
    yield Occasion(
        SORTS["ending_notice"],
        place=1,
        since=announced_on or work.today,
        is_final=announced_on is not None,
        fields=partial(ending_fields, case, row, said),
        settled=partial(instant_of, work, case, DONE_EVENT),
    )


def ending_fields(case: Case, row: LibraryDocument, said: Mapping[str, Any]) -> Fields:
    """Return what the announcement may say.

    Source: 《安徽省行政规范性文件管理办法》第四章 (有效期届满自动失效, to be verified).
    """
    published = row.publication
    announced_on = _day(said, "announced_on")
    return {
        "maker_name": published.maker.name,
        "title": chinese.line(published.title),
        "doc_number": published.doc_number,
        "published_on": chinese.day(published.published_on),
        "valid_until": chinese.day(row.valid_until),
        "ending": case.conclusion or "",
        "repealed_on": chinese.day(_day(said, "ends_on")),
        "decided_by": chinese.end_of_sentence(said.get("basis")),
        "channel": chinese.line(said.get("channel")),
        "letter_number": "",
        "signed_on": chinese.day(announced_on) if announced_on else NOT_ANNOUNCED,
    }


def _day(said: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if said.get(name) else None
