"""Where a running case stands: open tasks, armed timers, elements to mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.compaction import LIVE
from reviewflow.engine.parsing import ATTRIBUTES
from reviewflow.engine.specs import Diagram
from reviewflow.kinds.diagrams import words


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A user task that waits for somebody.

    `path` holds the ids of the call activities around it, outermost first;
    `process` is the process whose diagram shows it.
    """

    engine_id: str
    step: str
    title: str
    lane: str
    deadline: str | None
    verbs: tuple[str, ...]
    process: str
    path: tuple[str, ...]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArmedTimer:
    """A timer that will happen when its row falls due.

    `step` is the activity it sits on, empty if it stands in the flow.
    """

    engine_id: str
    event: str
    title: str
    limit: str
    step: str
    interrupts: bool
    process: str
    path: tuple[str, ...]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """An element of a diagram where a token stands now."""

    process: str
    element: str


def live_tasks(inner: BpmnWorkflow) -> Iterator[Task]:
    """Give the engine's tasks where tokens stand, in every scope."""
    for scope in (inner, *inner.subprocesses.values()):
        for task in scope.tasks.values():
            if task.state & LIVE:
                yield task


def is_open(task: Task) -> bool:
    """The task waits for a person."""
    return bool(task.state == TaskState.READY and task.task_spec.manual)


def is_armed(task: Task) -> bool:
    """The task is a timer that has not happened."""
    event = getattr(task.task_spec, "event_definition", None)
    return task.state == TaskState.WAITING and isinstance(event, TimerEventDefinition)


def open_task(diagram: Diagram, task: Task) -> OpenTask:
    """Return what an open task looks like from outside."""
    spec = task.task_spec
    own = attributes(spec)
    return OpenTask(
        engine_id=str(task.id),
        step=spec.bpmn_id,
        title=spec.bpmn_name or "",
        lane=spec.lane or "",
        deadline=own.get("deadline"),
        verbs=words(own.get("verbs", "")),
        process=diagram.process_of[task.workflow.spec.name],
        path=path_of(task),
        attributes=own,
    )


def armed_timer(diagram: Diagram, task: Task) -> ArmedTimer:
    """Return what an armed timer looks like from outside."""
    spec = task.task_spec
    own = attributes(spec)
    on_boundary = isinstance(spec, BoundaryEvent)
    return ArmedTimer(
        engine_id=str(task.id),
        event=spec.bpmn_id,
        title=spec.bpmn_name or "",
        limit=own.get("deadline", ""),
        step=task.parent.task_spec.name.partition(".")[0] if on_boundary else "",
        interrupts=bool(on_boundary and spec.cancel_activity),
        process=diagram.process_of[task.workflow.spec.name],
        path=path_of(task),
        attributes=own,
    )


def positions(diagram: Diagram, inner: BpmnWorkflow) -> list[Position]:
    """Return the elements where tokens stand; boundary timers are not tokens."""
    found = [
        Position(diagram.process_of[task.workflow.spec.name], task.task_spec.bpmn_id)
        for task in live_tasks(inner)
        if task.task_spec.bpmn_id
        and not (isinstance(task.task_spec, BoundaryEvent) and is_armed(task))
    ]
    return list(dict.fromkeys(found))


def path_of(task: Task) -> tuple[str, ...]:
    """Return the ids of the call activities around a task, outermost first."""
    path: list[str] = []
    scope = task.workflow
    while scope.parent_task_id is not None:
        caller = scope.top_workflow.get_task_from_id(scope.parent_task_id)
        if isinstance(caller.task_spec, CallActivity):
            path.insert(0, caller.task_spec.bpmn_id)
        scope = caller.workflow
    return tuple(path)


def attributes(spec: TaskSpec) -> dict[str, str]:
    """Return the attributes of our namespace."""
    own: dict[str, str] = getattr(spec, "extensions", {}).get(ATTRIBUTES, {})
    return own
