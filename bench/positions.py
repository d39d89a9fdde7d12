"""A case of the shipped kind in the middle of its way, as engine state and plain."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import ServiceTaskConverter
from SpiffWorkflow.util.task import TaskState

from reviewflow.engine.parsing import EffectTask
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.shelf import ProcessKind, read_folder
from tests.steps import ANSWERS, PEOPLE, START

FOLDER = Path(__file__).parents[1] / "bpmn" / "normative_document"
MIDDLE = "unit_legal_review"
AGAIN = "finalise_draft"
NODES = {
    "startEvent",
    "endEvent",
    "userTask",
    "serviceTask",
    "businessRuleTask",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "boundaryEvent",
    "callActivity",
    "subProcess",
    "intermediateCatchEvent",
}
BACK = {"outcome": "RETURN"}
Decisions = Mapping[str, Any]


class Effects(dict[str, Any]):
    """Every effect there may be; none does anything."""

    def __missing__(self, _name: str) -> Any:
        return lambda _decisions: None


class Case(Protocol):
    """A running case that can be driven."""

    def waiting(self) -> str:
        """Return the first step that waits."""
        ...

    def step(self, decisions: Decisions) -> None:
        """Finish the first task that waits."""
        ...


class Shelf:
    """The kind and its diagram, read once."""

    def __init__(self) -> None:
        """Read what is shipped."""
        self.kind: ProcessKind = read_folder(FOLDER)
        self.diagram = Diagram.load(compile_kind(self.kind), self.kind.digest)

    def node_count(self) -> int:
        """Return how many elements the diagrams have, called ones included."""
        trees = [etree.fromstring(text) for text in self.kind.diagrams.values()]
        return sum(
            etree.QName(element).localname in NODES
            for tree in trees
            for element in tree.iter(etree.Element)
        )

    def facts(self) -> Decisions:
        """Return what is known when a case starts."""
        form = self.kind.start_form
        asked = dict(form.deciding(form.parse(START))) if form else {}
        return {**asked, "level": "CITY", "maker_sort": "GOVERNMENT"}

    def decisions(self, step: str) -> Decisions:
        """Return what is usually decided at a step."""
        form = self.kind.forms[step]
        people = dict.fromkeys(PEOPLE, 1)
        return form.deciding(form.parse({**people, **ANSWERS.get(step, {})}))

    def bring(self, case: Case, returns: int = 0) -> None:
        """Drive a case to the middle, and let it come back so many times."""
        while case.waiting() != MIDDLE:
            case.step(self.decisions(case.waiting()))
        for _ in range(returns):
            self.round(case)

    def round(self, case: Case) -> int:
        """Send the case back once and bring it again; return how many steps."""
        case.step(BACK)
        case.step(self.decisions(AGAIN))
        return 2


class Stored:
    """A case as the product keeps it: restored, stepped and stored each time."""

    def __init__(self, shelf: Shelf) -> None:
        """Begin one."""
        self.shelf = shelf
        started = Workflow.start(shelf.diagram, shelf.facts(), Effects())
        self.state, self.steps, self.largest = started.dump(), 0, 0

    def _restored(self) -> Workflow:
        return Workflow.resume(self.shelf.diagram, self.state, Effects())

    def waiting(self) -> str:
        """Return the first step that waits."""
        return self._restored().open_tasks()[0].step

    def step(self, decisions: Decisions) -> None:
        """Finish the first task that waits."""
        workflow = self._restored()
        workflow.complete(workflow.open_tasks()[0].engine_id, decisions)
        self.state = workflow.dump()
        self.steps += 1
        self.largest = max(self.largest, len(self.state))


class Plain:
    """A case in memory, by the library's own workflow and script engine."""

    def __init__(self, shelf: Shelf) -> None:
        """Begin one."""
        diagram = shelf.diagram
        self.inner = BpmnWorkflow(
            diagram.specs[diagram.main],
            dict(diagram.specs),
            script_engine=plain_engine(),
        )
        self.inner.task_tree.data.update(shelf.facts())
        self.inner.do_engine_steps()

    def _ready(self) -> Any:
        return self.inner.get_next_task(state=TaskState.READY, manual=True)

    def waiting(self) -> str:
        """Return the first step that waits."""
        return str(self._ready().task_spec.bpmn_id)

    def step(self, decisions: Decisions) -> None:
        """Finish the first task that waits."""
        task = self._ready()
        task.data.update(decisions)
        task.run()
        self.inner.do_engine_steps()


class Whole(Plain):
    """A case kept as the library's own JSON, diagrams and all."""

    def __init__(self, shelf: Shelf) -> None:
        """Begin one."""
        super().__init__(shelf)
        self._serializer = plain_serializer()
        self.state: str = self._serializer.serialize_json(self.inner)

    def step(self, decisions: Decisions) -> None:
        """Restore it, finish the first task that waits, store it."""
        self.inner = self._serializer.deserialize_json(self.state)
        self.inner.script_engine = plain_engine()
        super().step(decisions)
        self.state = self._serializer.serialize_json(self.inner)


def plain_engine() -> PythonScriptEngine:
    """Return the library's own script engine; effects do nothing."""
    environment = TaskDataEnvironment()
    environment.services = Effects()
    return PythonScriptEngine(environment=environment)


def plain_serializer() -> BpmnWorkflowSerializer:
    """Return the library's own serializer of whole cases."""
    config = {**SPIFF_CONFIG, EffectTask: ServiceTaskConverter}
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
