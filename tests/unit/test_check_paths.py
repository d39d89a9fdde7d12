"""What is known where, what is called, and how often a process may split."""

from reviewflow.kinds.check import check_files
from tests.kinds.drawing import Drawing, Flow, draw, files_of
from tests.kinds.soundness import KNOWN

FORMS = {
    "start": {"title": "登记"},
    **{
        f"user_{name}": {
            "title": name,
            "fields": [{"name": name, "label": name, "type": "yes_no", "steers": True}],
        }
        for name in "bcd"
    },
}
TWO_BLOCKS = "一个流程里只能有一处并行，另一处请画成调用活动。"


def said(flows: list[Flow], **more: object) -> set[tuple[str, str]]:
    """Return what is said about a process and its forms."""
    xml = draw("sample", flows, **more)
    forms = {step: form for step, form in FORMS.items() if f'"{step}"' in xml}
    files = files_of(xml, forms=forms | {"start": FORMS["start"]})
    return {(one.element, one.sentence) for one in check_files(files, KNOWN)}


def unknown(name: str) -> str:
    return f"走到这里时“{name}”未必已经有值，请检查之前的环节。"


AFTER_XOR: list[Flow] = [
    ("start_a", "user_b"),
    ("user_b", "xor_c"),
    ("xor_c", "user_c", "b"),
    ("xor_c", "xor_d", "default"),
    ("user_c", "xor_d"),
    ("xor_d", "end_e", "c"),
    ("xor_d", "end_f", "default"),
]
AFTER_AND: list[Flow] = [
    ("start_a", "and_b"),
    ("and_b", "user_b"),
    ("and_b", "user_c"),
    ("user_b", "and_c"),
    ("user_c", "and_c"),
    ("and_c", "xor_d"),
    ("xor_d", "end_e", "b and c"),
    ("xor_d", "end_f", "default"),
]


def test_what_one_branch_of_a_choice_answers_is_not_known_after_it() -> None:
    assert said(AFTER_XOR) == {("xor_d_to_end_e", unknown("c"))}


def test_what_every_branch_of_a_block_answers_is_known_after_it() -> None:
    assert said(AFTER_AND) == set()


def test_what_only_one_of_some_branches_answers_is_not_known_after_them() -> None:
    flows = [
        (a.replace("and_", "or_"), b.replace("and_", "or_"), *rest)
        for a, b, *rest in AFTER_AND
    ]
    flows[1:3] = [("or_b", "user_b", 'level == "CITY"'), ("or_b", "user_c", "default")]

    assert said(flows) == {
        ("xor_d_to_end_e", unknown("b")),
        ("xor_d_to_end_e", unknown("c")),
    }


def test_an_interrupted_step_has_answered_nothing() -> None:
    flows: list[Flow] = [
        ("start_a", "user_b"),
        ("user_b", "xor_d"),
        ("boundary_late", "xor_d"),
        ("xor_d", "end_e", "b"),
        ("xor_d", "end_f", "default"),
    ]

    assert said(flows, boundary={"boundary_late": ("user_b", True)}) == {
        ("xor_d_to_end_e", unknown("b"))
    }


def test_what_a_sub_process_asks_is_known_inside_and_after_it() -> None:
    inner = Drawing(
        "inner_work",
        [
            ("start_i", "user_b"),
            ("user_b", "xor_i"),
            ("xor_i", "user_c", "b"),
            ("xor_i", "end_i", "default"),
            ("user_c", "end_j"),
        ],
    )
    flows: list[Flow] = [
        ("start_a", "inner_work"),
        ("inner_work", "xor_d"),
        ("xor_d", "end_e", "b"),
        ("xor_d", "end_f", "c"),
        ("xor_d", "end_g", "default"),
    ]

    assert said(flows, inner={"inner_work": inner}) == {
        ("xor_d_to_end_f", unknown("c"))
    }


def test_a_scope_splits_only_once() -> None:
    flows: list[Flow] = [
        ("start_a", "and_b"),
        ("and_b", "user_b"),
        ("and_b", "user_c"),
        ("user_b", "and_c"),
        ("user_c", "and_c"),
        ("and_c", "or_d"),
        ("or_d", "user_d", "b"),
        ("or_d", "or_e", "default"),
        ("user_d", "or_e"),
        ("or_e", "end_f"),
    ]

    assert said(flows) == {("or_d", TWO_BLOCKS)}


def test_a_process_nobody_calls_is_found() -> None:
    stray = draw("stray", [("start_s", "end_s")], takes=["level"], gives=["x"])
    files = files_of(draw("sample", [("start_a", "end_a")]), shared={"stray": stray})

    said = {(one.file, one.element, one.sentence) for one in check_files(files, KNOWN)}

    sentence = "没有被调用，请删除或者画出调用。"
    assert ("shared/stray.bpmn", "stray", sentence) in said
