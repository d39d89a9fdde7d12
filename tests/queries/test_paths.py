from pathlib import Path

import pytest

from reviewflow.kinds.shelf import read_folder
from reviewflow.queries.overview import usual_phases
from reviewflow.queries.paths import Known, map_of
from tests.house.sources import ROOT

NORMATIVE = {"is_normative": True, "is_emergency": False}
KIND = read_folder(Path(ROOT / "bpmn/normative_document"))


def following(step: str, known: Known) -> set[str]:
    process = KIND.steps[step].process
    return {route.target.id for route in map_of(KIND).after(process, step, known)}


@pytest.mark.parametrize(
    ("step", "known", "steps"),
    [
        ("register_matter", {}, {"classify"}),
        ("classify", {"is_normative": False}, {"not_normative"}),
        ("classify", NORMATIVE, {"draft_text"}),
        ("classify", {**NORMATIVE, "is_emergency": True}, {"endorse_emergency"}),
        ("classify", {}, {"draft_text", "endorse_emergency", "not_normative"}),
        ("unit_legal_review", {"outcome": "RETURN"}, {"finalise_draft"}),
        ("unit_legal_review", {"outcome": "APPROVE"}, {"unit_deliberation"}),
        ("check_opinion", {"outcome": "RETURN"}, {"draft_opinion"}),
        ("sign_submission", {"outcome": "SUBMIT"}, {"office_check"}),
    ],
)
def test_what_can_follow_depends_on_what_is_known(
    step: str, known: Known, steps: set[str]
) -> None:
    assert following(step, known) == steps


def test_every_step_leads_somewhere() -> None:
    assert not [step for step in KIND.steps if not following(step, {})]


def test_phases_for_exceptions_are_not_usual() -> None:
    usual = usual_phases(KIND)
    assert {"起草", "审查", "待上会", "已公布"} <= usual
    assert not {"补正", "修改反馈"} & usual
