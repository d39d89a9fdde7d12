"""What figures are asked for: period, day, grouping, chain, and a changed limit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reviewflow.days import read_day
from reviewflow.errors import Invalid, Missing
from reviewflow.law.amendments import Amendment, Register, amended
from reviewflow.law.deadlines import LONGEST_PERIOD
from reviewflow.law.lawbook import Law
from reviewflow.law.limits import TimeLimit, Unit
from reviewflow.law.rows import Verified
from reviewflow.model.filing import Chain

LIMIT_FORM = re.compile(
    r"(?P<id>[A-Z]+-\d+[A-Z]?)=(?P<days>\d{1,4})个?(?P<unit>日|工作日)"
)
OTHER_UNIT = {
    Unit.CALENDAR_DAY: Unit.WORKING_DAY,
    Unit.WORKING_DAY: Unit.CALENDAR_DAY,
}
Choice = TypeVar("Choice", bound=StrEnum)


class Group(StrEnum):
    """By what figures are broken down."""

    LEVEL = "level"
    """层级"""
    AREA = "area"
    """区域"""
    UNIT = "unit"
    """制定机关"""
    KIND = "kind"
    """文件类别"""
    QUARTER = "quarter"
    """季度"""
    CHAIN = "chain"
    """报备系统"""


@dataclass(frozen=True, slots=True)
class ChangedLimit:
    """What if a limit had another length (试算)?"""

    limit_id: str
    days: int
    unit: Unit

    def __str__(self) -> str:
        """Write it as it is asked."""
        return f"{self.limit_id}={self.days}{self.unit}"

    def applied(self, law: Law) -> Law:
        """Return the law as it would be.

        Raises:
            Invalid: There is no such limit, or it cannot be counted like that.
        """
        try:
            return law.with_limit(self.limit_id, days=self.days, unit=self.unit)
        except (Invalid, Missing) as error:
            raise Invalid({"limit": error.message}) from error


@dataclass(frozen=True, slots=True)
class Question:
    """Figures of a period as of a day; an open end has no bound."""

    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    group: Group | None = None
    chain: Chain = Chain.GOV
    limit: ChangedLimit | None = None
    amendment: Amendment | None = None
    """A change of the law data that is thought of as made."""
    makers: frozenset[int] | None = None
    """Whose documents and matters count; everybody's if none are named."""

    def law_of(self, law: Law) -> Law:
        """Return the law by which the figures are to be computed.

        Raises:
            Invalid: There is no such limit, or it cannot be counted like that.
        """
        if self.amendment is not None:
            return amended(law, [self.amendment])
        return self.limit.applied(law) if self.limit else law

    def changes(self, limit_id: str) -> bool:
        """Due dates under that limit are computed anew and not read."""
        if self.amendment is not None:
            is_year = self.amendment.register is Register.YEAR
            return is_year or self.amendment.key == limit_id
        return self.limit is not None and self.limit.limit_id == limit_id

    @property
    def is_trial(self) -> bool:
        """It asks what would be under another law: what is kept does not answer it."""
        return self.limit is not None or self.amendment is not None

    @property
    def last_day(self) -> date:
        """The last day of the period of which something can be known."""
        return self.as_of if self.to_on is None else min(self.to_on, self.as_of)

    def covers(self, day: date) -> bool:
        """The day is in the period, and not later than what can be known."""
        return (self.from_on or day) <= day <= self.last_day

    def awaits(self, day: date) -> bool:
        """The day is in the period, be it still to come."""
        begins, ends = self.from_on or day, self.to_on or day
        return begins <= day <= ends


def read_question(raw: Mapping[str, str | None], today: date) -> Question:
    """Return what is asked for by `from to as_of group chain limit`.

    Raises:
        Invalid: One of them is not understood; a sentence for each.
    """
    errors: dict[str, str] = {}
    from_on = read_day(raw, "from", errors)
    to_on = read_day(raw, "to", errors)
    if from_on and to_on and to_on < from_on:
        errors["to"] = "截止日期早于起始日期，请核对。"
    question = Question(
        as_of=read_day(raw, "as_of", errors) or today,
        from_on=from_on,
        to_on=to_on,
        group=_choice(raw, "group", Group, errors),
        chain=_choice(raw, "chain", Chain, errors) or Chain.GOV,
        limit=_limit(raw, errors),
    )
    if errors:
        raise Invalid(errors)
    return question


def unverified_limits(law: Law, chain: Chain, on: date) -> list[tuple[str, str]]:
    """Return what can be tried: limits of filing nobody has verified, in other units.

    Returns:
        For each the question (`TL-13=15工作日`) and its words.
    """
    routes = [route for route in law.filing_routes if route.chain.value == chain.value]
    limits = [law.limit(i, on) for i in dict.fromkeys(r.limit for r in routes)]
    return [
        _other_unit(limit)
        for limit in limits
        if limit.verified is not Verified.YES and limit.unit in OTHER_UNIT
    ]


def _other_unit(limit: TimeLimit) -> tuple[str, str]:
    changed = ChangedLimit(limit.id, limit.days, OTHER_UNIT[limit.unit])
    now, then = length(limit.days, limit.unit), length(changed.days, changed.unit)
    return str(changed), f"{limit.title}：{now}改按{then}"


def length(days: int, unit: Unit) -> str:
    """Return a length of time in words."""
    return f"{days}个{unit}" if unit is Unit.WORKING_DAY else f"{days}{unit}"


def _choice(
    raw: Mapping[str, str | None],
    name: str,
    among: type[Choice],
    errors: dict[str, str],
) -> Choice | None:
    text = (raw.get(name) or "").strip()
    if not text:
        return None
    if text not in list(among):
        errors[name] = f"“{text}”不能识别，可选：{'、'.join(among)}。"
        return None
    return among(text)


def _limit(
    raw: Mapping[str, str | None], errors: dict[str, str]
) -> ChangedLimit | None:
    text = re.sub(r"\s", "", raw.get("limit") or "")
    if not text:
        return None
    found = LIMIT_FORM.fullmatch(text)
    if found is None or not 0 < int(found["days"]) <= LONGEST_PERIOD:
        errors["limit"] = f"“{text}”不能识别，请按 TL-13=15工作日 的形式填写。"
        return None
    return ChangedLimit(found["id"], int(found["days"]), Unit(found["unit"]))
