"""Whether a target is reached: what a measure and an item have come to."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow.queries.definitions import book
from reviewflow.queries.item_book import Item, Measure, plan
from reviewflow.queries.item_counts import Counting
from reviewflow.queries.rates import quotient

WHOLE = 100


class State(enum.StrEnum):
    """Whether a target is reached."""

    REACHED = "REACHED"
    """已达到"""
    MISSED = "MISSED"
    """未达到"""
    NO_DATA = "NO_DATA"
    """没有数据"""
    NO_TARGET = "NO_TARGET"
    """仅供参考"""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, over everything, of a level or of a unit."""

    key: str
    label: str
    numerator: int
    denominator: int
    told: str = ""

    @property
    def value(self) -> str | None:
        """The share in percent, never rounded up to all; none of nothing."""
        return quotient(self.numerator, self.denominator)

    @property
    def percent(self) -> str:
        """The share as people read it."""
        return "—" if self.value is None else f"{self.value}%"


@dataclass(frozen=True, slots=True)
class Actual:
    """A measure, and what it has come to."""

    measure: Measure
    counting: Counting
    numerator: int
    denominator: int

    @property
    def is_count(self) -> bool:
        """It tells how many, not how many of how many."""
        definition = self.counting.definition
        is_bare = definition is not None and definition.is_count
        return self.measure.at_least is not None or is_bare

    @property
    def has_data(self) -> bool:
        """There is something to judge by; a dash is never a hundred percent."""
        if not self.counting.is_known:
            return False
        if self.is_count:
            return self.numerator > 0 or not self.measure.unrecorded
        return self.denominator > 0

    @property
    def state(self) -> State:
        """Whether the target is reached; by whole numbers, not by what is shown."""
        measure = self.measure
        if not self.has_data:
            return State.NO_DATA
        if not measure.has_target:
            return State.NO_TARGET
        if measure.at_least is not None:
            is_reached = self.numerator >= measure.at_least
        else:
            wanted = (measure.target or 0) * self.denominator
            is_reached = self.numerator * WHOLE >= wanted
        return State.REACHED if is_reached else State.MISSED

    @property
    def shown(self) -> str:
        """What it has come to, as people read it."""
        if not self.has_data:
            return "—"
        if self.is_count:
            return f"{self.numerator} {self.measure.unit}"
        return Share("", "", self.numerator, self.denominator).percent

    @property
    def value(self) -> str | None:
        """The share in percent; none of a count, and none without data."""
        return None if self.is_count else quotient(self.numerator, self.denominator)

    @property
    def reason(self) -> str:
        """Why there are no data; nothing if there are."""
        if self.has_data:
            return ""
        if self.measure.unrecorded:
            return self.measure.unrecorded
        definition, words = self.counting.definition, plan().words
        of = definition.denominator if definition else None
        return (
            words["empty"].format(count=book().counts[of]) if of else words["nothing"]
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it stands: reached if every target of it is."""

    item: Item
    actuals: Sequence[Actual]

    @property
    def state(self) -> State:
        """The worst of those with a target; without data it is never reached."""
        states = [one.state for one in self.actuals if one.measure.has_target]
        for state in (State.MISSED, State.NO_DATA):
            if state in states:
                return state
        return State.REACHED
