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
from reviewflow.sight import VISIBLE
from reviewflow.work import Work

Named = tuple[FilingFact | FilingReviewFact, Names]


def moving_filings(work: Work, question: Question, law: Law) -> Iterator[Named]:
    """Give what stood otherwise on the day than is kept; in a trial, everything."""
    if question.is_trial:
        yield from named_filings(work, question, law)
        yield from named_reviews(work, question, law)
        return
    duty, day = FilingObligation, question.as_of
    yield from named_filings(work, question, law, duty.lasting_from > day)
    yield from named_reviews(work, question, law, duty.review_lasting_from > day)


def reader_of_kept(
    work: Work, question: Question, law: Law
) -> Callable[[], Iterable[Named]]:
    """Return what gives the others, for the same eyes, when their lists are wanted."""
    is_beyond_sight = work.session.info.get(VISIBLE) is None

    def read() -> list[Named]:
        with work.beyond_sight() if is_beyond_sight else nullcontext():
            return [
                *named_filings(work, question, law, lasts(question)),
                *named_reviews(work, question, law, review_lasts(question)),
            ]

    return read


def named_filings(
    work: Work, question: Question, law: Law, *only: sa.ColumnElement[bool]
) -> Iterator[Named]:
    """Give duties to file, each with the counts it belongs to."""
    for filing in filing_facts(work, question, law, *only):
        yield filing, filing.names(question.as_of)


def named_reviews(
    work: Work, question: Question, law: Law, *only: sa.ColumnElement[bool]
) -> Iterator[Named]:
    """Give registered filings, each with the counts its review belongs to."""
    for reviewed in filing_review_facts(work, question, law, *only):
        yield reviewed, reviewed.names
