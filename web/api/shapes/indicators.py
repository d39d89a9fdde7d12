"""How indicators look, and how they are asked for."""

from pydantic import Field

from reviewflow.model.filing import Chain
from reviewflow.queries.question import Group
from web.api.wire import Answer, Day, Query, Word


class IndicatorQuery(Query):
    """Period, as-of day, grouping, chain, and what if a limit were another."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    as_of: Day | None = None
    group: Group | None = None
    chain: Chain | None = None
    limit: Word = ""


class Rate(Answer):
    """One rate, with the lists behind it."""

    id: str
    title: str
    numerator: int
    denominator: int
    value: str | None
    reason: str
    numerator_ids: list[int]
    denominator_ids: list[int]
    not_due: int | None
    not_due_ids: list[int]
    backfilled_ids: list[int]
    ids_of: str
    rule_version: str
    definition: str
    source: str


class Indicator(Rate):
    """A rate with its alternatives."""

    alternatives: list[Rate]
    average_working_days: str | None = None
    p90_working_days: int | None = None


class Figures(Answer):
    """The counts and rates of one group."""

    key: str
    label: str
    note: str
    counts: dict[str, int]
    indicators: list[Indicator]


class Indicators(Answer):
    """The counts and rates of a period as of a day."""

    from_: Day | None = Field(alias="from")
    to: Day | None
    as_of: Day
    chain: Chain
    group: Group | None
    limit: str | None
    rule_version: str
    scope: str
    counts: dict[str, int]
    indicators: list[Indicator]
    groups: list[Figures]
