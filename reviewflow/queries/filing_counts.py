"""Which counts a duty to file belongs to on a given day."""

from collections.abc import Mapping
from datetime import date
from itertools import product, starmap
from typing import NamedTuple

from reviewflow.model.filing import Chain
from reviewflow.model.standing import Handling, ObligationStatus, Outcome, Standing
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
HANDLING: Mapping[Handling, Names] = {
    Handling.NONE: (),
    Handling.AWAITED: ("undecided",),
    Handling.SENT_BACK: ("decided", "nonconforming", "unregistered"),
    Handling.AT_ONCE: ("decided", "conforming", "registered"),
    Handling.AFTERWARDS: ("decided", "nonconforming", "registered"),
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
        return with_backfilled(names) if self.is_backfilled else names


def filing_names(standing: Standing, day: date) -> Names:
    """Return the counts a duty belongs to at the end of a day."""
    return FILING_NAMES[standing.outcome(day)]


def with_backfilled(names: Names) -> Names:
    """Return the counts of what was entered afterwards."""
    return BACKFILLED_NAMES[names]


def _names(outcome: Outcome) -> Names:
    """Return the counts of an outcome, by the definitions in `indicators.yaml`."""
    names = STATUS[outcome.status]
    if outcome.status is ObligationStatus.EXEMPT:
        return names
    handled = HANDLING[outcome.handling]
    if "filed" not in names:
        return names + handled
    is_registered = "registered" in handled
    return (*names, *handled, "filed_" + ("" if is_registered else "un") + "registered")


FILING_NAMES: Mapping[Outcome, Names] = {
    outcome: _names(outcome)
    for outcome in starmap(Outcome, product(ObligationStatus, Handling))
}
BACKFILLED_NAMES: Mapping[Names, Names] = {
    names: (*names, BACKFILLED) if "all" in names else names
    for names in FILING_NAMES.values()
}
