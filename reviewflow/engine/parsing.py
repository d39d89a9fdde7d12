"""From the files of a process kind to what the engine runs."""

from typing import Any, cast

from lxml import etree
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.spiff.parser.process import VALIDATOR, SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser, SpiffTaskParser
from SpiffWorkflow.spiff.specs.defaults import ServiceTask
from SpiffWorkflow.task import Task

from reviewflow.errors import Invalid
from reviewflow.kinds.diagrams import RF, Element, read_xml, rf
from reviewflow.kinds.shelf import ProcessKind

ATTRIBUTES = "rf"


class BadDiagram(Invalid):
    """The engine cannot read a diagram."""

    message = "流程图无法读取，请检查后重新上传。"

    def __init__(self, file: str, line: int, element: str, reason: str) -> None:
        """Say where it is and what the engine said."""
        super().__init__(message=f"{file} 第 {line} 行 {element}：引擎不能读取。")
        self.file, self.line, self.element, self.reason = file, line, element, reason


class EffectTask(ServiceTask):  # type: ignore[misc]
    """A service task that calls an effect of ours, inside the transaction."""

    def _execute(self, task: Task) -> bool:
        services = task.workflow.script_engine.environment.services
        limit = self.extensions.get(ATTRIBUTES, {}).get("deadline", "")
        services[self.operation_name]({**task.data, "limit": limit})
        return True


class _OwnAttributes:
    """Keeps the attributes of our namespace with the task."""

    node: Element

    def parse_extensions(self, node: Element | None = None) -> dict[str, Any]:
        node = self.node if node is None else node
        found: dict[str, Any] = super().parse_extensions(node)  # type: ignore[misc]
        own = {
            etree.QName(name).localname: value
            for name, value in node.attrib.items()
            if etree.QName(name).namespace == RF
        }
        return {**found, ATTRIBUTES: own} if own else found


class _EffectParser(_OwnAttributes, SpiffTaskParser):  # type: ignore[misc]
    """Reads a service task; `rf:effect` names its effect."""

    def create_task(self) -> EffectTask:
        return EffectTask(
            self.spec,
            self.bpmn_id,
            operation_name=self.node.get(rf("effect")),
            operation_params={},
            result_variable=None,
            **self.bpmn_attributes,
        )


class _TableParser(_OwnAttributes, BusinessRuleTaskParser):  # type: ignore[misc]
    """Reads a business rule task; `rf:decision` names its table."""

    @staticmethod
    def get_decision_ref(node: Element) -> str | None:
        named: str | None = node.get(rf("decision"))
        return named or cast(
            "str | None", BusinessRuleTaskParser.get_decision_ref(node)
        )


class DiagramParser(SpiffBpmnParser):  # type: ignore[misc]
    """The library's parser with our attributes, effects and tables."""

    OVERRIDE_PARSER_CLASSES = {
        tag: (type(f"Own{parser.__name__}", (_OwnAttributes, parser), {}), spec)
        for tag, (parser, spec) in SpiffBpmnParser.OVERRIDE_PARSER_CLASSES.items()
    } | {
        full_tag("serviceTask"): (_EffectParser, EffectTask),
        full_tag("businessRuleTask"): (
            _TableParser,
            SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("businessRuleTask")][1],
        ),
    }


def parse_kind(kind: ProcessKind) -> dict[str, Any]:
    """Return the specs of a kind's processes by process id, the main one first.

    Raises:
        BadDiagram: The engine cannot read a diagram.
    """
    parser = DiagramParser(validator=VALIDATOR)
    file = ""
    try:
        for file, content in kind.tables.items():
            parser.add_dmn_xml(read_xml(content), file)
        for file, content in kind.diagrams.items():
            parser.add_bpmn_xml(read_xml(content), file)
        main = parser.get_spec(kind.process)
        return {kind.process: main, **parser.get_subprocess_specs(kind.process)}
    except ValidationException as error:
        raise _bad_diagram(kind, error, file) from error


def _bad_diagram(
    kind: ProcessKind, error: ValidationException, file: str
) -> BadDiagram:
    element = error.id or ""
    file = error.file_name or file
    line = error.line_number or 0
    if not line and element and file in kind.files:
        found = read_xml(kind.files[file]).xpath("//*[@id=$id]", id=element)
        line = found[0].sourceline if found else 0
    return BadDiagram(file, line or 1, element, str(error))
