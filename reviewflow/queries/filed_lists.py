"""The list behind one number of filings, read without all the others."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow.law.lawbook import Law
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.queries.filed import Named, named_filings, named_reviews
from reviewflow.queries.filing_counts import BACKFILLED_NAMES, FILING_NAMES
from reviewflow.queries.filing_review_counts import REVIEW_NAMES
from reviewflow.queries.filing_shares import FilingShare
from reviewflow.queries.groups import Fact, Roster, heading_of
from reviewflow.queries.question import Question
from reviewflow.queries.rates import Names
from reviewflow.queries.tallies import PLACES, Tallies
from reviewflow.work import Work

Condition = sa.ColumnElement[bool]
OF_FILINGS = {name for names in BACKFILLED_NAMES.values() for name in names}
OF_REVIEWS = {name for names in REVIEW_NAMES.values() for name in names}


def counts_filings(count: str) -> bool:
    """What is counted are filings, or reviews of filings."""
    return count in OF_FILINGS or count in OF_REVIEWS


def filed_list(
    work: Work, question: Question, roster: Roster, count: str, key: str | None
) -> list[Fact]:
    """Return what belongs to a count of filings, in the order of its ids.

    Args:
        work: Actor, instant and transaction.
        question: The same that gave the number.
        roster: Who makes documents.
        count: Name of the count.
        key: Of the group; none for everything.
    """
    tallies = Tallies(question, roster, tuple)
    law = question.law_of(work.law)
    for fact, names in _candidates(
        work, question, law, count, _of(question, roster, key)
    ):
        if count in names:
            tallies.add(fact, names)
    if key is None:
        return tallies.total.facts(count)
    found = (tally for place, tally in tallies.groups.items() if place.key == key)
    return [fact for tally in found for fact in tally.facts(count)]


def _candidates(
    work: Work, question: Question, law: Law, count: str, where: list[Condition]
) -> Iterator[Named]:
    """Give what may belong to the count: what is kept so, and what moves."""
    duty, day = FilingObligation, question.as_of
    if count in OF_FILINGS:
        kept = _kept_as(
            count, FILING_NAMES, (duty.lasting_status, duty.lasting_handling)
        )
        may_be = sa.or_(duty.lasting_from > day, kept)
        only = where if question.is_trial else [*where, may_be]
        yield from named_filings(work, question, law, *only)
        return
    kept = _kept_as(count, REVIEW_NAMES, (duty.review_pace, duty.review_result))
    may_be = sa.or_(duty.review_pace.is_(None), duty.review_lasting_from > day, kept)
    only = where if question.is_trial else [*where, may_be]
    yield from named_reviews(work, question, law, *only)


def _kept_as(
    count: str, table: Mapping[Any, Names], columns: tuple[Any, Any]
) -> Condition:
    """Say which duties are kept with an outcome that belongs to the count."""
    first, second = columns
    named = [outcome for outcome, names in table.items() if count in names]
    alike = (sa.and_(first == one, second == other) for one, other in named)
    # what no outcome names is asked of every row: what was entered afterwards
    return sa.or_(*alike) if named else sa.true()


def _of(question: Question, roster: Roster, key: str | None) -> list[Condition]:
    """Say whose filings are in a group of places; others are sorted afterwards."""
    if key is None or question.group not in PLACES or question.group is None:
        return []
    heading = heading_of(question.group, roster)

    def is_in(maker_id: int) -> bool:
        place = heading(FilingShare(maker_id, "", Chain.GOV, "", (), 0))
        return place is not None and place.key == key

    return [FilingObligation.maker_id.in_(sorted(filter(is_in, roster.makers)))]
