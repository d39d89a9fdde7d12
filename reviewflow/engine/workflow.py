"""A running case: the only way to start, ask, move and store one."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Self

from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.compaction import compact
from reviewflow.engine.scripting import Services, script_engine
from reviewflow.engine.specs import Diagram
from reviewflow.engine.states import read_state, write_state
from reviewflow.engine.tokens import (
    ArmedTimer,
    OpenTask,
    Position,
    armed_timer,
    is_armed,
    is_open,
    live_tasks,
    open_task,
    positions,
)
from reviewflow.engine.trees import CaseTree
from reviewflow.errors import ReviewflowError, TaskDone

for quiet in ("spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(quiet).setLevel(logging.WARNING)

MAX_STEPS = 1_000


class Stuck(ReviewflowError):
    """The process cannot go on: a fault of its diagram, not of the official."""

    message = "流程无法继续，请联系管理员处理，已填写的内容没有丢失。"


class EndlessLoop(Stuck):
    """Automatic steps follow one another without end."""

    message = "流程在自动环节之间反复循环，已停止，请联系管理员检查流程图。"


class Workflow:
    """One running case (流程实例).

    After any exception the object is worthless: throw it away and roll back.
    """

    def __init__(self, diagram: Diagram, inner: CaseTree) -> None:
        """Wrap what `start` made or `resume` restored."""
        self._diagram = diagram
        self._inner = inner
        self._steps = 0

    @classmethod
    def start(
        cls, diagram: Diagram, facts: Mapping[str, object], services: Services
    ) -> Self:
        """Begin a case and run to where somebody has to act.

        Args:
            diagram: The version it will follow to its end.
            facts: What is known about the case; scalars only.
            services: What each effect does, bound to the case.

        Raises:
            Stuck: The diagram cannot be followed with these facts.
        """
        inner = CaseTree(diagram, script_engine(services))
        inner.plant()
        inner.task_tree.data.update(_scalars(facts))
        workflow = cls(diagram, inner)
        workflow._run()
        return workflow

    @classmethod
    def resume(cls, diagram: Diagram, state: str, services: Services) -> Self:
        """Return a stored case.

        Raises:
            UnreadableState: The state is damaged or newer than the program.
        """
        return cls(diagram, read_state(diagram, state, script_engine(services)))

    @property
    def finished(self) -> bool:
        """Nothing is left to do."""
        return bool(self._inner.completed)

    @property
    def ended_at(self) -> str | None:
        """The id of the end event that ended the case, if one did."""
        end = self._last_end()
        return None if end is None else str(end.bpmn_id)

    @property
    def ended_name(self) -> str | None:
        """The name of that end event, as officials read it in the diagram."""
        end = self._last_end()
        return None if end is None else str(end.bpmn_name)

    def _last_end(self) -> EndEvent | None:
        ends = [
            task
            for task in self._inner.tasks.values()
            if isinstance(task.task_spec, EndEvent)
            and task.state == TaskState.COMPLETED
        ]
        if not self.finished or not ends:
            return None
        return max(ends, key=lambda task: task.last_state_change).task_spec

    def open_tasks(self) -> list[OpenTask]:
        """Return the user tasks that wait for somebody."""
        live = live_tasks(self._inner)
        return [open_task(self._diagram, task) for task in live if is_open(task)]

    def timers(self) -> list[ArmedTimer]:
        """Return the timers that will happen unless somebody acts first."""
        live = live_tasks(self._inner)
        return [armed_timer(self._diagram, task) for task in live if is_armed(task)]

    def positions(self) -> list[Position]:
        """Return the elements of the diagrams where tokens stand."""
        return positions(self._diagram, self._inner)

    def decisions(self) -> dict[str, object]:
        """Return the steering values where the case stands."""
        known: dict[str, object] = dict(self._inner.data)
        for task in live_tasks(self._inner):
            known = {**task.data, **known}
        return known

    def complete(self, engine_id: str, decisions: Mapping[str, object]) -> None:
        """Finish one user task and run to where somebody has to act again.

        Args:
            engine_id: The task, as `open_tasks` named it.
            decisions: What the official decided; scalars only.

        Raises:
            TaskDone: It does not wait any more.
            Stuck: The diagram cannot be followed with these decisions.
        """
        task = self._find(engine_id)
        if task is None or not is_open(task):
            raise TaskDone
        task.data.update(_scalars(decisions))
        self._run(task.run)

    def fire(self, engine_id: str) -> None:
        """Let one timer happen, as its row has fallen due.

        Raises:
            TaskDone: Somebody acted first; the timer is not armed any more.
        """
        task = self._find(engine_id)
        if task is None or not is_armed(task):
            raise TaskDone
        task.task_spec.catch(task, None)
        self._run(lambda: task.task_spec._update(task))  # noqa: SLF001

    def cancel(self) -> None:
        """End the case where it stands; nothing waits any more."""
        self._inner.cancel()

    def dump(self) -> str:
        """Forget what is finished, and return the state as text."""
        compact(self._inner)
        return write_state(self._inner)

    def _run(self, first: Callable[[], object] = lambda: None) -> None:
        self._steps = 0
        try:
            first()
            self._inner.advance(self._count)
        except (SpiffWorkflowException, RecursionError) as error:
            raise Stuck from error

    def _count(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise EndlessLoop

    def _find(self, engine_id: str) -> Task | None:
        inner = self._inner
        for scope in (inner, *inner.subprocesses.values()):
            if engine_id in scope.tasks:
                return scope.tasks[engine_id]
        return None


def _scalars(values: Mapping[str, object]) -> dict[str, Any]:
    for name, value in values.items():
        if value is not None and not isinstance(value, str | int | float):
            kind = type(value).__name__
            raise TypeError(f"{name} is a {kind}; only scalars steer a process")
    return dict(values)
