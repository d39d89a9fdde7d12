"""What a document of the library counts for: run out, settled, assessed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reviewflow.queries.rates import Names

Value = str | int | date | None


class LibraryFact(NamedTuple):
    """The end of a validity or a post-assessment, with what the list shows."""

    id: int
    """Of the document of the library."""
    maker_id: int
    kind_code: str
    counted_on: date
    names: Names
    values: tuple[Value, ...]


class Validity(NamedTuple):
    """How long a document is valid, as it was known on a day.

    `extended` are (old last day, day of the extension), `until` is the last day
    after all of them; `handled_from` the day its end began to be dealt with.
    """

    id: int
    maker_id: int
    kind_code: str
    extended: Sequence[tuple[date, date]]
    until: date
    ended_on: date | None
    handled_from: date | None
    announced_on: date | None


def validity_facts(document: Validity, day: date) -> Iterator[LibraryFact]:
    """Give every last day of a document: over, and settled how; or near.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    for before, extended_on in document.extended:
        if before < day:
            yield _over(document, before, "validity.extended", extended_on)
    until, ended_on = document.until, document.ended_on
    if ended_on is not None and ended_on <= min(until, day):
        begun = document.handled_from
        if until < day and begun is not None and begun <= ended_on:
            yield _over(document, until, "validity.ended", ended_on)
        return
    if until < day:
        announced = document.announced_on
        how = "validity.announced" if announced else "validity.open"
        yield _over(document, until, how, announced)
    elif document.handled_from is not None:
        values = ("validity.ahead", None)
        yield _fact(document, until, ("expiring",), values)


def _over(
    document: Validity, until: date, how: str, settled_on: date | None
) -> LibraryFact:
    outcome = "expired_settled" if settled_on else "expired_unsettled"
    return _fact(document, until, ("expired", outcome), (how, settled_on))


def _fact(
    document: Validity, on: date, names: Names, values: tuple[Value, ...]
) -> LibraryFact:
    number, maker_id, kind_code = document[:3]
    return LibraryFact(number, maker_id, kind_code, on, names, values)
