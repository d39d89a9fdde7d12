"""How tasks look, and what may be sent about them."""

from typing import Any

from pydantic import Field

from reviewflow.model.people import Role
from reviewflow.queries.task_lists import Scope
from web.api.shapes.people import Organ, Person
from web.api.wire import Answer, Body, Day, Instant, Key, Text, Window


class Task(Answer):
    """What one person is to do at one step of a case."""

    id: int
    case_id: int
    step: str
    title: str
    role: Role
    unit: Organ
    assignee: Person | None
    opened_at: Instant
    due_on: Day | None
    due_is_provisional: bool
    done_at: Instant | None
    closed_at: Instant | None
    version: int


class Matter(Answer):
    """The case a task belongs to, as it is named."""

    id: int
    number: str
    title: str


class ListedTask(Task):
    """A task in a list, with its case."""

    case: Matter


class Tasks(Answer):
    """A part of a list of tasks."""

    items: list[ListedTask]
    total: int
    next: str | None


class RequiredDocument(Answer):
    """A document that has to be in the dossier before the task can be completed."""

    role: str
    label: str
    required_if: dict[str, list[str]]
    """Answers under which it is required; none: always."""
    is_there: bool


class AskedTask(ListedTask):
    """A task with what it asks."""

    form: dict[str, Any]
    verbs: list[str]
    documents_required: list[RequiredDocument]


class TaskQuery(Window):
    """Whose tasks."""

    scope: Scope | None = None


class Completion(Body):
    """Answers to the form of a task, in the version that was read."""

    answers: dict[str, Any]
    task_version: int = Field(ge=1)


class Handover(Body):
    """To whom a task is handed, and why."""

    user_id: Key
    reason: Text


class Return(Body):
    """Why a case is sent back."""

    reason: Text
    task_version: int | None = Field(default=None, ge=1)
