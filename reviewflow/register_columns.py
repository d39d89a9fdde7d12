"""Which registers there are, and what their columns are called: read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reviewflow.errors import Missing

Value = str | int | date | None
Told = dict[int, dict[str, Value]]
"""What each row says, by its id and by the ids of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and where it comes from."""

    id: str
    heading: str
    source: str
    is_usual: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A register (台账).

    Attributes:
        dated: By which day a period chooses.
        unit: What the units are by which it may be filtered.
        kind: The same of its kinds.
    """

    name: str
    title: str
    dated: str
    unit: str
    kind: str
    columns: tuple[Column, ...]

    @property
    def usual(self) -> tuple[str, ...]:
        """The columns that are shown if nobody chooses."""
        return tuple(column.id for column in self.columns if column.is_usual)

    def known(self, ids: tuple[str, ...]) -> tuple[Column, ...]:
        """Return the columns there are of those ids, in their order."""
        by_id = {column.id: column for column in self.columns}
        return tuple(by_id[one] for one in dict.fromkeys(ids) if one in by_id)


@cache
def registers() -> Mapping[str, Register]:
    """Return every register by its name."""
    return {name: _register(name, row) for name, row in _book()["registers"].items()}


def find_register(name: str) -> Register:
    """Return a register.

    Raises:
        Missing: There is none of that name.
    """
    if name not in registers():
        raise Missing
    return registers()[name]


def say(code: str) -> str:
    """Return how a register says a code."""
    return str(_book()["words"].get(code, code))


def say_whether(so: bool | None) -> str | None:  # noqa: FBT001 - the one thing said
    """Return how a register says that something is so; nothing if nobody knows."""
    return None if so is None else say("yes" if so else "no")


@cache
def _book() -> dict[str, Any]:
    path = Path(__file__).with_suffix(".yaml")
    found: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return found


def _register(name: str, row: Mapping[str, Any]) -> Register:
    columns = tuple(
        Column(one["id"], one["heading"], one["from"], bool(one.get("usual")))
        for one in row["columns"]
    )
    words = (row["title"], row["dated"], row["unit"], row["kind"])
    return Register(name, *words, columns)
