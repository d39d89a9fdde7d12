"""Duties to file counted by the database: how many stand alike, in one statement.

Only those are counted here whose outcome stays as it is kept with the row; how the
others stood on the day follows from what was done about them, one by one.
"""

from collections.abc import Iterator, Sequence
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
"""Stands for the maker where shares are told apart by quarters."""


class FilingShare(NamedTuple):
    """So many duties to file, or registered filings, that are counted alike."""

    maker_id: int
    kind_code: str
    chain: Chain
    quarter: str
    """Of the publication; empty where quarters do not count."""
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
    select = counted_alike(question, kept, lasts(question), more=0)
    for row in work.session.execute(select):
        number, _more, *place, status, handling, backfilled_on = row
        names = FILING_NAMES[Outcome(status, handling)]
        if backfilled_on is not None:
            names = with_backfilled(names)
        yield share(place, names, number)


def lasts(question: Question) -> sa.ColumnElement[bool]:
    """Say which duties stood on the day as is kept with them."""
    return FilingObligation.lasting_from <= question.as_of


def counted_alike(
    question: Question, kept: Sequence[Any], *where: sa.ColumnElement[bool], more: Any
) -> sa.Select[*tuple[Any, ...]]:
    """Count the duties asked for by where they are sorted and by what is kept.

    They are grouped in the order of an index that has all that is read. For quarters
    what was counted for each maker is put together afterwards: that is not much.

    Args:
        question: What is asked for.
        kept: What is kept with a duty.
        where: What else must hold.
        more: What is added up beside the number.

    Returns:
        Number, what was added up, chain, maker, kind, quarter, and what is kept.
    """
    chain = sa.type_coerce(FilingObligation.chain, sa.Text).label("chain")
    numbers = (sa.func.count().label("number"), sa.func.sum(more).label("more"))
    makers = (chain, FilingObligation.maker_id, FilingObligation.kind_code)
    wanted = (*wanted_filings(question), *where)
    if question.group is not Group.QUARTER:
        found = sa.select(*numbers, *makers, sa.literal(""), *kept)
        return found.where(*wanted).group_by(*makers, *kept)
    by = (*makers, *kept, FilingObligation.quarter)
    parts = sa.select(*numbers, *by).where(*wanted).group_by(*by).subquery()
    columns = [parts.c[column.key] for column in kept]
    place = (parts.c.chain, sa.literal(NOBODY), parts.c.kind_code, parts.c.quarter)
    added = (sa.func.sum(parts.c.number), sa.func.sum(parts.c.more))
    return sa.select(*added, *place, *columns).group_by(
        parts.c.chain, parts.c.kind_code, parts.c.quarter, *columns
    )


def share(place: Sequence[Any], names: Names, number: int) -> FilingShare:
    """Return a share from the columns it was sorted by."""
    chain, maker_id, kind_code, quarter = place
    return FilingShare(maker_id, kind_code, CHAINS[chain], quarter, names, number)
