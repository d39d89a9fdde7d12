"""Whatever is answered: no meeting without a review, no publication without a decision.

Officials who answer at random drive every kind that reviews; the gates are the
diagrams' own, for effects only listen here.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from reviewflow.engine.specs import Diagram
from reviewflow.engine.workflow import Workflow
from reviewflow.kinds.fields import Field, FieldType, holds
from reviewflow.kinds.forms import Form
from reviewflow.kinds.shelf import ProcessKind
from tests.kinds.test_shipped_kinds import KINDS
from tests.kinds.walker import diagram_of

PERMITTING = {"LEGAL", "REVISE", "RISK_FLAGGED"}
PASSING = {"PASSED", "AMENDED"}
REVIEWING = sorted(k for k, kind in KINDS.items() if "opinion.sign" in kind.effects)
CASES = 100
MOST_STEPS = 150
LEVELS = ("PROVINCE", "CITY", "COUNTY", "TOWN")


@dataclass
class Watch:
    """Listens to the effects of one case and notes what may not be."""

    conclusion: object = None
    """Of the opinion signed in this round; none while one is awaited."""
    decision: object = None
    is_published: bool = False
    is_obliged: bool = False
    wrong: list[str] = field(default_factory=list)

    def hear(self, name: str, steering: Mapping[str, Any]) -> None:
        """Note one effect with what steers the process where it stands."""
        if name == "opinion.sign":
            self.conclusion = steering["conclusion"]
        elif name == "case.new_round":
            self.conclusion = self.decision = None
        elif name in ("meeting.request", "meeting.record"):
            self._require(self.conclusion in PERMITTING, name)
            self.decision = steering.get("decision") or self.decision
        elif name == "document.publish":
            self._require(self.conclusion in PERMITTING, name)
            self._require(self.decision in PASSING, name)
            self.is_published = True
        elif name == "filing.oblige":
            self._require(self.is_published, name)
            self.is_obliged = True

    def _require(self, is_right: bool, name: str) -> None:  # noqa: FBT001
        if not is_right:
            self.wrong.append(name)


def a_value(question: Field, dice: random.Random) -> object:
    """Return any answer a question admits, as the process is told it."""
    if question.type is FieldType.CHOICE:
        return dice.choice(sorted(question.choices))
    if question.type is FieldType.YES_NO:
        return dice.random() < 0.5
    return dice.randint(1, 9)


def answers(form: Form, dice: random.Random) -> Mapping[str, object]:
    """Return what steers, answered at random."""
    given: dict[str, object] = {}
    for question in form.fields:
        is_asked = not question.required_if or holds(question.required_if, given)
        if question.steers and is_asked:
            given[question.name] = a_value(question, dice)
    return form.deciding(given)


def drive(kind: ProcessKind, diagram: Diagram, seed: int) -> tuple[Watch, Workflow]:
    """Drive one case until it ends, or nobody would wait any longer."""
    dice, watch = random.Random(seed), Watch()  # noqa: S311 - the same every time
    services = {
        name: lambda steering, name=name: watch.hear(name, steering)
        for name in kind.effects
    }
    asked = answers(kind.forms["start"], dice)
    facts = {
        **asked,
        "level": dice.choice(kind.levels or LEVELS),
        "maker_sort": dice.choice(kind.makers[str(asked["kind_code"])]),
        **kind.facts,
    }
    workflow = Workflow.start(diagram, facts, services)
    for _ in range(MOST_STEPS):
        tasks, timers = workflow.open_tasks(), workflow.timers()
        if workflow.finished or watch.wrong:
            break
        if timers and dice.random() < 0.1:
            workflow.fire(dice.choice(timers).engine_id)
            continue
        task = dice.choice(tasks)
        workflow.complete(task.engine_id, answers(kind.forms[task.step], dice))
    return watch, workflow


@pytest.mark.parametrize("key", REVIEWING)
def test_no_answers_lead_past_the_gates(key: str) -> None:
    kind = KINDS[key]
    diagram = diagram_of(kind)
    ended: dict[str, int] = {}
    for seed in range(CASES):
        watch, workflow = drive(kind, diagram, seed)
        assert watch.wrong == [], f"seed {seed}"
        end = str(workflow.ended_at)
        ended[end] = ended.get(end, 0) + 1
        if end == "archived":
            assert watch.is_published, f"seed {seed}"
            assert watch.is_obliged, f"seed {seed}"
        if end == "illegal":
            assert not watch.is_published, f"seed {seed}"
    assert len(ended) >= 3, f"the dice saw too little: {ended}"
    assert ended.get("archived"), f"no case came to its end: {ended}"
