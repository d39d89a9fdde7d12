"""What the indicators count and how they are called: `indicators.yaml`, read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Definition:
    """A rate: which count out of which (口径); or a count alone.

    Attributes:
        of: What is counted: filings, reviews, organs and so on.
        numerator: Its count.
        denominator: Its count; none if only the numerator is told.
        missing: The count of what is in the denominator only.
        waiting: The count of what cannot be judged yet, if there is such.
    """

    id: str
    title: str
    of: str
    numerator: str | None
    denominator: str | None
    missing: str | None
    waiting: str | None
    waiting_words: str
    definition: str
    source: str
    alternatives: tuple["Definition", ...] = ()

    @property
    def is_count(self) -> bool:
        """There is nothing to divide by: how many there are is all that is told."""
        return self.denominator is None


@dataclass(frozen=True, slots=True)
class Book:
    """Every definition, with the words of counts, columns, groups and answers."""

    indicators: tuple[Definition, ...]
    apart: tuple[str, ...]
    """Kinds of documents whose filings stand by themselves, outside of all totals."""
    counts: Mapping[str, str]
    ids: Mapping[str, str]
    """What the ids of each subject are of: filings, cases, units or documents."""
    columns: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, str]
    facts: Mapping[str, str]
    headings: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, str]
    labels: Mapping[str, str]
    answers: Mapping[str, str]

    def each(self) -> Iterator[Definition]:
        """Give every rate, alternatives after the one they belong to."""
        for definition in self.indicators:
            yield definition
            yield from definition.alternatives

    def rate(self, column: str) -> Definition | None:
        """Return the rate with that id, if there is one."""
        return next((rate for rate in self.each() if rate.id == column), None)

    def subject(self, count: str) -> str:
        """Return what a count counts: filings, reviews, organs and so on."""
        for rate in self.each():
            if count in (rate.numerator, rate.denominator, rate.missing, rate.waiting):
                return rate.of
        return "filings"

    def heading(self, column: str) -> str:
        """Return what stands above a column."""
        words = self.headings.get(column) or self.counts.get(column)
        rate = self.rate(column)
        return words or (rate.title if rate else column)


@cache
def book() -> Book:
    """Return the definitions in use."""
    path = Path(__file__).with_name("indicators.yaml")
    found: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    lists = {
        name: {of: tuple(names) for of, names in found[name].items()}
        for name in ("columns", "lists")
    }
    indicators = tuple(map(_definition, found["indicators"]))
    apart = tuple(found["apart"])
    return Book(**(found | lists | {"indicators": indicators, "apart": apart}))


def _definition(fields: dict[str, Any]) -> Definition:
    alternatives = fields.pop("alternatives")
    shared = {"source": fields["source"], "of": fields["of"]}
    waiting = {"waiting": fields["waiting"], "waiting_words": fields["waiting_words"]}
    return Definition(
        **fields,
        alternatives=tuple(
            Definition(**other, **shared, **waiting) for other in alternatives
        ),
    )
