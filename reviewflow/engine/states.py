"""A running case as one line of text, and back.

Only what the library needs to go on is kept: the tree of tasks as rows, each
distinct set of decisions once. Specs are not in it. The text begins with the
number of its format.
"""

import base64
import json
import zlib
from copy import deepcopy
from itertools import count
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.compaction import LIVE
from reviewflow.engine.specs import Diagram
from reviewflow.engine.trees import CalledScope, CaseTree, LeanTask
from reviewflow.errors import Unavailable

STATE_FORMAT = "1"
ORDERED = (Join, EndEvent)

Row = list[Any]
Decisions = dict[str, Any]


class UnreadableState(Unavailable):
    """A stored state is damaged, or newer than the program."""

    message = "该事项的流程状态无法读取，请联系管理员。"


def write_state(tree: CaseTree) -> str:
    """Return the whole state of a case as text."""
    writer = _Writer()
    scopes = [writer.scope(tree)]
    if tree.subprocesses:
        called = sorted(tree.subprocesses.values(), key=lambda scope: scope.depth)
        scopes += [writer.scope(scope) for scope in called]
    decisions = ",".join(writer.decisions)
    rows = json.dumps(scopes, separators=(",", ":"))
    packed = zlib.compress(f'{{"decisions":[{decisions}],"scopes":{rows}}}'.encode())
    return f"{STATE_FORMAT}.{base64.b64encode(packed).decode()}"


def read_state(diagram: Diagram, text: str, engine: PythonScriptEngine) -> CaseTree:
    """Return the case that was written.

    Raises:
        UnreadableState: It is damaged, or of a format this program does not know.
    """
    number, _, packed = text.partition(".")
    if number != STATE_FORMAT:
        raise UnreadableState
    try:
        state = json.loads(zlib.decompress(base64.b64decode(packed)))
        return _Reader(CaseTree(diagram, engine), state["decisions"]).read(
            state["scopes"]
        )
    except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
        raise UnreadableState from error


class _Writer:
    """Numbers the tasks of all scopes, and keeps each set of decisions once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.decisions: dict[str, int] = {"{}": 0}

    def scope(self, scope: BpmnBaseWorkflow) -> Decisions:
        caller, last = scope.parent_task_id, scope.last_task
        rows: list[Row] = []
        left: list[tuple[str, int | None]] = [(scope.task_tree.id, None)]
        while left:  # parents before children, children in their order
            key, parent = left.pop()
            task = scope.tasks[key]
            place = len(self.places)
            self.places[key] = place
            rows.append(self.row(task, parent))
            left += [(child, place) for child in reversed(task._children)]  # noqa: SLF001
        return {
            "caller": None if caller is None else self.places[caller],
            "last": None if last is None else self.places.get(last.id),
            "completed": scope.completed,
            "success": scope.success,
            "data": scope.data,
            "tasks": rows,
        }

    def row(self, task: Task, parent: int | None) -> Row:
        state = task.state
        row = [parent, task.task_spec.name, state]
        if state < TaskState.WAITING and not task.triggered:
            return row  # not reached yet: it has no data, key or history
        ordered = isinstance(task.task_spec, ORDERED)
        row += [
            self.number(task.data),
            task.id if state & LIVE else 0,
            task.internal_data or 0,
            task.last_state_change if ordered else 0,
            int(task.triggered),
        ]
        while not row[-1]:
            row.pop()
        return row

    def number(self, decisions: Decisions) -> int:
        if not decisions:
            return 0
        text = json.dumps(decisions, separators=(",", ":"))
        return self.decisions.setdefault(text, len(self.decisions))


class _Reader:
    """Puts the rows of all scopes back into a tree."""

    def __init__(self, tree: CaseTree, decisions: list[Decisions]) -> None:
        self.tree, self.decisions = tree, decisions
        self.plain = [_is_plain(one) for one in decisions]
        self.tasks: list[Task] = []
        self.changed = 0

    def read(self, scopes: list[Decisions]) -> CaseTree:
        for stored in scopes:
            caller, last = stored["caller"], stored["last"]
            scope = self.tree if caller is None else self.called(self.tasks[caller])
            first = len(self.tasks)
            for row in stored["tasks"]:
                self.task(scope, row)
            scope.task_tree = self.tasks[first]
            scope.last_task = None if last is None else self.tasks[last]
            scope.completed, scope.success = stored["completed"], stored["success"]
            scope.data = stored["data"]
        self.tree.ticks = count(self.changed + 1)
        return self.tree

    def called(self, caller: Task) -> CalledScope:
        spec = self.tree.subprocess_specs[caller.task_spec.spec]
        scope = CalledScope(spec, caller.id, self.tree)
        self.tree.subprocesses[caller.id] = scope
        finished = caller.task_spec._on_subworkflow_completed  # noqa: SLF001
        scope.completed_event.connect(finished, caller)
        return scope

    def task(self, scope: BpmnBaseWorkflow, row: Row) -> None:
        parent, name, state, *history = row
        above = None if parent is None else self.tasks[parent]
        spec = scope.spec.task_specs[name]
        key = history[1] if history[1:] else ""
        task = LeanTask(scope, spec, above, state, key)
        self.tasks.append(task)
        if history:
            self.remember(task, history)

    def remember(self, task: Task, history: Row) -> None:
        number, _, internal, changed, triggered = history + [0] * (5 - len(history))
        task.triggered = bool(triggered)
        if number:
            task.data = self.copy(number)
        task.internal_data = internal or {}
        task.last_state_change = changed
        self.changed = max(self.changed, changed)

    def copy(self, number: int) -> Decisions:
        kept = self.decisions[number]
        return dict(kept) if self.plain[number] else deepcopy(kept)


def _is_plain(decisions: Decisions) -> bool:
    return not any(isinstance(value, list | dict) for value in decisions.values())
