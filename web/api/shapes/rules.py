"""How limits, their changes and the days of a year look."""

from datetime import date
from typing import Annotated

from pydantic import Field

from reviewflow.law.deadlines import LONGEST_PERIOD
from reviewflow.law.limits import Counting, Direction, TimeLimit, Unit
from reviewflow.law.rows import Verified
from reviewflow.model.law_change import LawChange
from reviewflow.queries.calendars import CalendarPage
from reviewflow.queries.law_changes import ChangePage
from reviewflow.queries.rules import RuleEntry, RulePage
from web.api.wire import Answer, Body, Day, Instant, Query, Text, Word

Length = Annotated[int, Field(ge=1, le=LONGEST_PERIOD)]


class Rule(Answer):
    """One row of the register of limits."""

    id: str
    title: str
    days: int
    unit: Unit
    direction: Direction
    counting: Counting
    applies: list[str]
    basis: str
    source: str
    place: str
    first_day: Day
    verified: Verified
    note: str
    local: bool
    at_least: int | None
    extension: int | None
    plan: int | None


class Change(Answer):
    """A change of a limit or of a year, and how far it is."""

    id: int
    sort: str
    key: str
    reason: str
    state: str
    proposed_by: str
    proposed_at: Instant
    approved_by: str | None
    approved_at: Instant | None


class Rules(Answer):
    """The limits in force, and the version of all law data."""

    version: str
    items: list[Rule]
    total: int
    next: str | None


class RuleHistory(Answer):
    """One limit with every row it has had, the newest first."""

    present: Rule
    rows: list[Rule]
    changes: list[Change]


class ChangedFigure(Answer):
    """An indicator of this year that a change would alter."""

    title: str
    before: str
    after: str


class MovedClock(Answer):
    """A clock that would end on another day."""

    number: str
    limit_id: str
    started_on: Day
    before: Day
    after: Day


class ChangeInFull(Change):
    """A change with what it would alter while it waits for approval."""

    moved: int | None
    clocks: list[MovedClock]
    figures: list[ChangedFigure] | None
    """Null where there are too many filings this year to try it."""


class NewRule(Body):
    """Another row of a limit; what is left out stays as it is today."""

    days: Length | None = None
    unit: Unit | None = Field(default=None, strict=False)
    every_year: Word = ""
    at_least: Length | None = None
    extension: Length | None = None
    plan: Length | None = None
    first_day: Day
    basis: Word
    source: Word
    place: Word
    verified: Verified = Field(strict=False)
    note: Text = ""
    reason: Text


class RuleQuery(Query):
    """Words to look for."""

    q: Word = ""


class OffDay(Answer):
    """A day that is not what its weekday says."""

    day: Day
    kind: str
    name: str


class WorkYear(Answer):
    """The working days of a year; without notices they are an estimate."""

    year: int
    working_days: int
    announced: bool
    notices: list[str]
    days: list[OffDay]


class NewYear(Body):
    """The text of a holiday notice."""

    title: Word
    address: Word
    text: Text
    reason: Text


def rule_shape(limit: TimeLimit) -> Rule:
    """Return one row."""
    return Rule.model_validate(limit)


def rules_shape(entries: list[RuleEntry], version: str) -> Rules:
    """Return the limits in force."""
    items = [rule_shape(entry.limit) for entry in entries]
    return Rules(version=version, items=items, total=len(items), next=None)


def rule_history_shape(page: RulePage) -> RuleHistory:
    """Return one limit."""
    return RuleHistory(
        present=rule_shape(page.entry.limit),
        rows=[rule_shape(row) for row in page.rows],
        changes=[change_shape(change) for change in page.changes],
    )


def change_shape(change: LawChange) -> Change:
    """Return one change."""
    return Change(
        id=change.id,
        sort=change.register,
        key=change.key,
        reason=change.reason,
        state=_state(change),
        proposed_by=change.proposed_by.display_name,
        proposed_at=change.proposed_at,
        approved_by=change.approved_by.display_name if change.approved_by else None,
        approved_at=change.approved_at,
    )


def change_in_full(page: ChangePage) -> ChangeInFull:
    """Return one change with what it would alter."""
    found = page.consequences
    figures = found.figures if found else []
    return ChangeInFull(
        **change_shape(page.change).model_dump(),
        moved=found.count if found else None,
        clocks=[
            MovedClock(
                number=move.case.number,
                limit_id=move.row.limit_id,
                started_on=move.row.started_on,
                before=move.before,
                after=move.after,
            )
            for move in (found.moves if found else ())
        ],
        figures=None
        if figures is None
        else [ChangedFigure.model_validate(one) for one in figures],
    )


def year_shape(page: CalendarPage) -> WorkYear:
    """Return a year: the days that are not what their weekday says."""
    days = [
        OffDay(day=one.day, kind=one.kind.value, name=one.name)
        for month in page.months
        for week in month.weeks
        for one in week
        if one is not None and one.name
    ]
    return WorkYear(
        year=page.year,
        working_days=page.working_days,
        announced=bool(page.notices),
        notices=[notice.title for notice in page.notices],
        days=days,
    )


def typed(body: NewRule) -> dict[str, str]:
    """Return a row as a form has it."""
    sent = body.model_dump(exclude_none=True)
    return {name: _text(value) for name, value in sent.items()}


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", None) or str(value)


def _state(change: LawChange) -> str:
    if change.is_pending:
        return "PENDING"
    return "APPROVED" if change.serial else "DROPPED"
