"""How long reviews take, of all, of each unit and of each kind of document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewflow.queries.groups import Roster
from reviewflow.queries.rates import ninetieth
from reviewflow.queries.review_book import review_book
from reviewflow.queries.review_moments import Moment

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many working days reviews took: the one in the middle, and nine in ten."""

    count: int
    net_median: str | None
    net_ninetieth: int | None
    total_median: str | None
    total_ninetieth: int | None


@dataclass(frozen=True, slots=True)
class Row(Generic[Key]):
    """One unit or kind of document: its key, its name, how long its reviews took."""

    key: Key
    label: str
    spread: Spread
    comparison: str
    """How it compares with all: in words, as there is no better or worse."""


def spread_of(moments: Iterable[Moment]) -> Spread:
    """Return how long the finished ones among them took."""
    done = [moment for moment in moments if moment.net_working_days is not None]
    net = [moment.net_working_days or 0 for moment in done]
    total = [moment.total_working_days or 0 for moment in done]
    return Spread(
        len(done), median(net), ninetieth(net), median(total), ninetieth(total)
    )


def median(values: list[int]) -> str | None:
    """Return the value in the middle, between the two middle ones if it is even."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    twice = ordered[half] + ordered[~half]
    return f"{twice // 2}.5" if twice % 2 else str(twice // 2)


def unit_rows(moments: Sequence[Moment], roster: Roster) -> list[Row[int]]:
    """Return a row for each unit whose reviews count, in official order."""
    found: dict[int, list[Moment]] = {}
    for moment in moments:
        if "reviews" in moment.names:
            found.setdefault(moment.unit_id, []).append(moment)
    makers = roster.makers
    order = sorted(found, key=lambda i: (makers[i].position, i))
    return _rows({i: makers[i].name for i in order}, found, moments)


def kind_rows(moments: Sequence[Moment], roster: Roster) -> list[Row[str]]:
    """Return a row for each kind of document whose reviews count."""
    found: dict[str, list[Moment]] = {}
    for moment in moments:
        if "reviews" in moment.names:
            found.setdefault(moment.kind_code, []).append(moment)
    known = list(roster.kinds)
    last = len(known)
    order = sorted(found, key=lambda c: (known.index(c) if c in known else last, c))
    return _rows({c: roster.kinds.get(c, c) for c in order}, found, moments)


def _rows(
    labels: Mapping[Key, str],
    found: Mapping[Key, Sequence[Moment]],
    moments: Sequence[Moment],
) -> list[Row[Key]]:
    every, rows = spread_of(moments), []
    for key, label in labels.items():
        spread = spread_of(found[key])
        rows.append(Row(key, label, spread, _comparison(spread, every)))
    return rows


def _comparison(spread: Spread, every: Spread) -> str:
    """Return how a spread compares with all, unless it is of too few."""
    words = review_book()
    if spread.net_median is None or every.net_median is None:
        return ""
    if words.is_few(spread.count):
        return words.few
    own, whole = float(spread.net_median), float(every.net_median)
    name = "same" if own == whole else "quicker" if own < whole else "slower"
    return words.comparisons[name]
