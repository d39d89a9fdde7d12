"""Playing the walks of a kind: every path, stored and restored after each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Workflow
from reviewflow.errors import Invalid, ReviewflowError
from reviewflow.kinds.check_names import START_FACTS
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.kinds.walks import Stride, Walk

Effect = Callable[[Mapping[str, Any]], None]
YES_NO: dict[str, object] = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class WalkResult:
    """What came of one walk; `fault` is empty if it went as written."""

    walk: str
    line: int
    strides: int
    effects: tuple[str, ...]
    ended_at: str | None
    fault: str

    @property
    def passed(self) -> bool:
        """It went as written."""
        return not self.fault


class OffTheWalk(ReviewflowError):
    """The process does not go where the walk says."""


def play(kind: ProcessKind) -> list[WalkResult]:
    """Play every walk of a kind.

    Raises:
        BadDiagram: The engine cannot read a diagram.
    """
    diagram = Diagram.load(compile_kind(kind), kind.digest)
    return [play_walk(kind, diagram, walk) for walk in kind.walks]


def play_walk(kind: ProcessKind, diagram: Diagram, walk: Walk) -> WalkResult:
    """Play one walk of a kind."""
    return _Player(kind, diagram, walk).play()


class _Player:
    """One walk under way."""

    def __init__(self, kind: ProcessKind, diagram: Diagram, walk: Walk) -> None:
        self.kind, self.diagram, self.walk = kind, diagram, walk
        self.called: list[str] = []
        self.done = 0
        self.services = {name: self._effect(name) for name in kind.effects}

    def play(self) -> WalkResult:
        workflow: Workflow | None = None
        try:
            workflow = Workflow.start(self.diagram, self._facts(), self.services)
            for stride in self.walk.strides:
                workflow = self._restored(workflow)
                self._take(workflow, stride)
                self.done += 1
            fault = self._fault(self._restored(workflow))
        except ReviewflowError as error:
            fault = f"第 {self.done + 1} 步：{error.message}"
        return WalkResult(
            walk=self.walk.name,
            line=self.walk.line,
            strides=self.done,
            effects=tuple(self.called),
            ended_at=workflow.ended_at if workflow else None,
            fault=fault,
        )

    def _effect(self, name: str) -> Effect:
        return lambda _decisions: self.called.append(name)

    def _facts(self) -> dict[str, object]:
        """Return the facts the walk names; those it does not name are None."""
        form = self.kind.start_form
        asked = form.deciding({}) if form else {}
        given = {name: _fact(value) for name, value in self.walk.start.items()}
        return dict.fromkeys(START_FACTS) | asked | given | dict(self.kind.facts)

    def _restored(self, workflow: Workflow) -> Workflow:
        state = workflow.dump()
        return Workflow.resume(self.diagram, state, self.services)

    def _take(self, workflow: Workflow, stride: Stride) -> None:
        if stride.fires:
            armed = {timer.event: timer.engine_id for timer in workflow.timers()}
            if stride.fires not in armed:
                raise OffTheWalk(f"定时事件“{stride.fires}”没有在等待。")
            workflow.fire(armed[stride.fires])
            return
        waiting = {task.step: task.engine_id for task in workflow.open_tasks()}
        if stride.step not in waiting:
            places = "、".join(waiting) or "已经办结"
            raise OffTheWalk(f"“{stride.step}”不在待办之中，现在是：{places}。")
        form = self.kind.forms[stride.step]
        try:
            answers = form.parse(stride.answers, strict=True)
        except Invalid as error:
            said = "；".join(f"{name}：{why}" for name, why in error.errors.items())
            raise OffTheWalk(f"“{stride.step}”的答案不对：{said}") from error
        workflow.complete(waiting[stride.step], form.deciding(answers))

    def _fault(self, workflow: Workflow) -> str:
        ends, effects = self.walk.ends, self.walk.effects
        faults = []
        if ends and workflow.ended_at != ends:
            waiting = "、".join(task.step for task in workflow.open_tasks())
            where = workflow.ended_at or f"尚未结束，待办是 {waiting}"
            faults.append(f"应在“{ends}”结束，实际：{where}。")
        if effects is not None and list(effects) != self.called:
            faults.append(f"应依次发生 {list(effects)}，实际 {self.called}。")
        return "".join(faults)


def _fact(value: object) -> object:
    return YES_NO.get(value, value) if isinstance(value, str) else value
