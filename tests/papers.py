"""Documents in the library: short ways to published ones."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import Task
from reviewflow.model.library import LibraryDocument
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.errata import correct_document
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import START, TEXT, As, do_next

NUMBERS = count(101)
DECISION = {
    "basis": "局长办公会议",
    "announced_on": "2028-06-01",
    "channel": "市住建局网站",
}
TODAY = date(2026, 3, 2)


def at(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in Beijing."""
    return datetime.combine(day, time(hour - 8), UTC)


def registering(as_: As, cast: Cast, title: str = "", on: date = TODAY) -> int:
    """Begin to register a document of the housing bureau; return its case."""
    fields = {**START, "kind_code": "BMGFXWJ"}
    named = title or f"住房保障第{next(NUMBERS)}号办法"
    with as_(cast.drafter, at(on)) as work:
        unit_id = cast.units["housing"]
        return submit_case(work, "published_document", named, unit_id, fields).id


def published(
    as_: As, cast: Cast, on: date = TODAY, title: str = "", **answers: Any
) -> int:
    """Register a document of the housing bureau; return its id in the library."""
    case_id = registering(as_, cast, title, on)
    said = {
        "doc_number": f"六住建规〔2026〕{next(NUMBERS)}号",
        "published_on": str(on),
        "effective_on": str(on),
        "early_reason": "急需施行。",
        **answers,
    }
    do_next(as_, cast, case_id, "register_document", at(on), **said)
    with as_(None) as work:
        return work.session.scalars(
            sa.select(LibraryDocument.id).where(LibraryDocument.case_id == case_id)
        ).one()


def put_right(as_: As, cast: Cast, document_id: int, **typed: str) -> int:
    """Put an error of a document of the housing bureau right; return its case."""
    said = {
        "wrong": "第九条中的“15个工作曰”",
        "corrected": "15个工作日",
        "announced_on": str(TODAY),
        "channel": "市住建局网站",
        "keeps_rights": "yes",
    }
    with as_(cast.publisher, at(TODAY)) as work:
        return correct_document(work, document_id, said | typed).document.case_id


def fire(runtime: Runtime, day: date) -> int:
    """Let the worker look at the end of a day."""
    return fire_due_timers(runtime, clock.end_of_day(day))


def assessed(as_: As, cast: Cast, document_id: int, proposal: str) -> int:
    """Assess a document whose end is near; return the case."""
    case_id = ending_case(as_, document_id)
    answers = {"proposal": proposal, "reason": TEXT}
    do_next(as_, cast, case_id, "assess_expiry", at(date(2028, 4, 5)), **answers)
    return case_id


def decide(as_: As, cast: Cast, case_id: int, decision: str, **answers: str) -> None:
    """Decide what becomes of a document whose end is near."""
    said = {**DECISION, "decision": decision, **answers}
    do_next(as_, cast, case_id, "announce_decision", at(date(2028, 6, 1)), **said)


def number_of(as_: As, document_id: int) -> str:
    """Return the number of a document."""
    with as_(None) as work:
        return work.get(LibraryDocument, document_id).publication.doc_number


def ending_case(as_: As, document_id: int) -> int:
    """Return the case that deals with the end of a document's validity."""
    with as_(None) as work:
        found = work.get(LibraryDocument, document_id).validity_case_id
        assert found is not None
        return found


def waiting_units(as_: As, case_id: int) -> list[tuple[str, int]]:
    """Return the steps a case waits at, with the unit that does each."""
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        )
        return [(row.step, row.unit_id) for row in rows]
