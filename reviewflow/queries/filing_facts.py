"""Duties to file as the figures need them, one by one, with three statements."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from reviewflow.law.lawbook import Law
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.standing import Standing
from reviewflow.queries.filing_counts import FilingFact
from reviewflow.queries.filing_dates import Conditions, correction_dates, sent_dates
from reviewflow.queries.question import Group, Question
from reviewflow.work import Work

NONE: tuple[()] = ()
CHAINS = {chain.value: chain for chain in Chain}
"""Looked up here: making an enum member of every row takes longer than the rest."""


def filing_facts(
    work: Work, question: Question, law: Law, *only: sa.ColumnElement[bool]
) -> Iterator[FilingFact]:
    """Give the duties to file of the period that the actor may see.

    Args:
        work: Actor, instant and transaction.
        question: Which period and chain.
        law: By which due dates are computed where the question changes a limit.
        only: What else must hold of them.
    """
    wanted = chosen_filings(question, only)
    sent, corrections = sent_dates(work, wanted), correction_dates(work, wanted)
    due_under = _due_under(question, law)
    for row in work.session.execute(_duties(wanted)):
        number, maker, kind_code, chain, published_on, limit_id, due_on, *rest = row
        exempt_reason, registered_on, is_complete, backfilled_on = rest
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
            backfilled_on is not None,
        )


def wanted_filings(question: Question) -> list[sa.ColumnElement[bool]]:
    """Say which duties are asked for: what was published later is not known yet."""
    published_on = FilingObligation.published_on
    wanted = [published_on <= question.last_day]
    if question.from_on is not None:
        wanted.append(published_on >= question.from_on)
    chains = Chain if question.group is Group.CHAIN else [question.chain]
    wanted.append(FilingObligation.chain.in_(chains))  # which leads into the indexes
    if question.makers is not None:
        wanted.append(FilingObligation.maker_id.in_(sorted(question.makers)))
    return wanted


def chosen_filings(
    question: Question, only: Sequence[sa.ColumnElement[bool]]
) -> Conditions:
    """Say the same by ids where few are wanted: they are found in an index alone."""
    wanted = wanted_filings(question)
    if not only:
        return wanted
    ids = sa.select(FilingObligation.id).where(*wanted, *only)
    return [FilingObligation.id.in_(ids)]


def _duties(wanted: Conditions) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        FilingObligation.id,
        FilingObligation.maker_id,
        FilingObligation.kind_code,
        sa.type_coerce(FilingObligation.chain, sa.Text),
        FilingObligation.published_on,
        FilingObligation.limit_id,
        FilingObligation.due_on,
        FilingObligation.exempt_reason,
        FilingObligation.registered_on,
        FilingObligation.report_is_complete,
        FilingObligation.backfilled_on,
    ).where(*wanted)


def _due_under(question: Question, law: Law) -> Callable[[str, date], date | None]:
    """Return what gives the due date under a changed limit, none where it stays."""

    @cache
    def due_under(limit_id: str, published_on: date) -> date | None:
        if not question.changes(limit_id):
            return None
        return law.deadline(limit_id, published_on).due_on

    return due_under
