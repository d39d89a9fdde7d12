"""Duties to file counted by the database: how many stand alike, in one statement.

Only those are counted here whose outcome stays as it is kept with the row; how the
others stood on the day follows from what was done about them, one by one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.standing import Outcome
from reviewflow.queries.filing_counts import FILING_NAMES, with_backfilled
from reviewflow.queries.filing_facts import CHAINS, wanted_filings
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Names
from reviewflow.work import Work

NOBODY = 0
"""Stands for the maker where shares are told apart by months."""
MONTH = 7
"""How much of a day in ISO form names its month."""


class FilingShare(NamedTuple):
    """So many duties to file, or registered filings, that are counted alike."""

    maker_id: int
    kind_code: str
    chain: Chain
    counted_on: date
    """The first day of the month of publication; any day where months do not count."""
    names: Names
    number: int


def filing_shares(work: Work, question: Question) -> Iterator[FilingShare]:
    """Give the duties of the period that stand as they are kept, by shares.

    Args:
        work: Actor, instant and transaction.
        question: Which period and chain, and as of which day; not a trial.
    """
    kept = (
        FilingObligation.lasting_status,
        FilingObligation.lasting_handling,
        FilingObligation.backfilled_on,
    )
    select = counted_alike(question, kept).where(lasts(question))
    for count, *place, status, handling, backfilled_on in work.session.execute(select):
        names = FILING_NAMES[Outcome(status, handling)]
        if backfilled_on is not None:
            names = with_backfilled(names)
        yield share(place, names, count)


def lasts(question: Question) -> sa.ColumnElement[bool]:
    """Say which duties stood on the day as is kept with them."""
    return FilingObligation.lasting_from <= question.as_of


def counted_alike(
    question: Question, kept: Sequence[sa.ColumnElement[Any] | Any]
) -> sa.Select[*tuple[Any, ...]]:
    """Count the duties asked for by where they are sorted and by what is kept.

    The columns are grouped in the order of an index that has them all.
    """
    place = _place(question)
    by = [column for column in place if column is not None]
    return (
        sa.select(
            sa.func.count(),
            *(sa.null() if column is None else column for column in place),
            *kept,
        )
        .select_from(FilingObligation)
        .where(*wanted_filings(question))
        .group_by(*by, *kept)
    )


def share(place: Sequence[Any], names: Names, count: int) -> FilingShare:
    """Return a share from the columns it was sorted by."""
    chain, maker_id, kind_code, month = place
    day = date.min if month is None else date.fromisoformat(f"{month}-01")
    return FilingShare(
        NOBODY if maker_id is None else maker_id,
        kind_code,
        CHAINS[chain],
        day,
        names,
        count,
    )


def _place(question: Question) -> Sequence[Any]:
    """Return chain, maker, kind and month; none of what sorts nothing."""
    chain = sa.type_coerce(FilingObligation.chain, sa.Text)
    if question.group is not Group.QUARTER:
        return chain, FilingObligation.maker_id, FilingObligation.kind_code, None
    day = sa.cast(FilingObligation.published_on, sa.Text)
    return chain, None, FilingObligation.kind_code, sa.func.substr(day, 1, MONTH)
