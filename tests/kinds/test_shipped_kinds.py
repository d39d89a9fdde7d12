"""Every folder under bpmn/ is sound and walks its walks."""

from pathlib import Path

import pytest

from reviewflow.effects import EFFECTS
from reviewflow.engine.specs import Diagram, compile_kind
from reviewflow.engine.walks import play_walk
from reviewflow.kinds.check import check_files
from reviewflow.kinds.check_posts import Known
from reviewflow.kinds.diagrams import read_steps, read_xml
from reviewflow.kinds.gathering import gather
from reviewflow.kinds.shelf import ProcessKind, read_folder
from reviewflow.kinds.walks import Walk
from reviewflow.law.lawbook import load_law
from reviewflow.model.case import Part
from reviewflow.model.people import Role

BPMN = Path(__file__).parents[2] / "bpmn"
FOLDERS = sorted(path.parent for path in BPMN.glob("*/kind.yaml"))
KINDS = {folder.name: read_folder(folder) for folder in FOLDERS}
WALKS = [(key, walk) for key, kind in KINDS.items() for walk in kind.walks]


def walked(kind: ProcessKind) -> set[str]:
    """Return the steps some walk of a kind takes."""
    return {stride.step for walk in kind.walks for stride in walk.strides}


def steps_drawn(kind: ProcessKind, *, in_shared: bool = False) -> set[str]:
    """Return the user tasks of a kind's own diagrams, or of those it shares."""
    return {
        step.id
        for name, content in kind.diagrams.items()
        if name.startswith("shared/") is in_shared
        for step in read_steps(read_xml(content))
    }


def name_of(part: object) -> str:
    return part.name if isinstance(part, Walk) else str(part)


def test_the_kinds_of_the_first_release_are_there() -> None:
    assert {
        "normative_document",
        "major_decision",
        "filing",
        "published_document",
    } <= set(KINDS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_kind_has_no_findings(folder: Path) -> None:
    known = Known(
        limits=frozenset(limit.id for limit in load_law().limits),
        effects=frozenset(EFFECTS),
        roles=frozenset(Role),
        parts=frozenset(Part),
    )

    assert [str(one) for one in check_files(gather(folder), known)] == []


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_named_like_its_folder(key: str) -> None:
    assert KINDS[key].key == key


@pytest.mark.parametrize(("key", "walk"), WALKS, ids=name_of)
def test_a_walk_goes_as_written(key: str, walk: Walk) -> None:
    kind = KINDS[key]
    diagram = Diagram.load(compile_kind(kind), kind.digest)

    assert play_walk(kind, diagram, walk).fault == ""


@pytest.mark.parametrize("key", KINDS)
def test_the_walks_reach_every_end_and_every_step(key: str) -> None:
    kind = KINDS[key]
    left = set(kind.steps) - walked(kind)

    # a step of a shared diagram that this kind's facts leave out is another's
    assert left <= steps_drawn(kind, in_shared=True) - steps_drawn(kind)
    assert left <= {step for other in KINDS.values() for step in walked(other)}
    assert set(kind.effects) - {e for w in kind.walks for e in w.effects or ()} == set()


def test_a_walk_that_goes_elsewhere_is_reported() -> None:
    kind = KINDS["filing"]
    diagram = Diagram.load(compile_kind(kind), kind.digest)
    walk = kind.walks[0]

    def fault(**changes: object) -> str:
        fields = {name: getattr(walk, name) for name in Walk.__slots__}
        return play_walk(kind, diagram, Walk(**{**fields, **changes})).fault

    assert "应在“elsewhere”结束" in fault(ends="elsewhere")
    assert "应依次发生" in fault(effects=("filing.register",))
    assert "应依次发生" in fault(effects=tuple(reversed(walk.effects or ())))
    assert "不在待办之中" in fault(strides=walk.strides[1:])
    assert "尚未结束" in fault(strides=walk.strides[:1])
