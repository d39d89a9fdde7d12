"""Forgetting the past of a running case, so that returns do not make it grow.

The past is in the journal. The engine needs only what lies ahead of the single
living token of a scope; where a scope has several, nothing is forgotten.
"""

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def compact(workflow: BpmnWorkflow) -> None:
    """Forget what is finished, in the case itself and in what it has called."""
    subprocesses = workflow.subprocesses
    for key in [k for k, scope in subprocesses.items() if scope.completed]:
        del subprocesses[key]
    for scope in (workflow, *subprocesses.values()):
        _compact_scope(scope)


def _compact_scope(scope: BpmnBaseWorkflow) -> None:
    front = _single_front(scope)
    root = scope.task_tree
    if front is None or front.parent is root:
        return
    keep, left = {root.id: root}, [front]
    while left:  # parents before children
        task = left.pop()
        keep[task.id] = task
        left += [scope.tasks[child] for child in reversed(task._children)]  # noqa: SLF001
    root.data = front.parent.data
    root._children = [front.id]  # noqa: SLF001 - the library has no way to prune
    front._parent = root.id  # noqa: SLF001
    scope.tasks = keep
    scope.last_task = keep.get(scope.last_task.id) if scope.last_task else None


def _single_front(scope: BpmnBaseWorkflow) -> Task | None:
    """Return the task where the only living token stands, with its boundary."""
    front = None
    for task in scope.tasks.values():
        if not task.state & LIVE:
            continue
        parent = task.parent
        on_boundary = isinstance(parent.task_spec, BoundaryEventSplit)
        here = parent if on_boundary else task
        if front is not None and front is not here:
            return None
        front = here
    return front
