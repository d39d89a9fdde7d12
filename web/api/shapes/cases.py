"""How cases look, and what may be sent about them."""

from datetime import date
from typing import Any

from pydantic import Field

from reviewflow.model.case import CaseStatus
from reviewflow.queries.case_files import CaseFile
from web.api.shapes.deadlines import Clock, clock_shape
from web.api.shapes.documents import Document
from web.api.shapes.opinions import Opinion
from web.api.shapes.people import Organ, Person
from web.api.shapes.tasks import Task
from web.api.wire import Answer, Body, Day, Instant, Key, Text, Window, Word


class Case(Answer):
    """A matter on its way, with all that hangs on it."""

    id: int
    number: str
    kind: str
    kind_code: str
    title: str
    state: CaseStatus
    phase: str
    conclusion: str | None
    ending: str | None
    round: int
    unit: Organ
    issuing_organ: Organ
    drafter: Person
    parent_id: int | None
    started_at: Instant
    finished_at: Instant | None
    version: int
    open_tasks: list[Task]
    deadlines: list[Clock]
    documents: list[Document]
    opinions: list[Opinion]


class Cases(Answer):
    """A part of a list of cases."""

    items: list[Case]
    total: int
    next: str | None


class CaseQuery(Window):
    """Which cases."""

    kind: Word = ""
    state: Word = ""
    unit: Key | None = None
    q: Word = ""
    due_before: Day | None = None


class NewCase(Body):
    """A matter to be registered, with the answers to the kind's start form."""

    kind: Word
    title: Text
    unit_id: Key
    fields: dict[str, Any]


class Withdrawal(Body):
    """Why a case is taken back."""

    reason: Text


class Event(Answer):
    """A line of a case's journal, with what chains it to the line before."""

    seq: int
    kind: str
    actor: Person | None
    unit: Organ | None
    role: str | None
    at: Instant
    effective_at: Instant
    payload: dict[str, Any] | None
    payload_digest: str
    state_digest: str
    projection_digest: str
    prev: str
    hash: str
    alg: str
    schema_version: int = Field(validation_alias="schema")


class Events(Answer):
    """A part of a case's journal."""

    items: list[Event]
    total: int
    next: str | None


def case_shape(file: CaseFile, today: date) -> Case:
    """Return how a case looks today."""
    case = file.case
    return Case(
        id=case.id,
        number=case.number,
        kind=case.kind,
        kind_code=case.kind_code,
        title=case.title,
        state=case.status,
        phase=case.phase,
        conclusion=case.conclusion,
        ending=case.ending,
        round=case.round,
        unit=Organ.model_validate(case.unit),
        issuing_organ=Organ.model_validate(case.issuing_organ),
        drafter=Person.model_validate(case.drafter),
        parent_id=case.parent_id,
        started_at=case.started_at,
        finished_at=case.finished_at,
        version=case.version,
        open_tasks=[Task.model_validate(task) for task in file.open_tasks],
        deadlines=[clock_shape(clock, today) for clock in file.clocks],
        documents=[Document.model_validate(one) for one in file.documents],
        opinions=[Opinion.model_validate(one) for one in file.opinions],
    )
