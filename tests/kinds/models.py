"""Small processes in which everything we draw occurs; all of them follow the rules."""

from reviewflow.kinds.shelf import ProcessKind
from tests.kinds.drawing import Drawing, draw, kind_of

LOOP = draw(
    "sample",
    [
        ("start_a", "user_draft"),
        ("user_draft", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "user_draft", 'sign == "B"'),
        ("xor_signed", "effect_issue", "default"),
        ("effect_issue", "end_issued"),
    ],
)

BLOCK = draw(
    "block",
    [
        ("start_block", "and_split"),
        ("and_split", "user_x"),
        ("and_split", "user_y"),
        ("and_split", "effect_z"),
        ("effect_z", "user_z"),
        ("user_x", "and_join"),
        ("user_y", "and_join"),
        ("user_z", "and_join"),
        ("and_join", "end_block"),
    ],
    takes=["level"],
    gives=["x"],
)

CALLED_BLOCK = draw(
    "sample",
    [
        ("start_a", "user_draft"),
        ("user_draft", "call_block"),
        ("call_block", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "user_draft", 'sign == "B"'),
        ("xor_signed", "end_issued", "default"),
    ],
    calls={"call_block": "block"},
)

SOME = draw(
    "some",
    [
        ("start_some", "user_pick"),
        ("user_pick", "or_split"),
        ("or_split", "user_p", 'pick in ("A", "C")'),
        ("or_split", "user_q", 'pick in ("B", "C")'),
        ("or_split", "user_r", "default"),
        ("user_p", "or_join"),
        ("user_q", "or_join"),
        ("user_r", "or_join"),
        ("or_join", "end_some"),
    ],
    takes=["level"],
    gives=["pick"],
)

NESTED = draw(
    "nested",
    [
        ("start_nested", "user_n"),
        ("user_n", "call_some"),
        ("call_some", "xor_again"),
        ("xor_again", "user_n", 'n == "B"'),
        ("xor_again", "end_nested", "default"),
    ],
    calls={"call_some": "some"},
    takes=["level"],
    gives=["n"],
)

CALLED_TWICE = draw(
    "sample",
    [
        ("start_a", "call_nested"),
        ("call_nested", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "call_nested", 'sign == "B"'),
        ("xor_signed", "end_issued", "default"),
    ],
    calls={"call_nested": "nested"},
)

REMINDED = draw(
    "sample",
    [
        ("start_a", "user_draft"),
        ("user_draft", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "user_draft", 'sign == "B"'),
        ("xor_signed", "end_issued", "default"),
        ("boundary_late", "effect_remind"),
        ("effect_remind", "end_reminded"),
        ("boundary_lapsed", "effect_lapse"),
        ("effect_lapse", "user_explain"),
        ("user_explain", "user_draft"),
    ],
    boundary={
        "boundary_late": ("user_draft", False),
        "boundary_lapsed": ("user_sign", True),
    },
)

INTERRUPTED = draw(
    "sample",
    [
        ("start_a", "call_block"),
        ("call_block", "user_sign"),
        ("boundary_stop", "user_explain"),
        ("user_explain", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "call_block", 'sign == "B"'),
        ("xor_signed", "timer_wait", "default"),
        ("timer_wait", "end_issued"),
    ],
    calls={"call_block": "block"},
    boundary={"boundary_stop": ("call_block", True)},
)

INSIDE = draw(
    "sample",
    [
        ("start_a", "inner_work"),
        ("inner_work", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "inner_work", 'sign == "B"'),
        ("xor_signed", "end_issued", "default"),
    ],
    inner={
        "inner_work": Drawing(
            "inner_work",
            [
                ("start_inner", "user_draft"),
                ("user_draft", "and_split"),
                ("and_split", "user_x"),
                ("and_split", "user_y"),
                ("user_x", "and_join"),
                ("user_y", "and_join"),
                ("and_join", "end_inner"),
            ],
        )
    },
)

ALONGSIDE = draw(
    "sample",
    [
        ("start_a", "and_split"),
        ("and_split", "call_one"),
        ("and_split", "call_two"),
        ("and_split", "user_draft"),
        ("call_one", "and_join"),
        ("call_two", "and_join"),
        ("user_draft", "and_join"),
        ("and_join", "user_sign"),
        ("user_sign", "end_issued"),
        ("boundary_late", "effect_remind"),
        ("effect_remind", "end_reminded"),
    ],
    calls={"call_one": "some", "call_two": "nested"},
    boundary={"boundary_late": ("call_one", False)},
)

CROSSED = draw(
    "sample",
    [
        ("start_a", "and_split"),
        ("and_split", "user_x"),
        ("and_split", "user_y"),
        ("and_split", "user_z"),
        ("and_split", "user_w"),
        ("user_x", "and_join"),
        ("user_y", "and_join"),
        ("user_z", "and_join"),
        ("user_w", "and_join"),
        ("and_join", "user_sign"),
        ("user_sign", "end_issued"),
    ],
)

SHARED = {"block": BLOCK, "some": SOME, "nested": NESTED}
MAIN = {
    "loop": LOOP,
    "called block": CALLED_BLOCK,
    "called twice": CALLED_TWICE,
    "reminded": REMINDED,
    "interrupted": INTERRUPTED,
    "inside": INSIDE,
    "alongside": ALONGSIDE,
    "crossed": CROSSED,
}


def model(name: str) -> ProcessKind:
    """Return one of the models as a kind."""
    return kind_of(MAIN[name], shared=SHARED)
