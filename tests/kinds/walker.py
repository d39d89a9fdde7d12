"""A case of a model, stored and restored between any two things that happen."""

from collections.abc import Mapping
from typing import Any

from reviewflow.engine.scripting import Services
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.shelf import ProcessKind

CITY = {"level": "CITY"}


def diagram_of(kind: ProcessKind) -> Diagram:
    return Diagram.load(compile_kind(kind), kind.digest)


def services_of(kind: ProcessKind, called: list[str]) -> Services:
    def effect(name: str) -> Any:
        return lambda _decisions: called.append(name)

    return {name: effect(name) for name in kind.effects}


class Walker:
    """A case that is stored and restored between any two things that happen."""

    def __init__(self, kind: ProcessKind, facts: Mapping[str, Any] = CITY) -> None:
        self.diagram = diagram_of(kind)
        self.called: list[str] = []
        self.services = services_of(kind, self.called)
        self.state = Workflow.start(self.diagram, facts, self.services).dump()

    @property
    def workflow(self) -> Workflow:
        return Workflow.resume(self.diagram, self.state, self.services)

    @property
    def steps(self) -> list[str]:
        return sorted(task.step for task in self.workflow.open_tasks())

    def do(self, step: str, **decisions: object) -> None:
        workflow = self.workflow
        waiting = {task.step: task.engine_id for task in workflow.open_tasks()}
        workflow.complete(waiting[step], decisions)
        self.state = workflow.dump()

    def fire(self, event: str) -> None:
        workflow = self.workflow
        armed = {timer.event: timer.engine_id for timer in workflow.timers()}
        workflow.fire(armed[event])
        self.state = workflow.dump()
