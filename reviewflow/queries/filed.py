"""Filings and their reviews one by one: those that move, and those as they are kept."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext

import sqlalchemy as sa

from reviewflow.law.lawbook import Law
from reviewflow.model.filing import FilingObligation
from reviewflow.queries.filing_counts import FilingFact
from reviewflow.queries.filing_facts import filing_facts
from reviewflow.queries.filing_review_counts import FilingReviewFact
from reviewflow.queries.filing_review_facts import filing_review_facts
from reviewflow.queries.filing_review_shares import review_lasts
from reviewflow.queries.filing_shares import lasts
from reviewflow.queries.question import Question
from reviewflow.queries.rates import Names
from reviewflow.work import Work

Named = tuple[FilingFact | FilingReviewFact, Names]
Limits = tuple[sa.ColumnElement[bool], ...]
NONE: Limits = ()


def moving_filings(work: Work, question: Question, law: Law) -> Iterator[Named]:
    """Give what stood otherwise on the day than is kept; in a trial, everything."""
    if question.is_trial:
        yield from _named(work, question, law, NONE, NONE)
        return
    later = FilingObligation.lasting_from > question.as_of
    reviewed_later = FilingObligation.review_lasting_from > question.as_of
    yield from _named(work, question, law, (later,), (reviewed_later,))


def reader_of_kept(
    work: Work, question: Question, law: Law
) -> Callable[[], Iterable[Named]]:
    """Return what gives the others, for the same eyes, when their lists are wanted."""
    is_beyond_sight = work.sees_everything

    def read() -> Iterator[Named]:
        with work.beyond_sight() if is_beyond_sight else nullcontext():
            yield from _named(
                work, question, law, (lasts(question),), (review_lasts(question),)
            )

    return read


def _named(
    work: Work, question: Question, law: Law, filings: Limits, reviews: Limits
) -> Iterator[Named]:
    for filing in filing_facts(work, question, law, *filings):
        yield filing, filing.names(question.as_of)
    for reviewed in filing_review_facts(work, question, law, *reviews):
        yield reviewed, reviewed.names
