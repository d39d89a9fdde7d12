"""Duties to file as the figures need them, read with three statements."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from reviewflow.law.lawbook import Law
from reviewflow.model.filing import Chain, FilingObligation, Standing
from reviewflow.model.publication import Publication
from reviewflow.queries.filing_counts import FilingFact
from reviewflow.queries.filing_dates import Conditions, correction_dates, sent_dates
from reviewflow.queries.question import Group, Question
from reviewflow.work import Work

NONE: tuple[()] = ()
CHAINS = {chain.value: chain for chain in Chain}
"""Looked up here: making an enum member of every row takes longer than the rest."""


def filing_facts(work: Work, question: Question, law: Law) -> Iterator[FilingFact]:
    """Give the duties to file of the period that the actor may see.

    Args:
        work: Actor, instant and transaction.
        question: Which period and chain.
        law: By which due dates are computed where the question changes a limit.
    """
    wanted = wanted_filings(question)
    sent, corrections = sent_dates(work, wanted), correction_dates(work, wanted)
    due_under = _due_under(question, law)
    for row in work.session.execute(_duties(wanted)):
        number, maker, kind_code, chain, published_on, limit_id, due_on, *rest = row
        exempt_reason, registered_on, is_complete, backfilled_at = rest
        standing = Standing(
            due_under(limit_id, published_on) or due_on,
            bool(exempt_reason),
            sent.get(number, NONE),
            corrections.get(number, NONE),
            registered_on,
            is_complete,
        )
        yield FilingFact(
            *(number, maker, kind_code, CHAINS[chain], published_on, limit_id),
            standing,
            backfilled_at is not None,
        )


def wanted_filings(question: Question) -> Conditions:
    """Say which duties are asked for: what was published later is not known yet."""
    published_on = FilingObligation.published_on
    wanted = [published_on <= question.last_day]
    if question.from_on is not None:
        wanted.append(published_on >= question.from_on)
    if question.group is not Group.CHAIN:
        wanted.append(FilingObligation.chain == question.chain)
    return wanted


def _duties(wanted: Conditions) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            FilingObligation.id,
            FilingObligation.maker_id,
            Publication.kind_code,
            sa.type_coerce(FilingObligation.chain, sa.Text),
            FilingObligation.published_on,
            FilingObligation.limit_id,
            FilingObligation.due_on,
            FilingObligation.exempt_reason,
            FilingObligation.registered_on,
            FilingObligation.report_is_complete,
            Publication.backfilled_at,
        )
        .join(FilingObligation.publication)
        .where(*wanted)
    )


def _due_under(question: Question, law: Law) -> Callable[[str, date], date | None]:
    """Return what gives the due date under a changed limit, none where it stays."""

    @cache
    def due_under(limit_id: str, published_on: date) -> date | None:
        if not question.changes(limit_id):
            return None
        return law.deadline(limit_id, published_on).due_on

    return due_under
