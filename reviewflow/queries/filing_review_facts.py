"""Reviews of registered filings as the figures need them, in one statement."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from reviewflow.effects.filing_reviews import KIND, REVIEW_STEP
from reviewflow.law.lawbook import Law
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.model.reviewed import Reviewed
from reviewflow.queries.filing_facts import CHAINS, chosen_filings
from reviewflow.queries.filing_review_counts import (
    RECEIVED_HERE,
    REVIEW_NAMES,
    FilingReviewFact,
    state_of,
)
from reviewflow.queries.question import Question
from reviewflow.work import Work

NO_FACTS: dict[str, object] = {}


def filing_review_facts(
    work: Work, question: Question, law: Law, *only: sa.ColumnElement[bool]
) -> Iterator[FilingReviewFact]:
    """Give the registered filings of the period that the actor may see.

    A review that has not begun is due all the same, counted from the registration;
    but a ledger of the past does not tell of reviews, so nothing is known of those,
    and a receiver outside reviews what it registers where nobody here can see it.

    Args:
        work: Actor, instant and transaction.
        question: Which period and chain, and as of which day.
        law: By which due dates are computed.
        only: What else must hold of them.
    """
    kind = work.processes.latest(work.session, KIND).kind

    @cache
    def due(limit_id: str, day: date) -> date | None:
        is_asked = law.knows(limit_id, day)
        return law.deadline(limit_id, day).due_on if is_asked else None

    for row in work.session.execute(_registered(question, only)):
        if _is_untold(row):
            continue
        limit = row.limit_id or kind.limit_of(REVIEW_STEP, row.kind_code, NO_FACTS)
        is_kept = row.due_on is not None and not question.changes(limit)
        due_on = row.due_on if is_kept else due(limit, row.registered_on)
        if due_on is not None:  # what is older than the limit asks nothing
            yield _fact(row, due_on, question.as_of)


def _is_untold(row: Any) -> bool:
    """It was registered before its history was entered, and not reviewed since."""
    if row.backfilled_on is None or row.review_id is not None:
        return False
    return bool(row.registered_on < row.backfilled_on)


def _fact(row: Any, due_on: date, day: date) -> FilingReviewFact:
    reviewed = Reviewed(
        due_on=due_on,
        has_problem=row.verdict is FilingVerdict.PROBLEM,
        decided_on=row.decided_on,
        correct_by=row.correct_by,
        reported_on=row.reported_on,
        settled_on=row.settled_on,
    )
    outcome, decided_on = reviewed.outcome(day), reviewed.as_of(day).decided_on
    return FilingReviewFact(
        row.id,
        row.maker_id,
        row.kind_code,
        CHAINS[row.chain],
        row.published_on,
        REVIEW_NAMES[outcome],
        (row.registered_on, due_on, decided_on, state_of(outcome)),
    )


def _registered(
    question: Question, only: Sequence[sa.ColumnElement[bool]]
) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            FilingObligation.id,
            FilingObligation.maker_id,
            FilingObligation.kind_code,
            sa.type_coerce(FilingObligation.chain, sa.Text).label("chain"),
            FilingObligation.published_on,
            FilingObligation.registered_on,
            FilingObligation.backfilled_on,
            FilingReview.id.label("review_id"),
            FilingReview.limit_id,
            FilingReview.due_on,
            FilingReview.verdict,
            FilingReview.decided_on,
            FilingReview.correct_by,
            FilingReview.reported_on,
            FilingReview.settled_on,
        )
        .outerjoin(FilingReview, FilingReview.obligation_id == FilingObligation.id)
        .where(
            *chosen_filings(question, only),
            FilingObligation.exempt_reason == "",
            FilingObligation.registered_on <= question.as_of,
            sa.or_(FilingReview.id.is_not(None), RECEIVED_HERE),
        )
        .order_by(FilingObligation.id)
    )
