"""Which counts a duty to file belongs to on a given day."""

from datetime import date
from functools import cache
from typing import NamedTuple

from reviewflow.model.filing import Chain, ObligationStatus, Standing
from reviewflow.queries.rates import Names

BACKFILLED = "backfilled"
"""The count of what was entered afterwards, beside the others."""
STATUS: dict[ObligationStatus, Names] = {
    ObligationStatus.EXEMPT: ("exempt",),
    ObligationStatus.NOT_DUE: ("all", "not_due", "not_filed"),
    ObligationStatus.ON_TIME: ("all", "due", "filed", "on_time"),
    ObligationStatus.LATE: ("all", "due", "filed", "late", "not_on_time"),
    ObligationStatus.LATE_UNREGISTERED: (
        *("all", "due", "not_filed", "unfiled", "not_on_time"),
        "late_unregistered",
    ),
    ObligationStatus.OVERDUE_UNFILED: (
        *("all", "due", "not_filed", "unfiled", "not_on_time"),
        "overdue_unfiled",
    ),
}


class FilingFact(NamedTuple):
    """One duty to file, as far as figures need it."""

    id: int
    maker_id: int
    kind_code: str
    chain: Chain
    counted_on: date
    """The day of publication."""
    limit_id: str
    standing: Standing
    is_backfilled: bool = False
    """Its history was entered afterwards, from a ledger (补录)."""

    def names(self, day: date) -> Names:
        """Return the counts it belongs to at the end of a day."""
        names = filing_names(self.standing, day)
        return _backfilled(names) if self.is_backfilled else names


def filing_names(standing: Standing, day: date) -> Names:
    """Return the counts a duty belongs to at the end of a day.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    status = standing.status(day)
    if status is ObligationStatus.EXEMPT:
        return STATUS[status]
    is_filed = "filed" in STATUS[status]
    if not standing.is_decided(day):
        backlog = "filed_unregistered" if is_filed else ""
        return _names(status, "undecided" if standing.filed_on(day) else "", backlog)
    first_go = standing.is_conforming(day)
    registered = first_go or standing.is_conforming(day, after_correction=True)
    outcome = "registered" if registered else "unregistered"
    return _names(
        status,
        "decided",
        "conforming" if first_go else "nonconforming",
        outcome,
        f"filed_{outcome}" if is_filed else "",
    )


@cache
def _backfilled(names: Names) -> Names:
    return (*names, BACKFILLED) if "all" in names else names


@cache
def _names(status: ObligationStatus, *more: str) -> Names:
    return STATUS[status] + tuple(name for name in more if name)
