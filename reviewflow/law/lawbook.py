"""The law in use: one object for calendar, limits, points, routes and warnings."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from reviewflow import chinese
from reviewflow.errors import Invalid, Missing
from reviewflow.law.advice_duties import AdviceDuty, read_advice_duty
from reviewflow.law.calendar import Pause, WorkCalendar
from reviewflow.law.checkpoints import Checkpoint, read_checkpoint
from reviewflow.law.dated import Dated, in_force, refuse_twins
from reviewflow.law.deadlines import Deadline
from reviewflow.law.extensions import extended_deadline
from reviewflow.law.lamps import WarnRule, read_warn_rule
from reviewflow.law.limits import TimeLimit, Unit, read_limit
from reviewflow.law.notices import read_fixed, read_year
from reviewflow.law.quorums import Quorum, read_quorum
from reviewflow.law.routes import FilingRoute, read_route
from reviewflow.law.rows import PACKAGE_DATA, Row, read_rows

Rule = TypeVar("Rule", bound=Dated)


@dataclass(frozen=True)
class Law:
    """All law data; rows hold from their first day, a city's own before common ones."""

    calendar: WorkCalendar
    limits: tuple[TimeLimit, ...]
    grounds: tuple[Checkpoint, ...]
    filing_routes: tuple[FilingRoute, ...]
    warn_rules: tuple[WarnRule, ...]
    quorums: tuple[Quorum, ...]
    advice_duties: tuple[AdviceDuty, ...]

    @cached_property
    def version(self) -> str:
        """The digest of the data: what two figures must share to be comparable."""
        rows = (
            *(self.limits, self.grounds, self.filing_routes),
            *(self.warn_rules, self.quorums, self.advice_duties),
        )
        said = repr((rows, sorted(self.calendar.years.items()), self.calendar.fixed))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @cached_property
    def _limits_by_id(self) -> dict[str, list[TimeLimit]]:
        found: dict[str, list[TimeLimit]] = {}
        for limit in self.limits:
            found.setdefault(limit.id, []).append(limit)
        return found

    def limit(self, limit_id: str, on: date) -> TimeLimit:
        """Return the row of a limit that is in force on a day.

        Raises:
            Missing: There is no such limit, or it holds only from a later day.
        """
        rows = in_force(self._limits_by_id.get(limit_id, ()), on)
        if not rows:
            raise Missing(
                f"时限库中没有{chinese.day(on)}起适用的时限“{limit_id}”，请联系管理员。"
            )
        return rows[0]

    def knows(self, limit_id: str, on: date) -> bool:
        """A row of the limit is in force on a day; what is older asks nothing."""
        return bool(in_force(self._limits_by_id.get(limit_id, ()), on))

    def deadline(
        self,
        limit_id: str,
        start: date,
        pauses: Sequence[Pause] = (),
        extended_by: int = 0,
    ) -> Deadline:
        """Return when a limit that started on a day ends, by the row of that day.

        Args:
            limit_id: Row of the register of limits.
            start: Day of the event that starts the period.
            pauses: What does not count.
            extended_by: By how many of its units it was put off (延期).

        Raises:
            Missing: As for `limit`.
            Invalid: The limit cannot be paused, or the calendar does not reach.
        """
        limit = self.limit(limit_id, start)
        return extended_deadline(limit, start, self.calendar, pauses, extended_by)

    def planned(self, limit_id: str, event: date) -> Deadline:
        """Return what a limit makes of an event with the days kept in reserve.

        A row that plans with no other length than its own keeps none.

        Raises:
            Missing: As for `limit`.
        """
        limit = self.limit(limit_id, event)
        longer = replace(limit, days=limit.plan or limit.days)
        return longer.deadline(event, self.calendar)

    def quorum(self, quorum_id: str, on: date) -> Quorum:
        """Return the share that has to be present on a day.

        Raises:
            Missing: There is no such rule, or it holds only from a later day.
        """
        named = [rule for rule in self.quorums if rule.id == quorum_id]
        rows = in_force(named, on)
        if not rows:
            raise Missing(
                f"规则库中没有{chinese.day(on)}起适用的人数规则“{quorum_id}”。"
            )
        return rows[0]

    def advice_duty(self, code: str, level: str, on: date) -> AdviceDuty | None:
        """Return the rule by which counsel must be heard in such a matter, if any."""
        rows = in_force(self.advice_duties, on)
        return next((d for d in rows if code in d.codes and level in d.levels), None)

    def with_limit(self, limit_id: str, *, days: int, unit: Unit) -> "Law":
        """Return the law as it would be with another length of one limit.

        Raises:
            Missing: There is no such limit.
            Invalid: The limit is not one that can be counted like that.
        """
        rows = self._limits_by_id.get(limit_id)
        if not rows:
            raise Missing(f"时限库中没有时限“{limit_id}”，请联系管理员。")
        changed = tuple(replace(limit, days=days, unit=unit) for limit in rows)
        for limit in changed:
            if limit.nonsense():
                raise Invalid({"unit": f"“{limit.title}”：{limit.nonsense()}。"})
        others = tuple(limit for limit in self.limits if limit.id != limit_id)
        return replace(self, limits=others + changed)

    def checkpoints(self, on: date) -> list[Checkpoint]:
        """Return the review points in force on a day."""
        return in_force(self.grounds, on)

    def routes(self, key: str, on: date) -> list[FilingRoute]:
        """Return the filings a publication on that day gives rise to.

        Raises:
            Missing: The routing table does not know the key.
        """
        rows = [route for route in self.filing_routes if route.key == key]
        if not rows:
            raise Missing(f"备案途径表中没有“{key}”，请联系管理员。")
        return in_force(rows, on)

    def warn_rule(self, limit_id: str, on: date) -> WarnRule:
        """Return how deadlines of a limit warn: its own rule, else the general one.

        Raises:
            Missing: There is no general rule.
        """
        rules = in_force(self.warn_rules, on)
        rules.sort(key=lambda rule: limit_id not in rule.limits)
        for rule in rules:
            if limit_id in rule.limits or not rule.limits:
                return rule
        raise Missing("没有通用的预警规则，请联系管理员。")


def load_law(overlay: Path | None = None) -> Law:
    """Return the law data of the program, with a city's own rows added.

    Args:
        overlay: A folder laid out like `law/data`; each file may be left out.
            A year in its `calendar` takes the place of the program's own.

    Raises:
        Invalid: A file or a row is wrong; the sentence names both.
    """
    if overlay is not None and not overlay.is_dir():
        raise Invalid({"overlay": f"找不到本地规则文件夹“{overlay}”。"})
    folders = [PACKAGE_DATA, *([overlay] if overlay else [])]
    law = Law(
        calendar=_calendar(folders),
        limits=_rules(folders, "limits.yaml", read_limit),
        grounds=_rules(folders, "review_points.yaml", read_checkpoint),
        filing_routes=_rules(folders, "filing_routes.yaml", read_route),
        warn_rules=_rules(folders, "warn_rules.yaml", read_warn_rule),
        quorums=_rules(folders, "quorums.yaml", read_quorum),
        advice_duties=_rules(folders, "advice_duties.yaml", read_advice_duty),
    )
    _refuse_unknown_limits(law)
    return law


def _calendar(folders: list[Path]) -> WorkCalendar:
    years = {
        notice.year: notice
        for folder in folders
        for notice in map(read_year, sorted(folder.glob("calendar/*.yaml")))
    }
    fixed = [
        holiday
        for folder in folders
        for holiday in read_fixed(folder / "fixed_holidays.yaml")
    ]
    return WorkCalendar(years.values(), fixed)


def _rules(
    folders: list[Path], file: str, read: Callable[[Row], Rule]
) -> tuple[Rule, ...]:
    """Return what the rows of a file hold in each folder, every field of them used.

    Raises:
        Invalid: A row is wrong, or two of one folder hold from the same day.
    """
    rules = []
    for folder in folders:
        for row in read_rows(folder / file):
            rules.append(read(row))
            row.finish()
    refuse_twins(rules, file)
    return tuple(rules)


def _refuse_unknown_limits(law: Law) -> None:
    known = {limit.id for limit in law.limits}
    for route in law.filing_routes:
        if route.limit not in known:
            where = f"filing_routes.yaml {route.id}"
            raise Invalid({where: f"{where}：时限库中没有“{route.limit}”。"})
    for rule in law.warn_rules:
        for limit_id in set(rule.limits) - known:
            where = f"warn_rules.yaml {rule.id}"
            raise Invalid({where: f"{where}：时限库中没有“{limit_id}”。"})
