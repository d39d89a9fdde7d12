"""A process ends in whatever order its steps are done, or it is not deployed."""

import itertools

import pytest

from reviewflow.kinds.check_tokens import check_tokens
from reviewflow.kinds.diagrams import read_xml
from reviewflow.kinds.graph import scopes
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.token_game import TokenGame
from tests.kinds.drawing import Drawing, draw
from tests.kinds.models import MAIN, SHARED

WAITS = "有的分支到不了这里，流程会停住，请检查分流和汇合。"
TWICE = "并行的分支没有汇合，这里会同时办理两次。"
SPINS = "这条环路上没有需要人办理的环节，会一直循环。"


def said(xml: str) -> list[tuple[str, str]]:
    book = Notebook("process.bpmn", read_xml(xml.encode()))
    for scope in scopes(book.root):
        check_tokens(book, scope)
    return [(one.element, one.sentence) for one in book.findings]


@pytest.mark.parametrize("name", [*MAIN, *SHARED])
def test_the_models_are_sound(name: str) -> None:
    assert said({**MAIN, **SHARED}[name]) == []


def test_a_choice_that_is_joined_as_if_parallel_waits_in_vain() -> None:
    flows = [
        ("start_a", "user_b"),
        ("user_b", "xor_c"),
        ("xor_c", "user_d", "x"),
        ("xor_c", "user_e", "default"),
        ("user_d", "and_f"),
        ("user_e", "and_f"),
        ("and_f", "end_g"),
    ]

    assert said(draw("sample", flows)) == [("and_f", WAITS)]


def test_some_branches_joined_as_if_all_were_taken_wait_in_vain() -> None:
    flows = [
        ("start_a", "or_c"),
        ("or_c", "user_d", "x"),
        ("or_c", "user_e", "default"),
        ("user_d", "and_f"),
        ("user_e", "and_f"),
        ("and_f", "end_g"),
    ]

    assert said(draw("sample", flows)) == [("and_f", WAITS)]


def test_a_branch_that_leaves_a_block_lets_the_others_wait() -> None:
    flows = [
        ("start_a", "and_b"),
        ("and_b", "user_c"),
        ("and_b", "user_d"),
        ("user_c", "xor_e"),
        ("xor_e", "end_f", "x"),
        ("xor_e", "and_g", "default"),
        ("user_d", "and_g"),
        ("and_g", "end_h"),
    ]

    assert said(draw("sample", flows)) == [("and_g", WAITS)]


def test_parallel_branches_that_are_not_joined_do_a_step_twice() -> None:
    flows = [
        ("start_a", "and_b"),
        ("and_b", "user_c"),
        ("and_b", "user_d"),
        ("user_c", "user_e"),
        ("user_d", "user_e"),
        ("user_e", "end_f"),
    ]

    assert said(draw("sample", flows)) == [("user_e", TWICE)]


def test_a_reminder_that_runs_into_the_main_path_does_a_step_twice() -> None:
    flows = [
        ("start_a", "user_b"),
        ("user_b", "user_c"),
        ("user_c", "end_d"),
        ("boundary_late", "user_c"),
    ]
    boundary = {"boundary_late": ("user_b", False)}

    assert said(draw("sample", flows, boundary=boundary)) == [("user_c", TWICE)]
    interrupts = {"boundary_late": ("user_b", True)}
    assert said(draw("sample", flows, boundary=interrupts)) == []


def test_a_loop_past_nobody_is_refused() -> None:
    flows = [
        ("start_a", "xor_b"),
        ("xor_b", "effect_c", "x"),
        ("xor_b", "end_d", "default"),
        ("effect_c", "xor_b"),
    ]

    assert said(draw("sample", flows)) == [("xor_b", SPINS)]


def test_a_fault_inside_a_sub_process_is_found_there() -> None:
    inner = Drawing(
        "inner_work",
        [
            ("start_i", "and_b"),
            ("and_b", "user_c"),
            ("and_b", "user_d"),
            ("user_c", "user_e"),
            ("user_d", "user_e"),
            ("user_e", "end_i"),
        ],
    )
    xml = draw(
        "sample",
        [("start_a", "inner_work"), ("inner_work", "end_z")],
        inner={"inner_work": inner},
    )

    assert said(xml) == [("user_e", TWICE)]


def test_some_branches_are_waited_for_before_the_next_step() -> None:
    flows = [
        ("start_a", "or_c"),
        ("or_c", "user_d", "x"),
        ("or_c", "user_e", "y"),
        ("or_c", "user_f", "default"),
        ("user_d", "or_g"),
        ("user_e", "or_g"),
        ("user_f", "or_g"),
        ("or_g", "user_h"),
        ("user_h", "end_i"),
    ]

    assert said(draw("sample", flows)) == []


def test_a_terminating_end_takes_every_token_away() -> None:
    flows = [
        ("start_a", "and_b"),
        ("and_b", "user_c"),
        ("and_b", "user_d"),
        ("user_c", "end_e"),
        ("user_d", "end_f"),
    ]
    plain = draw("sample", flows)
    stopping = plain.replace(
        '<bpmn:endEvent id="end_e" name="end_e">',
        '<bpmn:endEvent id="end_e" name="end_e"><bpmn:terminateEventDefinition />',
    )

    after = []
    for xml in (plain, stopping):
        game = TokenGame(next(scopes(read_xml(xml.encode()))))
        after.append(game.next[frozenset({"user_c", "user_d"})])

    assert after[0] == {frozenset({"user_d"}), frozenset({"user_c"})}
    assert after[1] == {frozenset(), frozenset({"user_c"})}


def test_a_block_with_more_orders_than_can_be_tried_is_refused() -> None:
    flows = [("start_a", "and_split"), ("and_join", "end_z")]
    for branch in range(6):
        steps = [f"user_{branch}_{number}" for number in range(7)]
        line = ["and_split", *steps, "and_join"]
        flows += list(itertools.pairwise(line))

    ((element, sentence),) = said(draw("sample", flows))

    assert (element, sentence[:8]) == ("sample", "流程的走法过多，")


def test_every_order_of_a_block_is_played() -> None:
    root = read_xml(SHARED["block"].encode())
    game = TokenGame(next(scopes(root)))

    # three branches, each not done, done, and the end
    assert len(game.next) == 2**3
