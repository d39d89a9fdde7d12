"""The diagrams of a case with every step marked, and the same as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from reviewflow.engine.workflow import Workflow
from reviewflow.errors import Missing
from reviewflow.kinds.diagrams import processes, read_xml
from reviewflow.kinds.graph import CALL
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.overview import Stride, list_strides
from reviewflow.queries.paths import Map, Place, Route, map_of
from reviewflow.work import Work

DONE, ACTIVE, LATE, TAKEN = "done", "active", "late", "taken"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diagram of the kind: the main one, or one it calls."""

    process: str
    title: str
    state: str
    """`done`, `active`, `late`, or empty if the case has not been there."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What is written at an element: who has it, and its task's lamp."""

    element: str
    stride: Stride


@dataclass(frozen=True, slots=True)
class Drawing:
    """One diagram of a case, with the marks of its elements."""

    head: CaseHead
    process: str
    sheets: list[Sheet]
    marks: dict[str, str]
    badges: list[Badge]
    strides: list[Stride]
    calls: dict[str, str]
    """The diagrams that elements of this one call."""


@dataclass(slots=True)
class _Marks:
    """Marks by process and element; the stronger one stays."""

    of: dict[Place, str] = field(default_factory=dict)

    def put(self, places: Iterable[Place], mark: str) -> None:
        """Mark some places, unless they bear a stronger mark."""
        for place in places:
            if ORDER.index(mark) > ORDER.index(self.of.get(place, "")):
                self.of[place] = mark


ORDER = ["", TAKEN, DONE, ACTIVE, LATE]


def drawing(work: Work, case_id: int, process: str = "") -> Drawing:
    """Return a diagram of a case, the main one unless another is named.

    Raises:
        Missing: There is no such case or diagram, or the actor may not see it.
    """
    head = case_head(work, case_id)
    kind = work.process(head.case).kind
    chart = map_of(kind)
    shown = process or kind.process
    if shown not in chart.scopes:
        raise Missing
    strides = list_strides(work, head)
    marks = _marks(work, head.case, kind, strides)
    calls = {
        node.id: node.element.get("calledElement", "")
        for node in chart.scopes[shown].of(CALL)
    }
    return Drawing(
        head=head,
        process=shown,
        sheets=list(_sheets(kind, chart, marks)),
        marks={element: m for (home, element), m in marks.of.items() if home == shown},
        badges=[Badge(s.task.step, s) for s in _latest(kind, strides, shown)],
        strides=strides,
        calls={element: called for element, called in calls.items() if called},
    )


def diagram_file(work: Work, case_id: int, process: str) -> bytes:
    """Return the file of one diagram of the kind a case runs on.

    Raises:
        Missing: There is no such case or diagram, or the actor may not see it.
    """
    kind = work.process(work.get(Case, case_id)).kind
    for content in kind.diagrams.values():
        if any(one.get("id") == process for one in processes(read_xml(content))):
            return content
    raise Missing


def _latest(kind: ProcessKind, strides: list[Stride], process: str) -> Iterator[Stride]:
    """Give the latest task at each step of one diagram."""
    latest = {s.task.step: s for s in strides}
    return (s for step, s in latest.items() if kind.steps[step].process == process)


def _sheets(kind: ProcessKind, chart: Map, marks: _Marks) -> Iterator[Sheet]:
    """Give the main diagram, then those it calls in the order they are called."""
    left, seen = [kind.process], set[str]()
    while left:
        process = left.pop(0)
        scope = chart.scopes.get(process)
        if scope is None or process in seen:
            continue
        seen.add(process)
        left += [node.element.get("calledElement", "") for node in scope.of(CALL)]
        states = [m for (home, _), m in marks.of.items() if home == process]
        state = max(states, key=ORDER.index, default="")
        title = " ".join(scope.element.get("name", process).split())
        yield Sheet(process, title, DONE if state == TAKEN else state)


def _marks(work: Work, case: Case, kind: ProcessKind, strides: list[Stride]) -> _Marks:
    """Return the marks: where the case is by the engine, where it was by its tasks."""
    marks = _Marks()
    chart = map_of(kind)
    for route in _routes_taken(work, case, kind, strides):
        marks.put(route.passed, TAKEN)
    for stride in strides:
        at = kind.steps[stride.task.step].process, stride.task.step
        if stride.task.is_open:
            marks.put([at], LATE if stride.state == LATE else ACTIVE)
        else:
            marks.put([at], DONE)
    _finish_marks(chart, marks)
    if case.is_running:
        state = work.session.scalar(sa.select(Case.state).where(Case.id == case.id))
        workflow = Workflow.resume(work.process(case).diagram, state or "", {})
        standing = [(p.process, p.element) for p in workflow.positions()]
        marks.put(standing, ACTIVE)
    return marks


def _finish_marks(chart: Map, marks: _Marks) -> None:
    """Make elements that were passed `done`; flows stay `taken`."""
    for (process, element), mark in marks.of.items():
        if mark == TAKEN and element in chart.scopes[process].nodes:
            marks.of[process, element] = DONE


def _routes_taken(
    work: Work, case: Case, kind: ProcessKind, strides: list[Stride]
) -> Iterator[Route]:
    """Give the ways the case went from task to task.

    What one task opened bears the instant at which that task was done.
    """
    chart, facts = map_of(kind), dict(case.facts)
    opened = {(s.task.step, s.task.opened_at) for s in strides}
    for route in chart.begin(facts):
        if (route.target.id, case.started_at) in opened:
            yield route
    answers = _answers(work, case)
    for task in (stride.task for stride in strides):
        known = facts | answers.get(task.id, {})
        for route in chart.after(kind.steps[task.step].process, task.step, known):
            ended = route.ends_case and task.done_at == case.finished_at
            if ended or (route.target.id, task.done_at) in opened:
                yield route


def _answers(work: Work, case: Case) -> dict[int | None, dict[str, Any]]:
    rows = work.session.scalars(
        sa.select(TaskAnswers).where(TaskAnswers.case_id == case.id)
    )
    return {row.task_id: row.answers for row in rows}
