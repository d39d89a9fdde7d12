"""Which of several rows with the same id is in force on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from reviewflow.errors import Invalid


class Dated(Protocol):
    """A row that holds from a day on; `local` rows come from a city's own folder."""

    @property
    def id(self) -> str:
        """The id that rows about the same thing share."""

    @property
    def first_day(self) -> date:
        """The first day on which the row holds."""

    @property
    def local(self) -> bool:
        """Whether the row comes from a city's own folder."""


Rule = TypeVar("Rule", bound=Dated)


def _rank(rule: Dated) -> tuple[bool, date]:
    return (rule.local, rule.first_day)


def in_force(rules: Iterable[Rule], on: date) -> list[Rule]:
    """Return one row for each id: a city's own before the common, then the latest."""
    found: dict[str, Rule] = {}
    for rule in sorted(rules, key=_rank):
        if rule.first_day <= on:
            found[rule.id] = rule
    return sorted(found.values(), key=lambda rule: rule.id)


def refuse_twins(rules: Iterable[Dated], file: str) -> None:
    """Refuse two rows of one folder with the same id and first day.

    Raises:
        Invalid: Nobody could say which of them is in force.
    """
    seen: set[tuple[str, bool, date]] = set()
    for rule in rules:
        key = (rule.id, rule.local, rule.first_day)
        if key in seen:
            where = f"{file} {rule.id}"
            sentence = f"{where}：有两行都自{rule.first_day}起施行，请只保留一行。"
            raise Invalid({where: sentence})
        seen.add(key)
