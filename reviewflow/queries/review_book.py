"""What the analysis of reviews counts and how it is called, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reviewflow.effects.opinions import LABELS
from reviewflow.kinds.form_reading import columns

WITHDRAWN = "WITHDRAWN"
OUTCOME, PROBLEM = "outcome-", "problem-"
"""How the counts of one conclusion and of one type of problem begin."""


@dataclass(frozen=True, slots=True)
class ReviewBook:
    """The words of `review_analysis.yaml`.

    Attributes:
        least: How many a unit needs to be compared with others.
        heat: Shares in percent above which a cell takes the next colour.
        conclusions: What a review comes to, by code.
        problems: The types of problems a finding may have, by code.
    """

    least: int
    few: str
    few_words: str
    heat: tuple[int, ...]
    usual_months: int
    counts: Mapping[str, str]
    outcome: str
    problem: str
    lists: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, str]
    comparisons: Mapping[str, str]
    definitions: Mapping[str, str]
    conclusions: Mapping[str, str]
    problems: Mapping[str, str]

    def is_few(self, denominator: int) -> bool:
        """There is something, but too little to be compared with others."""
        return 0 < denominator < self.least

    def title(self, count: str) -> str | None:
        """Return what a count is called; none if there is no such count."""
        if count.startswith(OUTCOME):
            said = self.conclusions.get(count.removeprefix(OUTCOME))
            return self.outcome.format(said) if said else None
        if count.startswith(PROBLEM):
            said = self.problems.get(count.removeprefix(PROBLEM))
            return self.problem.format(said) if said else None
        return self.counts.get(count)

    def subject(self, count: str) -> str:
        """Return whose list a count opens."""
        if count.startswith((OUTCOME, PROBLEM)):
            return "outcomes" if count.startswith(OUTCOME) else "findings"
        return count if count in self.lists else "reviews"


@cache
def review_book() -> ReviewBook:
    """Return the words in use."""
    path = Path(__file__).with_name("review_analysis.yaml")
    found: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    withdrawn = {WITHDRAWN: found.pop("withdrawn")}
    found["few_words"] = found["few_words"].format(least=found["least"])
    found["heat"] = tuple(found["heat"])
    found["lists"] = {of: tuple(names) for of, names in found["lists"].items()}
    conclusions = {code.value: said for code, said in LABELS.items()} | withdrawn
    return ReviewBook(**found, conclusions=conclusions, problems=_problems())


def _problems() -> Mapping[str, str]:
    asked = columns()["findings"]
    return next(field.choices for field in asked if field.name == "problem")
