"""A running case: what it asks, what it refuses, what its effects hear."""

from collections.abc import Mapping
from typing import Any

import pytest

from reviewflow.engine.tokens import Position
from reviewflow.engine.workflow import EndlessLoop, Stuck, Workflow
from reviewflow.errors import Conflict, TaskDone
from tests.kinds.drawing import draw, kind_of
from tests.kinds.models import model
from tests.kinds.walker import CITY, Walker, diagram_of, services_of


def test_an_open_task_says_where_it_is_and_who_does_it() -> None:
    walker = Walker(model("called block"))
    walker.do("user_draft")

    tasks = {task.step: task for task in walker.workflow.open_tasks()}

    assert sorted(tasks) == ["user_x", "user_y", "user_z"]
    task = tasks["user_x"]
    assert (task.process, task.path, task.lane) == ("block", ("call_block",), "经办人")
    assert Position("sample", "call_block") in walker.workflow.positions()
    assert Position("block", "user_x") in walker.workflow.positions()


def test_a_task_keeps_its_id_while_it_waits() -> None:
    walker = Walker(model("called block"))
    walker.do("user_draft")
    before = {task.step: task.engine_id for task in walker.workflow.open_tasks()}

    walker.do("user_y")

    after = {task.step: task.engine_id for task in walker.workflow.open_tasks()}
    assert after == {step: before[step] for step in ("user_x", "user_z")}


def test_ids_are_never_given_twice() -> None:
    walker = Walker(model("loop"))
    seen = set()
    for _ in range(40):
        step = walker.steps[0]
        seen.add(walker.workflow.open_tasks()[0].engine_id)
        walker.do(step, sign="B")

    assert len(seen) == 40


def test_a_task_is_done_once() -> None:
    walker = Walker(model("loop"))
    workflow = walker.workflow
    engine_id = workflow.open_tasks()[0].engine_id
    workflow.complete(engine_id, {})

    with pytest.raises(TaskDone) as caught:
        workflow.complete(engine_id, {})

    assert isinstance(caught.value, Conflict)
    restored = Workflow.resume(walker.diagram, workflow.dump(), walker.services)
    with pytest.raises(TaskDone):
        restored.complete(engine_id, {})


@pytest.mark.parametrize("stranger", ["", "0", "nobody", "None"])
def test_a_task_that_never_was_is_not_done(stranger: str) -> None:
    workflow = Walker(model("loop")).workflow

    with pytest.raises(TaskDone):
        workflow.complete(stranger, {})
    with pytest.raises(TaskDone):
        workflow.fire(stranger)


def test_what_is_no_user_task_cannot_be_completed() -> None:
    workflow = Walker(model("reminded")).workflow
    timer = workflow.timers()[0].engine_id

    with pytest.raises(TaskDone):
        workflow.complete(timer, {})
    with pytest.raises(TaskDone):
        workflow.fire(workflow.open_tasks()[0].engine_id)


def test_only_scalars_steer() -> None:
    workflow = Walker(model("loop")).workflow
    engine_id = workflow.open_tasks()[0].engine_id

    with pytest.raises(TypeError):
        workflow.complete(engine_id, {"findings": [{"clause": "第三条"}]})


def test_effects_happen_once_each_and_in_order() -> None:
    walker = Walker(model("loop"))
    walker.do("user_draft")
    walker.do("user_sign", sign="A")

    assert walker.called == ["sample.effect_issue"]
    assert walker.workflow.finished
    assert walker.workflow.ended_at == "end_issued"
    assert walker.workflow.ended_name == "end_issued"


def test_an_effect_is_told_the_decisions_and_its_limit() -> None:
    heard: list[Mapping[str, Any]] = []
    kind = kind_of(draw("sample", [("start_a", "effect_b"), ("effect_b", "end_c")]))

    Workflow.start(diagram_of(kind), CITY, {"sample.effect_b": heard.append})

    assert heard == [{"level": "CITY", "limit": ""}]


def test_a_failing_effect_is_heard_as_it_is_and_changes_nothing_stored() -> None:
    walker = Walker(model("loop"))
    walker.do("user_draft")

    def fail(_decisions: Mapping[str, Any]) -> None:
        raise Conflict("已经签发。")

    services = {**walker.services, "sample.effect_issue": fail}
    workflow = Workflow.resume(walker.diagram, walker.state, services)
    with pytest.raises(Conflict, match="已经签发"):
        workflow.complete(workflow.open_tasks()[0].engine_id, {"sign": "A"})

    walker.do("user_sign", sign="A")  # the stored state is as it was
    assert walker.workflow.finished


def test_a_condition_over_nothing_is_a_plain_sentence() -> None:
    walker = Walker(model("loop"))
    walker.do("user_draft")

    with pytest.raises(Stuck, match="请联系管理员"):
        walker.do("user_sign")


def test_a_loop_without_people_is_stopped() -> None:
    kind = kind_of(
        draw(
            "sample",
            [
                ("start_a", "user_b"),
                ("user_b", "xor_c"),
                ("xor_c", "effect_d", 'level == "CITY"'),
                ("xor_c", "end_e", "default"),
                ("effect_d", "xor_c"),
            ],
        )
    )
    walker = Walker(kind)

    with pytest.raises(EndlessLoop):
        walker.do("user_b")

    assert 0 < len(walker.called) < 1_000


def test_a_loop_of_calls_without_people_is_stopped() -> None:
    called = draw("sub", [("start_s", "effect_s"), ("effect_s", "end_s")], gives=["x"])
    kind = kind_of(
        draw(
            "sample",
            [
                ("start_a", "call_b"),
                ("call_b", "xor_c"),
                ("xor_c", "call_b", "level == None"),
                ("xor_c", "end_e", "default"),
            ],
            calls={"call_b": "sub"},
        ),
        shared={"sub": called},
    )

    with pytest.raises(EndlessLoop):
        Workflow.start(diagram_of(kind), {"level": None, "x": 1}, services_of(kind, []))
