"""Which counts a registered filing belongs to by how its review went."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reviewflow.model.filing import Chain
from reviewflow.queries.rates import Names

Value = str | int | date | None


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


class Reviewed(NamedTuple):
    """A registered filing: by when it is reviewed, and what came of it when."""

    registered_on: date
    due_on: date
    has_problem: bool
    decided_on: date | None
    correct_by: date | None
    reported_on: date | None
    settled_on: date | None

    def as_of(self, day: date) -> "Reviewed":
        """Return it as it was known at the end of a day."""
        return self._replace(
            decided_on=_known(self.decided_on, day),
            reported_on=_known(self.reported_on, day),
            settled_on=_known(self.settled_on, day),
        )


def review_names(row: Reviewed, day: date) -> Names:
    """Return the counts a registered filing belongs to at the end of a day.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    known = row.as_of(day)
    names = list(_in_time(known, day))
    if known.decided_on is not None:
        names += ["filings_judged", "faulted" if row.has_problem else "faultless"]
        if row.has_problem:
            names += _mended(known, day)
    return tuple(names)


def state_of(row: Reviewed, day: date) -> str:
    """Return where the review stands at the end of a day, as a key of the wording."""
    known = row.as_of(day)
    if known.decided_on is None:
        return "late" if known.due_on < day else "running"
    if not row.has_problem:
        return "faultless"
    return "mended" if known.settled_on is not None else "unmended"


def _in_time(known: Reviewed, day: date) -> Iterator[str]:
    if known.decided_on is None and day <= known.due_on:
        yield "filing_reviews_running"
        return
    yield "filing_reviews"
    is_timely = known.decided_on is not None and known.decided_on <= known.due_on
    yield "filing_reviews_in_time" if is_timely else "filing_reviews_late"


def _mended(known: Reviewed, day: date) -> Iterator[str]:
    """Give what became of an objection, once its time is over or it is mended."""
    is_mended = known.settled_on is not None
    if not is_mended and (known.correct_by is None or day <= known.correct_by):
        yield "mending"
        return
    yield "to_mend"
    yield "mended" if is_mended else "unmended"
    in_time = (
        is_mended
        and known.correct_by is not None
        and known.reported_on is not None
        and known.reported_on <= known.correct_by
    )
    yield "mended_in_time" if in_time else "mended_late"


def _known(on: date | None, day: date) -> date | None:
    return None if on is None or on > day else on
