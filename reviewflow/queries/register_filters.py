"""Which rows of a register are wanted: period, unit, kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.days import read_day
from reviewflow.errors import Invalid
from reviewflow.work import LARGEST_ID


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What is wanted; what is not named is not asked for."""

    from_on: date | None = None
    to_on: date | None = None
    unit_id: int | None = None
    kind: str = ""

    def days(self, day: Any) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on a column of days."""
        wanted = [day >= self.from_on] if self.from_on else []
        return wanted + ([day <= self.to_on] if self.to_on else [])

    def instants(self, instant: Any) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on a column of instants."""
        wanted: list[sa.ColumnElement[bool]] = []
        if self.from_on:
            wanted.append(instant >= clock.beijing_instant(self.from_on))
        if self.to_on:
            wanted.append(instant < clock.end_of_day(self.to_on))
        return wanted

    def of(self, unit_id: Any, kind_code: Any) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on the columns of unit and kind."""
        wanted = [unit_id == self.unit_id] if self.unit_id is not None else []
        return wanted + ([kind_code == self.kind] if self.kind else [])


def read_filter(raw: Mapping[str, str]) -> RegisterFilter:
    """Return what is asked for by `from to unit kind`.

    Raises:
        Invalid: One of them is not understood; a sentence for each.
    """
    errors: dict[str, str] = {}
    from_on, to_on = read_day(raw, "from", errors), read_day(raw, "to", errors)
    if from_on and to_on and to_on < from_on:
        errors["to"] = "截止日期早于起始日期，请核对。"
    unit = (raw.get("unit") or "").strip()
    is_number = unit.isascii() and unit.isdigit() and int(unit) <= LARGEST_ID
    if unit and not is_number:
        errors["unit"] = "没有这个单位，请从列表中选择。"
    if errors:
        raise Invalid(errors)
    kind = (raw.get("kind") or "").strip()
    return RegisterFilter(from_on, to_on, int(unit) if unit else None, kind)
