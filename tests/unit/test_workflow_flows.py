"""Timers, blocks and called processes of a running case."""

import pytest

from reviewflow.errors import TaskDone
from tests.kinds.drawing import draw, kind_of
from tests.kinds.models import model
from tests.kinds.walker import Walker


def test_a_timer_happens_only_when_it_is_told_to() -> None:
    walker = Walker(model("reminded"))
    timer = walker.workflow.timers()[0]

    assert (timer.event, timer.limit, timer.step) == (
        "boundary_late",
        "TL-01",
        "user_draft",
    )
    assert not timer.interrupts
    assert walker.called == []

    walker.fire("boundary_late")

    assert walker.called == ["sample.effect_remind"]
    assert walker.steps == ["user_draft"]
    assert walker.workflow.timers() == []


def test_a_timer_that_interrupts_takes_the_task_away() -> None:
    walker = Walker(model("reminded"))
    walker.do("user_draft")
    task = walker.workflow.open_tasks()[0].engine_id

    walker.fire("boundary_lapsed")

    assert walker.steps == ["user_explain"]
    with pytest.raises(TaskDone):
        walker.workflow.complete(task, {"sign": "A"})


def test_whoever_acts_first_wins() -> None:
    walker = Walker(model("reminded"))
    walker.do("user_draft")
    timer = walker.workflow.timers()[0].engine_id
    walker.do("user_sign", sign="A")

    with pytest.raises(TaskDone):
        walker.workflow.fire(timer)


def test_a_timer_in_the_flow_waits_alone() -> None:
    walker = Walker(model("interrupted"))
    walker.fire("boundary_stop")
    assert walker.steps == ["user_explain"]
    walker.do("user_explain")
    walker.do("user_sign", sign="A")
    assert (walker.steps, walker.workflow.finished) == ([], False)

    walker.fire("timer_wait")

    assert walker.workflow.ended_at == "end_issued"


def test_a_waiting_timer_does_not_bring_old_answers_back() -> None:
    walker = Walker(model("interrupted"), {"level": "CITY", "sign": "OLD"})
    walker.fire("boundary_stop")
    walker.do("user_explain")
    walker.do("user_sign", sign="NEW")
    for _ in range(3):
        workflow = walker.workflow
        workflow._inner.update_waiting_tasks()  # noqa: SLF001 - as any step does
        walker.state = workflow.dump()

    assert walker.workflow.decisions()["sign"] == "NEW"


def test_effects_side_by_side_happen_in_the_order_they_are_drawn() -> None:
    flows = [("start_a", "user_b"), ("user_b", "and_c"), ("and_d", "end_e")]
    effects = [f"effect_{number}" for number in range(4)]
    flows += [("and_c", effect) for effect in effects]
    flows += [(effect, "and_d") for effect in effects]
    walker = Walker(kind_of(draw("sample", flows)))

    walker.do("user_b")

    assert walker.called == [f"sample.{effect}" for effect in effects]


def test_a_terminating_end_stops_what_was_about_to_happen() -> None:
    flows = [
        ("start_a", "user_b"),
        ("user_b", "and_c"),
        ("and_c", "end_stop"),
        ("and_c", "user_d"),
        ("and_c", "effect_e"),
        ("user_d", "end_f"),
        ("effect_e", "end_g"),
    ]
    end = '<bpmn:endEvent id="end_stop" name="end_stop">'
    xml = draw("sample", flows).replace(
        "</bpmn:incoming></bpmn:endEvent>",
        '</bpmn:incoming><bpmn:terminateEventDefinition id="stop" /></bpmn:endEvent>',
        1,
    )
    assert end in xml
    walker = Walker(kind_of(xml))

    walker.do("user_b")

    assert walker.workflow.finished
    assert walker.workflow.ended_at == "end_stop"
    assert (walker.steps, walker.called) == ([], [])


def test_a_parallel_block_in_a_called_process_is_right_in_every_round() -> None:
    walker = Walker(model("called block"))
    for last in ("user_x", "user_y", "user_z", "user_x"):
        walker.do("user_draft")
        others = [step for step in ("user_z", "user_y", "user_x") if step != last]
        for step in others:
            walker.do(step, x=1)
            assert "user_sign" not in walker.steps
        walker.do(last, x=1)
        assert walker.steps == ["user_sign"]
        walker.do("user_sign", sign="B")
    assert walker.called == ["sample.effect_z"] * 4


@pytest.mark.parametrize(
    ("pick", "steps"),
    [
        ("A", ["user_p"]),
        ("B", ["user_q"]),
        ("C", ["user_p", "user_q"]),
        ("D", ["user_r"]),
    ],
)
def test_an_inclusive_block_waits_for_what_was_chosen(
    pick: str, steps: list[str]
) -> None:
    walker = Walker(model("called twice"))
    walker.do("user_n", n="A")
    walker.do("user_pick", pick=pick)

    assert walker.steps == steps
    paths = {task.path for task in walker.workflow.open_tasks()}
    assert paths == {("call_nested", "call_some")}
    for step in steps:
        walker.do(step)
    assert walker.steps == ["user_sign"]
    assert [task.path for task in walker.workflow.open_tasks()] == [()]


def test_a_called_process_gives_back_only_what_it_declares() -> None:
    walker = Walker(model("called block"))
    walker.do("user_draft")
    walker.do("user_x", x=1, secret="kept inside")
    walker.do("user_y")
    walker.do("user_z")

    assert walker.workflow.decisions() == {"level": "CITY", "x": 1}


def test_cancelling_ends_a_case_where_it_stands() -> None:
    walker = Walker(model("alongside"))
    workflow = walker.workflow
    workflow.cancel()
    walker.state = workflow.dump()

    restored = walker.workflow
    assert restored.finished
    assert restored.ended_at is None
    assert restored.open_tasks() == []
    assert restored.timers() == []
    assert restored.positions() == []
