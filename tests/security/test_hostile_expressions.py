"""Expressions that would compute more than a comparison never run."""

from pathlib import Path

import pytest

from reviewflow.engine.parsing import BadDiagram
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Stuck, Workflow
from reviewflow.errors import ReviewflowError
from tests.kinds.drawing import draw, kind_of
from tests.kinds.refusals import MAIN, SPIFF, TABLE, refused
from tests.kinds.soundness import broken_files


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
