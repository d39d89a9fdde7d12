"""The items of the city's plan and what proves each: `items.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Lack:
    """One way to be missing: which count, why, what to do, and where.

    Attributes:
        count: The count whose members are missing.
        also: Another count they belong to as well; any if empty.
        where: The page to do it on, with `{id}`, `{year}`; that of the thing if empty.
    """

    count: str
    reason: str
    todo: str
    also: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that proves an item, and what it should come to.

    Attributes:
        indicator: Id of a rate of the indicators; none if `figure` counts it.
        figure: What `item_proofs` counts; neither, if nothing is known of it.
        level: Only organs of that level.
        kind: Only documents of that kind; without a process for it, no data.
        target: In percent; `at_least` how many in a year; neither sets no target.
        words: What `figure` looks for in titles.
        unrecorded: What is said where there is nothing to count.
    """

    id: str
    title: str
    indicator: str = ""
    figure: str = ""
    level: str = ""
    kind: str = ""
    target: int | None = None
    at_least: int | None = None
    unit: str = ""
    target_source: str = ""
    words: tuple[str, ...] = ()
    unrecorded: str = ""
    listed: str = ""
    evidence: str = ""
    lacks: tuple[Lack, ...] = ()

    @property
    def has_target(self) -> bool:
        """The figure decides whether the item is reached."""
        return self.target is not None or self.at_least is not None

    @property
    def goal(self) -> str:
        """What it should come to, as people read it."""
        words = plan().words
        if self.target is not None:
            return words["percent"].format(count=self.target)
        if self.at_least is not None:
            return words["at_least"].format(count=self.at_least, unit=self.unit)
        return words["none"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the plan."""

    number: int
    title: str
    text: str
    note: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan: how it is called, its items by number, and words."""

    title: str
    words: Mapping[str, str]
    items: Mapping[int, Item]


@cache
def plan() -> Plan:
    """Return the plan in use."""
    path = Path(__file__).with_name("items.yaml")
    found: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    items = [_item(fields) for fields in found["items"]]
    return Plan(found["plan"], found["words"], {item.number: item for item in items})


def _item(fields: Mapping[str, Any]) -> Item:
    measures = tuple(map(_measure, fields["measures"]))
    return Item(**{**fields, "measures": measures})


def _measure(fields: Mapping[str, Any]) -> Measure:
    lacks = tuple(Lack(**lack) for lack in fields.get("lacks", ()))
    words = tuple(fields.get("words", ()))
    return Measure(**{**fields, "lacks": lacks, "words": words})
