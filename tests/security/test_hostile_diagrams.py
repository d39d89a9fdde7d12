"""Diagrams and tables that mean harm are refused, and nothing of them runs."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from reviewflow.engine.parsing import BadDiagram
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Stuck, Workflow
from reviewflow.errors import ReviewflowError
from reviewflow.kinds.check import check_files
from reviewflow.kinds.findings import Finding
from tests.kinds.drawing import draw, files_of, kind_of
from tests.kinds.soundness import KNOWN, broken_files, sound_files

MAIN, TABLE, SPIFF = (
    "process.bpmn",
    "who.dmn",
    "http://spiffworkflow.org/bpmn/schema/1.0/core",
)
LONGEST_SECONDS = 5

Files = dict[str, bytes]


def refused(files: Files) -> list[Finding]:
    """Return why the files are refused, in good time and with lines."""
    begun = monotonic()
    findings = check_files(files, KNOWN)
    assert monotonic() - begun < LONGEST_SECONDS
    assert findings
    assert all(one.line >= 1 and one.sentence for one in findings)
    return findings


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that a successful attack would leave behind."""
    return tmp_path / "owned"


ATTACKS = {
    "import": "__import__('pathlib').Path('{mark}').touch()",
    "open": "open('{mark}', 'w')",
    "exec": "exec('open(1)')",
    "classes": "().__class__.__base__.__subclasses__()",
    "attribute": "signed.__class__",
    "subscript": "[signed][0]",
    "lambda": "(lambda: signed)()",
    "format": "f'{{signed}}'",
    "comprehension": "[x for x in signed]",
    "power": "9 ** 9 ** 9",
    "product": "'a' * 9000000000",
    "long": "signed == 'A' or " * 60 + "signed",
}
SITES: dict[str, tuple[str, str, str]] = {
    "condition": (MAIN, 'signed == "NO"', "{attack}"),
    "timer": (MAIN, '"9999-12-31T00:00:00+08:00"', "{attack}"),
    "table input": (TABLE, "<text>days</text>", "<text>{attack}</text>"),
    "table cell": (TABLE, "&lt; 5", "{attack}"),
    "table cell with mark": (TABLE, "&lt; 5", "? == {attack}"),
    "table output": (TABLE, '"DEPUTY"', "{attack}"),
    "allowed values": (
        TABLE,
        '<input id="who_days">',
        '<input id="who_days"><inputValues id="v"><text>{attack}</text></inputValues>',
    ),
    "checklist": (
        "kind.yaml",
        "lanes:",
        'checklist: [{{role: a, label: 甲, needed: "{attack}"}}]\nlanes:',
    ),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_an_expression_that_is_more_than_a_comparison_is_refused(
    site: tuple[str, str, str], attack: str, mark: Path
) -> None:
    file, old, new = site
    files, line = broken_files(file, old, new.format(attack=attack.format(mark=mark)))

    findings = refused(files)

    assert file in {one.file for one in findings}
    assert line in {one.line for one in findings if one.file == file}, findings
    assert not mark.exists()


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


HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS = b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
SUBSETS = {
    "empty": b"<!DOCTYPE definitions>",
    "external file": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "external address": b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter": b'<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "laughs": b'<!DOCTYPE d [<!ENTITY a0 "ha">' + LAUGHS + b"]>",
    "default": b'<!DOCTYPE d [<!ATTLIST d id CDATA "&a;">]>',
}


@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
@pytest.mark.parametrize("file", [MAIN, TABLE])
def test_a_doctype_is_refused(file: str, subset: bytes) -> None:
    files = sound_files()
    body = files[file].partition(b"\n")[2]
    files[file] = HEAD + subset + b"\n" + body.replace(b"user_sign", b"&a9;", 1)

    findings = refused(files)

    assert next(one.sentence for one in findings if one.file == file) in (
        "文件里不能有 DOCTYPE 声明。",
        "不是格式正确的 XML 文件。",
    )


def many_nodes(files: Files) -> bytes:
    task = '<bpmn:userTask id="t{}" name="x" />'
    nodes = "".join(task.format(number) for number in range(10_000))
    return files[MAIN].replace(
        b"<bpmn:startEvent", nodes.encode() + b"<bpmn:startEvent"
    )


def deep(files: Files) -> bytes:
    inner = b"<bpmn:documentation>" * 5_000 + b"</bpmn:documentation>" * 5_000
    return files[MAIN].replace(b"<bpmn:startEvent", inner + b"<bpmn:startEvent")


def rather_deep(files: Files) -> bytes:
    inner = b"<bpmn:documentation>" * 60 + b"</bpmn:documentation>" * 60
    return files[MAIN].replace(b"<bpmn:startEvent", inner + b"<bpmn:startEvent")


SHAPES: dict[str, Callable[[Files], bytes]] = {
    "ten thousand nodes": many_nodes,
    "five thousand levels": deep,
    "sixty levels": rather_deep,
    "three megabytes": lambda files: files[MAIN] + b" " * 3_000_000,
    "a huge attribute": lambda files: files[MAIN].replace(
        b'name="user_sign"', b'name="' + b"a" * 11_000_000 + b'"'
    ),
    "nothing": lambda _: b"",
    "no XML": lambda _: b"\x89PNG\r\n",
    "cut off": lambda files: files[MAIN][:-200],
    "two roots": lambda files: files[MAIN] + b"<x />",
    "a NUL": lambda files: files[MAIN].replace(b"user_sign", b"user\x00sign", 1),
    "a lying encoding": lambda files: files[MAIN].replace(b"UTF-8", b"UTF-16", 1),
    "an unknown encoding": lambda files: files[MAIN].replace(b"UTF-8", b"x-evil", 1),
    "a web page": lambda _: b"<html><body onload='x()'></body></html>",
    "another process": lambda files: files["shared/block.bpmn"],
    "the same process twice": lambda files: files[MAIN].replace(
        b"</bpmn:process>",
        b'</bpmn:process><bpmn:process id="sample" isExecutable="true" />',
    ),
    "the same id twice": lambda files: files[MAIN].replace(
        b'id="user_sign"', b'id="user_draft"', 1
    ),
    "an included file": lambda files: files[MAIN].replace(
        b"<bpmn:startEvent",
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude"'
        b' href="file:///etc/passwd" parse="text" /><bpmn:startEvent',
    ),
    "an imported file": lambda files: files[MAIN].replace(
        b"<bpmn:process",
        b'<bpmn:import namespace="x" location="http://127.0.0.1:9/x"'
        b' importType="x" /><bpmn:process',
        1,
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_malformed_or_swollen_file_is_refused(
    shape: Callable[[Files], bytes],
) -> None:
    files = sound_files()
    files[MAIN] = shape(files)

    assert MAIN in {one.file for one in refused(files)}


def test_duplicate_ids_are_named_with_their_lines() -> None:
    files = sound_files()
    files[MAIN] = files[MAIN].replace(b'id="user_sign"', b'id="user_draft"', 1)

    twice = [one for one in refused(files) if "重复" in one.sentence]

    assert {one.element for one in twice} == {"user_draft"}
    assert len({one.line for one in twice}) == 2


def test_processes_that_call_each_other_are_refused() -> None:
    there = draw("there", [("start_t", "call_t"), ("call_t", "end_t")],
                 calls={"call_t": "back"}, gives=["x"])  # fmt: skip
    back = draw("back", [("start_k", "call_k"), ("call_k", "end_k")],
                calls={"call_k": "there"}, gives=["y"])  # fmt: skip
    main = draw(
        "sample",
        [("start_a", "call_a"), ("call_a", "end_a")],
        calls={"call_a": "there"},
    )

    findings = refused(files_of(main, shared={"there": there, "back": back}))

    said = {(one.file, one.element, one.sentence) for one in findings}
    assert ("shared/there.bpmn", "call_t", "流程“back”会循环调用自己。") in said
    assert ("shared/back.bpmn", "call_k", "流程“there”会循环调用自己。") in said


@pytest.mark.parametrize("name", ["../evil.bpmn", "/etc/evil.bpmn", "letters/../../x"])
def test_a_file_outside_the_folder_is_refused(name: str) -> None:
    files = sound_files() | {name: b"x"}

    assert name in {one.file for one in refused(files)}


def test_too_many_files_are_refused() -> None:
    files = sound_files() | {f"letters/{n}.txt": b"x" for n in range(300)}

    assert "kind.yaml" in {one.file for one in refused(files)}


SMUGGLED = {
    "condition": ('signed == "NO"', "open('{mark}', 'w')"),
    "timer": ('"9999-12-31T00:00:00+08:00"', "open('{mark}', 'w')"),
    "pre-script": (
        '<bpmn:userTask id="user_draft" name="user_draft">',
        (
            '<bpmn:userTask id="user_draft" name="user_draft"><bpmn:extensionElements>'
            f'<s:preScript xmlns:s="{SPIFF}">open("{{mark}}", "w")</s:preScript>'
            "</bpmn:extensionElements>"
        ),
    ),
    "post-script": (
        '<bpmn:userTask id="user_draft" name="user_draft">',
        (
            '<bpmn:userTask id="user_draft" name="user_draft"><bpmn:extensionElements>'
            f'<s:postScript xmlns:s="{SPIFF}">open("{{mark}}", "w")</s:postScript>'
            "</bpmn:extensionElements>"
        ),
    ),
    "script": (
        (
            '<bpmn:serviceTask id="effect_issue" name="effect_issue"'
            ' rf:effect="opinion.sign">'
        ),
        '<bpmn:scriptTask id="effect_issue" name="x">',
    ),
}


@pytest.mark.parametrize(("old", "new"), SMUGGLED.values(), ids=SMUGGLED)
def test_what_slipped_past_the_check_still_does_not_run(
    old: str, new: str, mark: Path
) -> None:
    flows = [
        ("start_a", "user_draft"),
        ("user_draft", "xor_signed"),
        ("xor_signed", "effect_issue", 'signed == "NO"'),
        ("xor_signed", "end_no", "default"),
        ("effect_issue", "end_issued"),
        ("boundary_late", "end_late"),
    ]
    xml = draw(
        "sample",
        flows,
        effects={"effect_issue": "opinion.sign"},
        boundary={"boundary_late": ("user_draft", False)},
    ).replace(old, new.format(mark=mark))
    if "scriptTask" in new:
        xml = xml.replace(
            "</bpmn:serviceTask>",
            f"<bpmn:script>open('{mark}', 'w')</bpmn:script></bpmn:scriptTask>",
        )
    kind = kind_of(xml)

    with pytest.raises((ReviewflowError, BadDiagram)) as caught:
        run_through(Diagram.load(compile_kind(kind), kind.digest))

    assert isinstance(caught.value, Stuck | BadDiagram)
    assert not mark.exists()


def run_through(diagram: Diagram) -> None:
    workflow = Workflow.start(diagram, {}, {"opinion.sign": lambda _: None})
    workflow.complete(workflow.open_tasks()[0].engine_id, {"signed": "NO"})
