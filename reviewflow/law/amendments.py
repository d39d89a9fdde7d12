"""Rows of law data that a place has decided on itself, beside those of the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from reviewflow.errors import Invalid
from reviewflow.law.lawbook import Law
from reviewflow.law.limits import Counting, TimeLimit, read_limit
from reviewflow.law.notices import YearNotice, notice_of
from reviewflow.law.rows import Row


class Register(StrEnum):
    """Which register of the law data a row belongs to."""

    LIMIT = "LIMIT"
    """时限规则"""
    YEAR = "YEAR"
    """放假安排"""


DAYS = frozenset({"first_day", "first", "last", "day"})
"""Fields that hold a date."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A row as a file would have it; dates are texts, as JSON keeps them."""

    register: Register
    key: str
    """The id of the limit, or the year."""
    fields: Mapping[str, Any]


def amended(law: Law, amendments: Iterable[Amendment]) -> Law:
    """Return the law with these rows too; later ones take the place of earlier.

    Raises:
        Invalid: A row is wrong; the sentence names it.
    """
    for one in amendments:
        if one.register is Register.YEAR:
            calendar = law.calendar.with_year(year_of(one))
            law = replace(law, calendar=calendar)
        else:
            law = replace(law, limits=_with(law.limits, limit_of(one)))
    return law


def limit_of(amendment: Amendment) -> TimeLimit:
    """Return the limit an amendment holds.

    Raises:
        Invalid: A field is wrong.
    """
    row = Row(_dated(amendment.fields), amendment.key, local=True)
    limit = read_limit(row)
    row.finish()
    return limit


def year_of(amendment: Amendment) -> YearNotice:
    """Return the year an amendment holds.

    Raises:
        Invalid: A field is wrong.
    """
    return notice_of(Row(_dated(amendment.fields), f"{amendment.key}年放假安排"))


def limit_fields(limit: TimeLimit) -> dict[str, Any]:
    """Return a limit as a row that `limit_of` reads."""
    fields: dict[str, Any] = {
        "id": limit.id,
        "title": limit.title,
        "direction": limit.direction.value,
        "counting": limit.counting.value,
        "applies": list(limit.applies),
        "basis": limit.basis,
        "source": limit.source,
        "place": limit.place,
        "first_day": limit.first_day.isoformat(),
        "verified": limit.verified.value,
        "note": limit.note,
        "hard": limit.hard,
        "rolls": limit.rolls,
    }
    if limit.counting is Counting.FIXED_DATE:
        fields["every_year"] = f"{limit.on_month:02}-{limit.on_day:02}"
    else:
        fields |= {"days": limit.days, "unit": limit.unit.value}
    longer = ("at_least", "extension", "plan")
    return fields | {
        name: getattr(limit, name) for name in longer if getattr(limit, name)
    }


def _with(limits: tuple[TimeLimit, ...], new: TimeLimit) -> tuple[TimeLimit, ...]:
    same = (new.id, new.first_day)
    kept = [
        one for one in limits if not (one.local and (one.id, one.first_day) == same)
    ]
    return (*kept, new)


def _dated(found: Any, field: str = "") -> Any:
    """Return fields with dates for the texts of dates."""
    if isinstance(found, Mapping):
        return {name: _dated(value, name) for name, value in found.items()}
    if isinstance(found, list):
        return [_dated(value) for value in found]
    if field not in DAYS or not isinstance(found, str):
        return found
    try:
        return date.fromisoformat(found)
    except ValueError as error:
        sentence = f"日期“{found}”不能识别，请按 2026-11-23 的形式填写。"
        raise Invalid({field: sentence}) from error
