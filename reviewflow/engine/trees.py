"""The library's workflow and task made lean: the tree a running case is.

The library builds a log record's worth of data at each change of state even if
nothing is logged, draws a random UUID for each node, asks the machine for the
time, and walks the whole tree to find what is ready. None of it is needed.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from itertools import count

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.specs import Diagram


class LeanTask(Task):  # type: ignore[misc]
    """A node of a case's tree.

    `last_state_change` counts changes instead of seconds: the library only asks
    which of two nodes changed first.
    """

    def __init__(
        self,
        scope: BpmnBaseWorkflow,
        spec: TaskSpec,
        parent: Task | None = None,
        state: int = TaskState.MAYBE,
        key: str = "",
    ) -> None:
        """Put a node into the tree of a scope, under its parent."""
        self.id = key or next(scope.top_workflow.keys)
        self.workflow = scope
        self.task_spec = spec
        self._parent = None if parent is None else parent.id
        self._children: list[str] = []
        self._state = state
        self.triggered = False
        self.thread_id = 0
        self.data: dict[str, object] = {}
        self.internal_data: dict[str, object] = {}
        self.last_state_change = 0
        scope.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)  # noqa: SLF001 - as the library does

    def _add_child(self, spec: TaskSpec, state: int = TaskState.MAYBE) -> Task:
        child = LeanTask(self.workflow, spec, self, state)
        if state == TaskState.READY:
            child._ready()
        return child

    def _set_state(self, value: int) -> None:
        if value != self._state:
            self._state = value
            self.last_state_change = next(self.workflow.top_workflow.ticks)

    def collect_log_extras(self, extras: dict[str, object] | None = None) -> object:
        """Return nothing more: nothing is logged."""
        return extras or {}


class _Scope:
    """What the case itself and the processes it calls do alike."""

    tasks: dict[str, Task]
    spec: BpmnProcessSpec
    task_tree: Task

    def plant(self) -> None:
        """Begin a new tree at the start of the process."""
        root = LeanTask(self, self.spec.start, state=TaskState.FUTURE)
        self.task_tree = root
        root.task_spec._predict(root, mask=TaskState.NOT_FINISHED_MASK)  # noqa: SLF001
        root._ready()  # noqa: SLF001 - as the library's constructor does

    def update_waiting_tasks(self) -> None:
        """Let every waiting task see whether it may go on."""
        for task in self._in_state(TaskState.WAITING):
            task.task_spec._update(task)  # noqa: SLF001 - as the library does

    def run_ready(self, before: Callable[[], None]) -> bool:
        """Run what needs nobody, until nothing is left; return whether any was."""
        ran = True
        ever = False
        while ran:
            ran = False
            for task in self._in_state(TaskState.READY):
                if not task.task_spec.manual:
                    before()
                    task.run()
                    ran = ever = True
        return ever

    def _in_state(self, state: int) -> Iterator[Task]:
        for task in [t for t in self.tasks.values() if t.state == state]:
            if task.state == state:  # still: an earlier one may have changed it
                yield task


class CalledScope(_Scope, BpmnSubWorkflow):  # type: ignore[misc]
    """The tree of a called process or an embedded sub-process."""

    def __init__(self, spec: BpmnProcessSpec, caller: str, top: "CaseTree") -> None:
        """Make it empty; `plant` it, or restore into it."""
        super().__init__(spec, caller, top, deserializing=True)


class CaseTree(_Scope, BpmnWorkflow):  # type: ignore[misc]
    """The tree of a case."""

    def __init__(self, diagram: Diagram, engine: PythonScriptEngine) -> None:
        """Make it empty; `plant` it, or restore into it."""
        prefix = secrets.token_hex(12)
        self.keys = (f"{prefix}-{number}" for number in count(1))
        self.ticks = count(1)
        specs: Mapping[str, BpmnProcessSpec] = dict(diagram.specs)
        super().__init__(
            specs[diagram.main], specs, script_engine=engine, deserializing=True
        )

    def create_subprocess(self, task: Task, name: str) -> CalledScope:
        """Return a new tree for what a task calls."""
        scope = CalledScope(self.subprocess_specs[name], task.id, self)
        self.subprocesses[task.id] = scope
        scope.plant()
        return scope

    def advance(self, before: Callable[[], None]) -> None:
        """Run on to where everything waits for a person or a timer.

        Args:
            before: Called before each automatic step; may raise to stop.
        """
        busy = True
        while busy:
            busy = False
            for scope in (*self.get_active_subprocesses(), self):
                busy |= scope.run_ready(before)
