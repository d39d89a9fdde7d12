"""Clients that complete the tasks of one case after the other, on either server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench import twelve
from bench.installations import Installation
from bench.positions import Shelf
from bench.servers import Line
from reviewflow.usecases.signins import make_token
from tests import steps

Answered = dict[str, Any]
KIND_CODE = {"kind_code": "ZFGFXWJ"}


class Rival(Protocol):
    """A case to be completed task by task."""

    def begin(self) -> None:
        """Begin a new case."""

    def prepare(self) -> None:
        """See to it that the task that waits can be completed; not measured."""

    def complete(self) -> None:
        """Complete the task that waits."""


@dataclass(slots=True)
class Floor:
    """The bare application."""

    line: Line
    answers: Callable[[str], Mapping[str, Any]] = lambda _step: twelve.ANSWERS
    _case: Answered = field(default_factory=dict)

    def begin(self) -> None:
        """Begin a new case."""
        self._case = self.line.send("POST", "/cases", {})

    def prepare(self) -> None:
        """Nothing is asked for here."""

    def complete(self) -> None:
        """Complete the task that waits."""
        task = self._case["open_tasks"][0]
        path = f"/cases/{self._case['id']}/tasks/{task['id']}/complete"
        sent = {"answers": self.answers(task["step"])}
        self._case = self.line.send("POST", path, sent)


@dataclass(slots=True)
class Product:
    """ReviewFlow by its API, with twelve tasks in a row."""

    line: Line
    unit_id: int
    _case: Answered = field(default_factory=dict)

    def begin(self) -> None:
        """Begin a new case."""
        self._case = _begin(self.line, twelve.KEY, self.unit_id, KIND_CODE)

    def prepare(self) -> None:
        """Nothing is asked for here."""

    def complete(self) -> None:
        """Complete the task that waits."""
        self._case = _complete(self.line, self._case, twelve.ANSWERS)


class Shipped:
    """ReviewFlow by its API, with the shipped kind and all its posts."""

    def __init__(self, line: Line, place: Installation) -> None:
        """Let everybody in."""
        self._line, self._place = line, place
        self._case: Answered = {}
        self._answers: Answered = {}
        with place.as_(None) as work:
            self._tokens = {
                user_id: make_token(work, name.replace("_", "."))
                for name, user_id in place.cast.people.items()
            }

    def begin(self) -> None:
        """Begin a new case."""
        cast = self._place.cast
        self._line.token = self._tokens[cast.drafter]
        unit_id = cast.units["housing"]
        self._case = _begin(self._line, "normative_document", unit_id, steps.START)

    def prepare(self) -> None:
        """Find who may do the task, and upload what it needs."""
        as_, cast = self._place.as_, self._place.cast
        task = self._case["open_tasks"][0]
        user_id = steps.doer(as_, task["id"])
        self._line.token = self._tokens[user_id]
        people = {name: cast.people[who] for name, who in steps.PEOPLE.items()}
        with as_(user_id) as work:
            kind = work.processes.latest(work.session, "normative_document").kind
            form = kind.forms[task["step"]]
            chosen = {f.name: people[f.name] for f in form.fields if f.name in people}
            self._answers = {**steps.ANSWERS.get(task["step"], {}), **chosen}
            needed = form.needed(form.parse(self._answers))
            steps.upload(work, self._case["id"], [need.role for need in needed])

    def complete(self) -> None:
        """Complete the task that waits."""
        self._case = _complete(self._line, self._case, self._answers)


def shipped_floor(line: Line) -> Floor:
    """Return a client of the bare application that runs the shipped kind."""
    return Floor(line, Shelf().decisions)


def _begin(line: Line, kind: str, unit_id: int, fields: Mapping[str, Any]) -> Any:
    sent = {"kind": kind, "title": "公共停车设施管理办法", "unit_id": unit_id}
    return line.send("POST", "/api/v1/cases", {**sent, "fields": fields})


def _complete(line: Line, case: Answered, answers: Mapping[str, Any]) -> Any:
    task = case["open_tasks"][0]
    sent = {"answers": answers, "task_version": task["version"]}
    return line.send("POST", f"/api/v1/tasks/{task['id']}/complete", sent)
