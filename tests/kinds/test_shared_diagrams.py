"""One diagram, several kinds: each with its own facts and limits."""

import pytest

from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.check import check_files
from reviewflow.kinds.check_posts import Known
from reviewflow.kinds.shelf import read_files
from tests.kinds.drawing import draw
from tests.kinds.soundness import KNOWN, sound_files

BOTH = Known(
    limits=frozenset({"TL-01", "TL-99"}),
    effects=KNOWN.effects,
    roles=KNOWN.roles,
    parts=KNOWN.parts,
)


def files_with(said: str) -> dict[str, bytes]:
    """Return the sound kind with something more in its kind.yaml."""
    files = sound_files()
    files["kind.yaml"] += said.encode()
    return files


def test_a_kind_puts_its_own_limit_in_place_of_the_one_drawn() -> None:
    kind = read_files(files_with("\nlimits: {boundary_late: TL-99}\n"))
    diagram = Diagram.load(compile_kind(kind), kind.digest)
    facts = {"urgent": True, "days": 1, "kind_code": "X"}

    workflow = Workflow.start(diagram, facts, {})

    assert [timer.limit for timer in workflow.timers()] == ["TL-99"]


def test_findings_keep_their_lines_under_another_limit() -> None:
    files = files_with("\nlimits: {boundary_late: TL-99}\n")
    fault = 'signed == "NEIN"'
    before, after = b'signed == "NO"', fault.encode()
    files["process.bpmn"] = files["process.bpmn"].replace(before, after)
    line = files["process.bpmn"].decode().split(fault)[0].count("\n") + 1

    found = [one for one in check_files(files, BOTH) if "NEIN" in one.sentence]

    assert [one.line for one in found] == [line]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("limits: {user_sign: TL-01}", "流程图里没有带时限的“user_sign”。"),
        ("limits: {boundary_late: TL-77}", "期限表里没有“TL-77”。"),
        ("hastened: {boundary_late: TL-77}", "期限表里没有“TL-77”。"),
        ("code_limits: {ZZ: {}}", "codes 里没有“ZZ”这一类别。"),
        ("code_limits: {X: {no_step: TL-01}}", "流程图里没有带时限的“no_step”。"),
        ("code_limits: {X: {boundary_late: TL-77}}", "期限表里没有“TL-77”。"),
        ("code_limits: {X: TL-01}", "“X”应是“键: 值”的形式。"),
        ("makers: {ZZ: [GOVERNMENT]}", "codes 里没有“ZZ”这一类别。"),
        ("facts: {sum: 3}", "“sum”应是文字，或者 true、false。"),
        ("facts: [1]", "“facts”应是“键: 值”的形式。"),
    ],
)
def test_what_a_kind_says_about_nothing_is_found(said: str, sentence: str) -> None:
    findings = check_files(files_with(f"\n{said}\n"), BOTH)
    assert sentence in [one.sentence for one in findings]


def test_what_is_always_so_need_not_be_asked() -> None:
    files = files_with("\nfacts: {signed_before: false}\n")
    old, new = b'signed == "NO"', b'signed == "NO" or signed_before'
    files["process.bpmn"] = files["process.bpmn"].replace(old, new)
    assert check_files(files, KNOWN) == []

    files["kind.yaml"] = sound_files()["kind.yaml"]
    (finding,) = check_files(files, KNOWN)
    assert "signed_before" in finding.sentence


def strange(files: dict[str, bytes]) -> list[str]:
    """Return what is compared with a value that never comes."""
    said = [one.sentence for one in check_files(files, KNOWN)]
    return [sentence for sentence in said if "不会等于" in sentence]


@pytest.mark.parametrize(
    ("condition", "never"),
    [
        ('ready in [True, "LATER"]', []),
        ('ready in ["SOON", "LATER"]', ["SOON", "LATER"]),
        ('ready == "LATER"', ["LATER"]),
    ],
)
def test_a_shared_diagram_may_ask_for_what_only_other_kinds_answer(
    condition: str, never: list[str]
) -> None:
    block = [
        ("start_block", "user_x"),
        ("user_x", "xor_ready"),
        ("xor_ready", "user_y", condition),
        ("xor_ready", "end_late", "default"),
        ("user_y", "end_block"),
    ]
    drawn = draw("block", block, takes=["kind_code"], gives=["ready"])
    files = sound_files() | {"shared/block.bpmn": drawn.encode()}

    assert strange(files) == sorted(
        f"“ready”不会等于“{value}”，请核对选项的代码。" for value in never
    )


def test_a_diagram_of_its_own_may_not() -> None:
    files = sound_files()
    asked = b'signed in ["NO", "LATER"]'
    files["process.bpmn"] = files["process.bpmn"].replace(b'signed == "NO"', asked)
    assert strange(files) == ["“signed”不会等于“LATER”，请核对选项的代码。"]
