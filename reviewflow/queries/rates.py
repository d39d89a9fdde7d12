"""Sorting what is counted into named counts, and rates between two of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from reviewflow.queries.definitions import Definition, book

HUNDREDTH = Decimal("0.01")
WHOLE = 10_000
"""100 % in hundredths of a percent."""
KEPT_QUOTIENTS = 4096


class Counted(Protocol):
    """What is counted; two clocks of one case have one id."""

    @property
    def id(self) -> int:
        """Id of the filing obligation or of the case."""


Names = tuple[str, ...]
Fact = TypeVar("Fact", bound=Counted)


class Tally(Generic[Fact]):
    """How many belong to each count, and what, under the names of all counts of each.

    What belongs to the same counts is kept together, so that counting takes no time
    however much it is. Some is told by number alone; its lists are read when one is
    asked for.
    """

    def __init__(self, read_lists: Callable[[], None] | None = None) -> None:
        """Begin empty.

        Args:
            read_lists: Puts in what was told by number, here and in every tally that
                was filled with it; each of them forgets its numbers first.
        """
        self._parts: dict[Names, list[Fact]] = {}
        self._numbers: Counter[Names] = Counter()
        self._read_lists = read_lists

    def add(self, names: Names, fact: Fact) -> None:
        """Put a fact under all of these names."""
        self._parts.setdefault(names, []).append(fact)

    def add_number(self, names: Names, number: int) -> None:
        """Count so many more under all of these names."""
        self._numbers[names] += number

    def forget_numbers(self) -> None:
        """Leave out what was told by number: it is put in one by one now."""
        self._numbers.clear()

    @property
    def is_empty(self) -> bool:
        """Nothing was put in."""
        return not self._parts and not self._numbers

    def count(self, name: str | None) -> int:
        """Return how many belong to a count."""
        return sum(
            len(facts) for names, facts in self._parts.items() if name in names
        ) + sum(number for names, number in self._numbers.items() if name in names)

    def facts(self, name: str | None) -> list[Fact]:
        """Return what belongs to a count, in the order of its ids."""
        return sorted(self._of(name), key=lambda fact: fact.id)

    def ids_of_both(self, name: str | None, other: str) -> list[int]:
        """Return the ids of what belongs to two counts at once."""
        return sorted(fact.id for fact in self._of(name, other))

    def ids(self, name: str | None) -> list[int]:
        """Return the ids of what belongs to a count."""
        return sorted(fact.id for fact in self._of(name))

    def _of(self, *asked: str | None) -> list[Fact]:
        """Return what belongs to all of these counts; read it if only numbers are."""

        def belongs(names: Names) -> bool:
            return all(name in names for name in asked)

        if self._read_lists is not None and any(map(belongs, self._numbers)):
            self._read_lists()
        return [
            fact
            for names, facts in self._parts.items()
            if belongs(names)
            for fact in facts
        ]


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with the numbers it comes from."""

    definition: Definition
    numerator: int
    denominator: int
    missing: int
    waiting: int

    @property
    def value(self) -> str | None:
        """The rate in percent with two decimals; none if there is nothing to divide."""
        return quotient(self.numerator, self.denominator)

    @property
    def percent(self) -> str:
        """The rate as people read it; a dash if there is nothing to divide."""
        if self.definition.is_count:
            return f"{self.numerator} 件"
        return "—" if self.value is None else f"{self.value}%"

    @property
    def reason(self) -> str:
        """Why there is no rate; nothing if there is one."""
        of = self.definition.denominator
        if of is None or self.denominator:
            return ""
        return f"统计范围内没有“{book().counts[of]}”。"


def rate(definition: Definition, tally: Tally[Fact]) -> Rate:
    """Return a rate over what was tallied."""
    return Rate(
        definition,
        numerator=tally.count(definition.numerator),
        denominator=tally.count(definition.denominator),
        missing=tally.count(definition.missing),
        waiting=tally.count(definition.waiting),
    )


@lru_cache(KEPT_QUOTIENTS)
def quotient(numerator: int, denominator: int) -> str | None:
    """Return a share in percent, rounded half up to two decimals.

    What is not all is never shown as all: 99.996 % is `<100.00`. An empty
    denominator has no share.
    """
    if not denominator:
        return None
    hundredths = (2 * WHOLE * numerator + denominator) // (2 * denominator)
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return f"<{text}" if hundredths >= WHOLE and numerator < denominator else text


def mean(values: list[int]) -> str | None:
    """Return the average, rounded half up to two decimals; none of nothing."""
    if not values:
        return None
    average = Decimal(sum(values)) / len(values)
    return str(average.quantize(HUNDREDTH, ROUND_HALF_UP))


def ninetieth(values: list[int]) -> int | None:
    """Return the value that nine in ten do not exceed (nearest rank)."""
    if not values:
        return None
    rank = -(-len(values) * 9 // 10)
    return sorted(values)[rank - 1]
