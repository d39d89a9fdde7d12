"""A compacted, stored and restored case goes the way of the library's own."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.scripting import Services, script_engine
from reviewflow.engine.specs import Diagram, compile_kind, rebuild_specs
from reviewflow.engine.tokens import live_tasks, path_of
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.shelf import ProcessKind
from tests.kinds.models import MAIN, model

WALKS = 30
LONGEST = 40

Action = tuple[str, ...]


class Case(Protocol):
    """What both sides can do."""

    had: list[tuple[str, Mapping[str, Any]]]

    def actions(self) -> list[Action]: ...
    def take(self, action: Action, choice: str) -> None: ...
    def decided(self) -> list[tuple[Action, dict[str, Any]]]: ...
    def finished(self) -> bool: ...


def log_of(kind: ProcessKind, had: list[tuple[str, Mapping[str, Any]]]) -> Services:
    def effect(name: str) -> Callable[[Mapping[str, Any]], None]:
        return lambda decisions: had.append((name, decisions))

    return {name: effect(name) for name in kind.effects}


class Plain:
    """The library alone: nothing compacted, nothing stored."""

    def __init__(self, kind: ProcessKind) -> None:
        self.had: list[tuple[str, Mapping[str, Any]]] = []
        specs = rebuild_specs(json.loads(compile_kind(kind)))
        engine = script_engine(log_of(kind, self.had))
        self.inner = BpmnWorkflow(specs[kind.process], specs, script_engine=engine)
        self.inner.task_tree.data["level"] = "CITY"
        self.inner.do_engine_steps()

    def waiting(self) -> Iterator[tuple[Action, Task]]:
        for scope in (self.inner, *self.inner.subprocesses.values()):
            for task in scope.tasks.values():
                spec = task.task_spec
                event = getattr(spec, "event_definition", None)
                if task.state == TaskState.READY and spec.manual:
                    yield ("task", spec.bpmn_id, *path_of(task)), task
                if task.state == TaskState.WAITING and isinstance(
                    event, TimerEventDefinition
                ):
                    yield ("timer", spec.bpmn_id, *path_of(task)), task

    def actions(self) -> list[Action]:
        return sorted(action for action, _ in self.waiting())

    def take(self, action: Action, choice: str) -> None:
        task = dict(self.waiting())[action]
        if action[0] == "timer":
            task.task_spec.catch(task, None)
            task.task_spec._update(task)  # noqa: SLF001 - as an event does
        else:
            task.data |= answers(action, choice)
            task.run()
        self.inner.do_engine_steps()

    def decided(self) -> list[tuple[Action, dict[str, Any]]]:
        return sorted((action, task.data) for action, task in self.waiting())

    def finished(self) -> bool:
        return bool(self.inner.completed)


class Stored:
    """Our workflow, which may be stored and restored at any moment."""

    def __init__(self, kind: ProcessKind) -> None:
        self.had: list[tuple[str, Mapping[str, Any]]] = []
        self.diagram = Diagram.load(compile_kind(kind), kind.digest)
        self.services = log_of(kind, self.had)
        self.workflow = Workflow.start(self.diagram, {"level": "CITY"}, self.services)

    def store_and_restore(self) -> None:
        state = self.workflow.dump()
        self.workflow = Workflow.resume(self.diagram, state, self.services)

    def waiting(self) -> Iterator[tuple[Action, str]]:
        for task in self.workflow.open_tasks():
            yield ("task", task.step, *task.path), task.engine_id
        for timer in self.workflow.timers():
            yield ("timer", timer.event, *timer.path), timer.engine_id

    def actions(self) -> list[Action]:
        return sorted(action for action, _ in self.waiting())

    def take(self, action: Action, choice: str) -> None:
        engine_id = dict(self.waiting())[action]
        if action[0] == "timer":
            self.workflow.fire(engine_id)
        else:
            self.workflow.complete(engine_id, answers(action, choice))

    def decided(self) -> list[tuple[Action, dict[str, Any]]]:
        inner = self.workflow._inner  # noqa: SLF001 - what each token carries
        data = {str(t.id): t.data for t in live_tasks(inner)}
        return sorted((action, data[key]) for action, key in self.waiting())

    def finished(self) -> bool:
        return self.workflow.finished


def answers(action: Action, choice: str) -> dict[str, str]:
    """Answer a question of the step's own, one that all ask, one that two ask."""
    step = action[1]
    said = {step.partition("_")[2]: choice, "last": f"{step} {choice}"}
    return said | ({"aside": step} if step in ("user_x", "user_y") else {})


def view(case: Case) -> tuple[object, ...]:
    return case.actions(), case.finished(), case.had, case.decided()


@pytest.mark.parametrize("name", MAIN)
def test_a_stored_case_goes_the_way_of_the_library_in_memory(name: str) -> None:
    kind = model(name)
    seed = random.randrange(10**9)  # noqa: S311 - any seed will do
    chance = random.Random(seed)  # noqa: S311
    for walk in range(WALKS):
        plain, stored = Plain(kind), Stored(kind)
        for step in range(LONGEST):
            where = f"seed {seed}, walk {walk}, step {step}"
            assert view(stored) == view(plain), where
            if plain.finished():
                break
            assert plain.actions(), where
            action, choice = chance.choice(plain.actions()), chance.choice("ABC")
            plain.take(action, choice)
            stored.take(action, choice)
            if chance.random() < 0.9:
                stored.store_and_restore()
