"""A running case: started, asked, moved, stored and restored."""

import base64
import json
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from reviewflow.engine.scripting import Services
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.states import UnreadableState
from reviewflow.engine.tokens import Position
from reviewflow.engine.workflow import EndlessLoop, Stuck, Workflow
from reviewflow.errors import Conflict, TaskDone
from reviewflow.kinds.shelf import ProcessKind
from tests.kinds.drawing import draw, kind_of
from tests.kinds.models import model

CITY = {"level": "CITY"}


def diagram_of(kind: ProcessKind) -> Diagram:
    return Diagram.load(compile_kind(kind), kind.digest)


def services_of(kind: ProcessKind, called: list[str]) -> Services:
    def effect(name: str) -> Any:
        return lambda _decisions: called.append(name)

    return {name: effect(name) for name in kind.effects}


class Walker:
    """A case that is stored and restored between any two things that happen."""

    def __init__(self, kind: ProcessKind, facts: Mapping[str, Any] = CITY) -> None:
        self.diagram = diagram_of(kind)
        self.called: list[str] = []
        self.services = services_of(kind, self.called)
        self.state = Workflow.start(self.diagram, facts, self.services).dump()

    @property
    def workflow(self) -> Workflow:
        return Workflow.resume(self.diagram, self.state, self.services)

    @property
    def steps(self) -> list[str]:
        return sorted(task.step for task in self.workflow.open_tasks())

    def do(self, step: str, **decisions: object) -> None:
        workflow = self.workflow
        waiting = {task.step: task.engine_id for task in workflow.open_tasks()}
        workflow.complete(waiting[step], decisions)
        self.state = workflow.dump()

    def fire(self, event: str) -> None:
        workflow = self.workflow
        armed = {timer.event: timer.engine_id for timer in workflow.timers()}
        workflow.fire(armed[event])
        self.state = workflow.dump()


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


@pytest.mark.parametrize("name", ["loop", "called block", "inside", "called twice"])
def test_returns_do_not_make_a_case_grow(name: str) -> None:
    sizes = {}
    walker = Walker(model(name))
    for returns in range(201):
        while walker.steps != ["user_sign"]:
            walker.do(walker.steps[0], pick="C", n="A", x=1)
        if returns in (0, 10, 50, 200):
            raw = zlib.decompress(base64.b64decode(walker.state.partition(".")[2]))
            rows = sum(len(scope["tasks"]) for scope in json.loads(raw)["scopes"])
            sizes[returns] = (rows, len(raw) // 50)
        walker.do("user_sign", sign="B")

    assert len({rows for rows, _ in sizes.values()}) == 1, sizes
    assert len(walker.state) < 4_096


def test_returns_inside_a_called_process_do_not_make_it_grow() -> None:
    walker = Walker(model("called twice"))
    sizes = set()
    for _ in range(120):
        walker.do("user_n", n="B")
        walker.do("user_pick", pick="A")
        sizes.add(len(walker.state) // 200)
        walker.do("user_p")

    assert len(sizes) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda _state: "",
        lambda state: state[:40],
        lambda state: "2" + state[1:],  # written by a newer program
        lambda state: state.replace(".", ":"),
        lambda _state: "1." + base64.b64encode(zlib.compress(b"{}")).decode(),
        lambda _state: "1." + base64.b64encode(b"no zlib").decode(),
        lambda _state: "1." + base64.b64encode(zlib.compress(b'{"a":1')).decode(),
    ],
)
def test_a_damaged_state_is_a_plain_sentence(damage: Any) -> None:
    walker = Walker(model("loop"))
    walker.state = damage(walker.state)

    with pytest.raises(UnreadableState, match="无法读取"):
        _ = walker.workflow


def test_a_diagram_is_rebuilt_once_for_all_threads() -> None:
    kind = model("alongside")
    compiled = compile_kind(kind)
    with ThreadPoolExecutor(8) as pool:
        diagrams = list(
            pool.map(lambda _: Diagram.load(compiled, "all-threads"), range(32))
        )

    assert all(diagram is diagrams[0] for diagram in diagrams)


def test_cases_run_in_many_threads_at_once() -> None:
    kind = model("called twice")

    def run(_: int) -> list[str]:
        walker = Walker(kind)
        while not walker.workflow.finished:
            walker.do(walker.steps[0], pick="C", n="A", sign="A")
        return walker.called

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(32))) == [[]] * 32
