"""A running case as one line of text, and back.

Only what the library needs to go on is kept: the tree of tasks as rows, each
distinct set of decisions once. Specs are not in it. The text begins with the
number of its format.
"""

import base64
import json
import zlib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.compaction import LIVE
from reviewflow.engine.specs import Diagram
from reviewflow.errors import Unavailable

STATE_FORMAT = "1"
TRIGGERED = 1024


class UnreadableState(Unavailable):
    """A stored state is damaged, or newer than the program."""

    message = "该事项的流程状态无法读取，请联系管理员。"


def write_state(workflow: BpmnWorkflow) -> str:
    """Return the whole state of a case as text."""
    places: dict[UUID, int] = {}
    decisions: dict[str, int] = {}
    scopes = [
        _write_scope(scope, places, decisions)
        for scope in (workflow, *_by_depth(workflow))
    ]
    state = {"scopes": scopes, "decisions": [json.loads(text) for text in decisions]}
    packed = zlib.compress(json.dumps(state, separators=(",", ":")).encode(), 6)
    return f"{STATE_FORMAT}.{base64.b64encode(packed).decode()}"


def read_state(diagram: Diagram, text: str) -> BpmnWorkflow:
    """Return the case that was written; its script engine is still to be set.

    Raises:
        UnreadableState: It is damaged, or of a format this program does not know.
    """
    number, _, packed = text.partition(".")
    if number != STATE_FORMAT:
        raise UnreadableState
    try:
        state = json.loads(zlib.decompress(base64.b64decode(packed)))
        return _restore(diagram, state)
    except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
        raise UnreadableState from error


def _by_depth(workflow: BpmnWorkflow) -> list[BpmnSubWorkflow]:
    return sorted(workflow.subprocesses.values(), key=lambda scope: scope.depth)


def _write_scope(
    scope: BpmnBaseWorkflow, places: dict[UUID, int], decisions: dict[str, int]
) -> dict[str, Any]:
    rows = []
    for task in _in_order(scope):
        places[task.id] = len(places)
        rows.append(_write_task(task, places, decisions))
    caller = scope.parent_task_id
    last = scope.last_task
    return {
        "caller": None if caller is None else places[caller],
        "last": None if last is None else places.get(last.id),
        "completed": scope.completed,
        "success": scope.success,
        "data": scope.data,
        "tasks": rows,
    }


def _in_order(scope: BpmnBaseWorkflow) -> Iterator[Task]:
    left = [scope.task_tree]
    while left:  # parents before children, children in their order
        task = left.pop()
        yield task
        left += [scope.tasks[child] for child in reversed(task._children)]  # noqa: SLF001


def _write_task(
    task: Task, places: dict[UUID, int], decisions: dict[str, int]
) -> list[Any]:
    state = task.state
    data = json.dumps(task.data)
    row = [
        places.get(task._parent),  # noqa: SLF001
        task.task_spec.name,
        state | TRIGGERED if task.triggered else state,
        decisions.setdefault(data, len(decisions)),
        task.id.hex if state & LIVE else 0,
        task.internal_data or 0,
        task.last_state_change if isinstance(task.task_spec, Join | EndEvent) else 0,
    ]
    while not row[-1]:
        row.pop()
    return row


def _restore(diagram: Diagram, state: dict[str, Any]) -> BpmnWorkflow:
    specs = dict(diagram.specs)
    workflow = BpmnWorkflow(specs[diagram.main], specs, deserializing=True)
    tasks: list[Task] = []
    for stored in state["scopes"]:
        caller = stored["caller"]
        scope = workflow if caller is None else _called(workflow, tasks[caller])
        first = len(tasks)
        for row in stored["tasks"]:
            _restore_task(scope, tasks, row, state["decisions"])
        scope.task_tree = tasks[first]
        scope.last_task = None if stored["last"] is None else tasks[stored["last"]]
        scope.completed, scope.success = stored["completed"], stored["success"]
        scope.data = stored["data"]
    return workflow


def _called(workflow: BpmnWorkflow, caller: Task) -> BpmnSubWorkflow:
    spec = workflow.subprocess_specs[caller.task_spec.spec]
    scope = BpmnSubWorkflow(spec, caller.id, workflow, deserializing=True)
    workflow.subprocesses[caller.id] = scope
    scope.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)  # noqa: SLF001
    return scope


def _restore_task(
    scope: BpmnBaseWorkflow,
    tasks: list[Task],
    row: list[Any],
    decisions: list[dict[str, Any]],
) -> None:
    parent, name, state, data, key, internal, changed = row + [0] * (7 - len(row))
    task = Task(
        scope,
        scope.spec.task_specs[name],
        None if parent is None else tasks[parent],
        state & ~TRIGGERED,
        UUID(hex=key) if key else uuid4(),
    )
    task.triggered = bool(state & TRIGGERED)
    task.data = deepcopy(decisions[data])
    task.internal_data = internal or {}
    task.last_state_change = changed
    tasks.append(task)
    waits = task.has_state(TaskState.WAITING)
    if waits and isinstance(task.task_spec, CatchingEvent):
        scope.top_workflow.event_manager.add_task(task)
