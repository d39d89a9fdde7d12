"""A running case as text: it does not grow, and damage is noticed."""

import base64
import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from reviewflow.engine.specs import Diagram, UnreadableSpec, compile_kind
from reviewflow.engine.states import UnreadableState
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.shelf import read_folder
from tests.kinds.models import model
from tests.kinds.walker import Walker

NORMATIVE_DOCUMENT = Path(__file__).parents[2] / "bpmn/normative_document"
GOLDEN = Path(__file__).parents[1] / "kinds/golden/state_format_1.json"


@pytest.mark.parametrize(
    "name", ["loop", "called block", "inside", "called twice", "reminded"]
)
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
    compiled = compile_kind(read_folder(NORMATIVE_DOCUMENT))  # takes long enough
    together = Barrier(8)

    def load(_: int) -> Diagram:
        together.wait()
        return Diagram.load(compiled, "all-threads")

    with ThreadPoolExecutor(8) as pool:
        diagrams = list(pool.map(load, range(8)))

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


def test_a_case_stored_by_the_first_release_goes_on_to_its_end() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    diagram = Diagram.load(json.dumps(golden["compiled"]), "golden")
    called: list[str] = []
    services = {"sample.effect_remind": lambda _decisions: called.append("remind")}
    workflow = Workflow.resume(diagram, golden["state"], services)

    assert sorted(task.step for task in workflow.open_tasks()) == golden["steps"]
    while not workflow.finished:
        task = workflow.open_tasks()[0]
        workflow.complete(task.engine_id, {"pick": "A", "n": "A"})
        workflow = Workflow.resume(diagram, workflow.dump(), services)
    assert workflow.ended_at == "end_issued"


def test_a_version_deployed_by_a_newer_program_is_a_plain_sentence() -> None:
    newer = json.loads(compile_kind(model("loop"))) | {"format": 2}

    with pytest.raises(UnreadableSpec, match="请升级程序"):
        Diagram.load(json.dumps(newer), "newer")
