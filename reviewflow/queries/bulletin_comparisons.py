"""A bulletin worked out anew, and where today's figures differ from those told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviewflow.model.bulletin import Bulletin, read_period
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from reviewflow.queries.bulletin_figures import (
    LENGTHS,
    Frozen,
    FrozenPart,
    bulletin_figures,
    frozen_of,
    read_frozen,
)
from reviewflow.queries.definitions import book
from reviewflow.work import Work

NOTHING: Mapping[str, Any] = {}
COUNTED = ("numerator", "denominator", "not_due")


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that is counted: what it is called, where it is shown."""

    id: int
    title: str
    path: str
    """Empty if the actor may not see it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One number that is another today, with what came in and what went out."""

    of: str
    """`numerator`, `denominator`, `not_due`, or a length of time."""
    before: int | str | None
    after: int | str | None
    came_in: Sequence[Named]
    went_out: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator of a unit, or of all, that is another today."""

    key: str
    label: str
    id: str
    title: str
    before: str
    after: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different today: the rules, the meaning of indicators, the figures."""

    rule_version: str
    """Today's."""
    is_other_law: bool
    redefined: Sequence[str]
    """Titles of indicators that count something else today, are new, or are gone."""
    differences: Sequence[Difference]


def compare_bulletin(work: Work, row: Bulletin) -> Comparison:
    """Ask the question of a bulletin again, with today's data and law.

    Raises:
        Invalid: The calendar does not reach.
    """
    period = read_period(row.period)
    if period is None:
        raise LookupError(row.period)
    found = bulletin_figures(work, row.organ, period, row.as_of)
    before, after = read_frozen(row), frozen_of(found)
    pairs = list(_pairs(before, after))
    names = _names(work, before, pairs)
    return Comparison(
        rule_version=found["rule_version"],
        is_other_law=found["rule_version"] != row.rule_version,
        redefined=_redefined(before, after),
        differences=[_difference(names, *pair) for pair in pairs],
    )


Pair = tuple[FrozenPart, FrozenPart, str]


def _pairs(before: Frozen, after: Frozen) -> Iterator[Pair]:
    """Give what is not the same: the part then, the part now, the indicator."""
    then = {part.key: part for part in before.parts}
    now = {part.key: part for part in after.parts}
    for key in dict.fromkeys((*then, *now)):
        known = then.get(key) or now[key]
        none = FrozenPart(key, known.label, "", NOTHING, NOTHING)
        one, other = then.get(key, none), now.get(key, none)
        for rate in dict.fromkeys((*one.rates, *other.rates)):
            if one.rates.get(rate, NOTHING) != other.rates.get(rate, NOTHING):
                yield one, other, rate


def _difference(
    names: Mapping[tuple[str, int], Named], one: FrozenPart, other: FrozenPart, id_: str
) -> Difference:
    definition = book().rate(id_)
    of = book().ids[definition.of] if definition else ""
    old, new = one.rates.get(id_, NOTHING), other.rates.get(id_, NOTHING)

    def named(ids: Iterable[int]) -> list[Named]:
        return [names.get((of, one)) or _unseen(one) for one in sorted(ids)]

    changes = []
    for name in COUNTED:
        was, is_ = set(old.get(f"{name}_ids", ())), set(new.get(f"{name}_ids", ()))
        numbers = old.get(name) or 0, new.get(name) or 0
        if was != is_ or numbers[0] != numbers[1]:
            changes.append(Change(name, *numbers, named(is_ - was), named(was - is_)))
    changes += [
        Change(name, old.get(name), new.get(name), (), ())
        for name in LENGTHS
        if old.get(name) != new.get(name)
    ]
    title = definition.title if definition else id_
    told = str(one.cell(id_)), str(other.cell(id_))
    return Difference(one.key, one.label, id_, title, *told, changes)


def _redefined(before: Frozen, after: Frozen) -> list[str]:
    then = {one["id"]: one for one in before.definitions}
    now = {one["id"]: one for one in after.definitions}
    return [
        (then.get(key) or now[key])["title"]
        for key in dict.fromkeys((*then, *now))
        if then.get(key, {}).get("definition") != now.get(key, {}).get("definition")
    ]


SELECTS: Mapping[str, tuple[str, sa.Select[*tuple[Any, ...]], Any]] = {
    # what ids are of: where it is shown, how it is called, which column is the id
    "filings": (
        "/filings",
        sa.select(FilingObligation.id, Publication.doc_number, Publication.title).join(
            FilingObligation.publication
        ),
        FilingObligation.id,
    ),
    "cases": ("/cases", sa.select(Case.id, Case.number, Case.title), Case.id),
    "units": ("/units", sa.select(Unit.id, sa.literal(""), Unit.name), Unit.id),
    "documents": (
        "/library",
        sa.select(LibraryDocument.id, Publication.doc_number, Publication.title).join(
            LibraryDocument.publication
        ),
        LibraryDocument.id,
    ),
}


def _names(
    work: Work, before: Frozen, pairs: Iterable[Pair]
) -> dict[tuple[str, int], Named]:
    """Return what the actor may see of what came and went; one select for a sort."""
    of = {one["id"]: one["ids_of"] for one in before.definitions}
    wanted: dict[str, set[int]] = defaultdict(set)
    for one, other, rate in pairs:
        for name in COUNTED:
            was, is_ = (
                set(part.rates.get(rate, NOTHING).get(f"{name}_ids", ()))
                for part in (one, other)
            )
            wanted[of.get(rate, "")] |= was ^ is_
    found = {}
    for sort, ids in wanted.items():
        if sort not in SELECTS or not ids:
            continue
        path, select, column = SELECTS[sort]
        for id_, number, title in work.session.execute(select.where(column.in_(ids))):
            said = f"{title}（{number}）" if number else title
            found[sort, id_] = Named(id_, said, f"{path}/{id_}")
    return found


def _unseen(id_: int) -> Named:
    return Named(id_, f"编号 {id_}", "")
