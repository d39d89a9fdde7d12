"""The figures of a bulletin: worked out to be frozen, and read as they were."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewflow import organs
from reviewflow.model.bulletin import Bulletin, Period
from reviewflow.model.people import Unit
from reviewflow.queries.definitions import book
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import TOTAL, indicators
from reviewflow.queries.question import Group, Question
from reviewflow.work import Work

Document = dict[str, Any]
ASKED = ("from", "to", "as_of", "chain", "group", "rule_version")
MEANING = ("id", "title", "definition", "source", "ids_of")
NUMBERS = (
    *("numerator", "denominator", "value", "not_due"),
    *("numerator_ids", "denominator_ids", "not_due_ids"),
)
LENGTHS = ("average_working_days", "p90_working_days")
IDS = ("numerator_ids", "denominator_ids", "not_due_ids")


def bulletin_figures(work: Work, organ: Unit, period: Period, as_of: date) -> Document:
    """Return every indicator of a government's area, by units, to be kept.

    They are over all matters of the area, whatever of it the actor may see, so that
    whoever works them out again gets the same. What an indicator means is said once.

    Raises:
        Invalid: The calendar does not reach.
    """
    question = Question(
        as_of=as_of,
        from_on=period.from_on,
        to_on=period.to_on,
        group=Group.UNIT,
        makers=organs.units_under(work, organ),
    )
    with work.beyond_sight():
        found = document(indicators(work, question))
    every = _each(found["indicators"])
    total = {"key": TOTAL, "label": book().labels[TOTAL], "note": "", **found}
    parts = [_part(group) for group in found["groups"]]
    return {
        **{name: found[name] for name in ASKED},
        "definitions": [{name: rate[name] for name in MEANING} for rate in every],
        "total": _part(total),
        "groups": [part for part in parts if part["rates"]],
    }


def _part(figures: Mapping[str, Any]) -> Document:
    """Keep what there is; what is not there is nothing."""
    return {
        **{name: figures[name] for name in ("key", "label", "note")},
        "counts": {name: many for name, many in figures["counts"].items() if many},
        "rates": {
            rate["id"]: {
                name: rate[name] for name in (*NUMBERS, *LENGTHS) if name in rate
            }
            for rate in _each(figures["indicators"])
            if any(rate[name] for name in IDS)
        },
    }


def _each(rates: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for rate in rates for one in (rate, *rate["alternatives"])]


@dataclass(frozen=True, slots=True)
class FrozenPart:
    """Figures of one unit, or of all, as they were frozen."""

    key: str
    label: str
    note: str
    counts: Mapping[str, int]
    rates: Mapping[str, Mapping[str, Any]]

    def cell(self, column: str) -> int | str:
        """Return what stands in a column: a count, or a rate as people read it."""
        definition = book().rate(column)
        if definition is None:
            return self.counts.get(column, 0)
        found = self.rates.get(column, {})
        if definition.is_count:
            return f"{found.get('numerator', 0)} 件"
        value = found.get("value")
        return "—" if value is None else f"{value}%"

    def is_in(self, table: str) -> bool:
        """There is something of the unit to show in a table."""
        return any(self.counts.get(column) for column in book().columns[table])


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a bulletin told."""

    definitions: Sequence[Mapping[str, str]]
    total: FrozenPart
    groups: Sequence[FrozenPart]

    @property
    def parts(self) -> Sequence[FrozenPart]:
        """All together, and then every unit."""
        return (self.total, *self.groups)


def read_frozen(row: Bulletin) -> Frozen:
    """Return the figures of a bulletin whose seal is intact."""
    return frozen_of(json.loads(row.snapshot)["figures"])


def frozen_of(figures: Mapping[str, Any]) -> Frozen:
    """Return figures as they are kept, or would be now, to be shown."""
    return Frozen(
        definitions=figures["definitions"],
        total=FrozenPart(**figures["total"]),
        groups=[FrozenPart(**part) for part in figures["groups"]],
    )
