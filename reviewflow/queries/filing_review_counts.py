"""Which counts a registered filing belongs to by how its review went."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow.model.filing import OUTSIDE_FILING, Chain, FilingObligation
from reviewflow.model.reviewed import (
    Reviewed,
    ReviewOutcome,
    ReviewPace,
    ReviewResult,
)
from reviewflow.queries.rates import Names

Value = str | int | date | None

PACE: Mapping[ReviewPace, Names] = {
    ReviewPace.RUNNING: ("filing_reviews_running",),
    ReviewPace.IN_TIME: ("filing_reviews", "filing_reviews_in_time"),
    ReviewPace.LATE: ("filing_reviews", "filing_reviews_late"),
}
FAULTED = ("filings_judged", "faulted")
RESULT: Mapping[ReviewResult, Names] = {
    ReviewResult.NONE: (),
    ReviewResult.FAULTLESS: ("filings_judged", "faultless"),
    ReviewResult.MENDING: (*FAULTED, "mending"),
    ReviewResult.MENDED: (*FAULTED, "to_mend", "mended", "mended_in_time"),
    ReviewResult.MENDED_LATE: (*FAULTED, "to_mend", "mended", "mended_late"),
    ReviewResult.UNMENDED: (*FAULTED, "to_mend", "unmended", "mended_late"),
}
REVIEW_NAMES: Mapping[ReviewOutcome, Names] = {
    ReviewOutcome(pace, result): PACE[pace] + RESULT[result]
    for pace in ReviewPace
    for result in ReviewResult
}
"""The counts of each outcome, by the definitions in `indicators.yaml`."""
STATE: Mapping[ReviewResult, str] = {
    ReviewResult.FAULTLESS: "faultless",
    ReviewResult.MENDING: "unmended",
    ReviewResult.MENDED: "mended",
    ReviewResult.MENDED_LATE: "mended",
    ReviewResult.UNMENDED: "unmended",
}


_CASE = sa.table("case", sa.column("id"), sa.column("kind"))
RECEIVED_HERE = FilingObligation.case_id.not_in(
    sa.select(_CASE.c.id).where(_CASE.c.kind == OUTSIDE_FILING)
)
"""Its receiver works in this installation; what another registers it reviews itself.

The kinds of cases are looked up without regard to sight: what is counted is seen.
"""


class FilingReviewFact(NamedTuple):
    """A registered filing and its review, with what the list behind it shows."""

    id: int
    """Of the duty to file."""
    maker_id: int
    kind_code: str
    chain: Chain
    counted_on: date
    """The day of publication."""
    names: Names
    values: tuple[Value, ...]


def review_names(row: Reviewed, day: date) -> Names:
    """Return the counts a registered filing belongs to at the end of a day."""
    return REVIEW_NAMES[row.outcome(day)]


def state_of(outcome: ReviewOutcome) -> str:
    """Return where a review stands, as a key of the wording."""
    if outcome.result is ReviewResult.NONE:
        return "late" if outcome.pace is ReviewPace.LATE else "running"
    return STATE[outcome.result]
