"""Diagrams that ask for what we do not run are refused."""

from pathlib import Path

import pytest

from tests.kinds.drawing import draw, files_of
from tests.kinds.refusals import MAIN, SPIFF, refused
from tests.kinds.soundness import broken_files


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that a successful attack would leave behind."""
    return tmp_path / "owned"


NODES = {
    "scriptTask": "<bpmn:script>open('{mark}', 'w')</bpmn:script>",
    "complexGateway": "",
    "eventBasedGateway": "",
    "adHocSubProcess": "",
    "transaction": "",
    "manualTask": "",
    "sendTask": "",
    "receiveTask": "",
    "task": "",
    "globalUserTask": "",
    "dataStoreReference": "",
    "dataObject": "",
    "choreographyTask": "",
}


@pytest.mark.parametrize("tag", NODES)
def test_a_node_we_do_not_run_is_refused(tag: str, mark: Path) -> None:
    node = (
        f'<bpmn:{tag} id="hostile" name="x">{NODES[tag].format(mark=mark)}</bpmn:{tag}>'
    )
    files, line = broken_files(MAIN, "<bpmn:startEvent", node + "<bpmn:startEvent")

    findings = refused(files)

    assert (MAIN, line, "hostile") in {(f.file, f.line, f.element) for f in findings}


INNER = {
    "pre-script": (
        f'<bpmn:extensionElements><s:preScript xmlns:s="{SPIFF}">open(1)</s:preScript>'
        "</bpmn:extensionElements>"
    ),
    "post-script": (
        f'<bpmn:extensionElements><s:postScript xmlns:s="{SPIFF}">1/0</s:postScript>'
        "</bpmn:extensionElements>"
    ),
    "operator": (
        f'<bpmn:extensionElements><s:serviceTaskOperator xmlns:s="{SPIFF}" id="x">'
        '<s:parameters><s:parameter id="p" type="str" value="open(1)" />'
        "</s:parameters></s:serviceTaskOperator></bpmn:extensionElements>"
    ),
    "unit test": (
        f'<bpmn:extensionElements><s:unitTests xmlns:s="{SPIFF}" />'
        "</bpmn:extensionElements>"
    ),
    "several at once": (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>9 ** 9"
        "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    ),
    "until": (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:completionCondition>open(1)"
        "</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>"
    ),
    "again and again": (
        "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>True"
        "</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
    ),
    "narrowed data": (
        '<bpmn:ioSpecification><bpmn:dataInput id="secret" /><bpmn:inputSet />'
        "<bpmn:outputSet /></bpmn:ioSpecification>"
    ),
    "data association": (
        '<bpmn:dataInputAssociation id="d"><bpmn:targetRef>x</bpmn:targetRef>'
        "</bpmn:dataInputAssociation>"
    ),
    "foreign element": '<x:evil xmlns:x="urn:x">open(1)</x:evil>',
    "resource": '<bpmn:potentialOwner id="p" />',
}


@pytest.mark.parametrize("inner", INNER.values(), ids=INNER)
def test_an_extension_of_a_task_is_refused(inner: str) -> None:
    old = '<bpmn:userTask id="user_sign" name="user_sign">'
    files, line = broken_files(MAIN, old, old + inner)

    findings = refused(files)

    assert line in {one.line for one in findings if one.file == MAIN}


EVENTS = [
    "message",
    "signal",
    "error",
    "escalation",
    "conditional",
    "link",
    "compensate",
    "cancel",
]


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_nobody_would_wake_is_refused(event: str) -> None:
    timer = '<bpmn:timerEventDefinition id="boundary_late_definition">'
    tag = f"bpmn:{event}EventDefinition"
    files, line = broken_files(MAIN, timer, f'<{tag} id="hostile"></{tag}>{timer}')

    findings = refused(files)

    assert (MAIN, line, "hostile") in {(f.file, f.line, f.element) for f in findings}


@pytest.mark.parametrize("sort", ["timeDuration", "timeCycle"])
@pytest.mark.parametrize("value", ['"P1D"', '"R/PT0.001S"', "open(1)"])
def test_a_timer_that_reads_a_clock_is_refused(sort: str, value: str) -> None:
    xml = draw(
        "sample",
        [("start_a", "timer_b"), ("timer_b", "end_c")],
    )
    dated = xml.replace('"9999-12-31T00:00:00+08:00"', value)
    files = files_of(dated.replace("timeDate", sort))

    assert {"timer_b_definition", "timer_b"} & {f.element for f in refused(files)}
