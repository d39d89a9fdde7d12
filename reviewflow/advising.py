"""The commissions of a case: who is asked for advice, who has given it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow.model.advice import Advice, Verdict
from reviewflow.model.case import Case, Task
from reviewflow.model.counsel import Counsel
from reviewflow.model.document import Document
from reviewflow.work import Work

ROLE = "legal_advice"
"""The item of the dossier that holds a counsel's paper."""


def under_way(work: Work, case: Case) -> list[Advice]:
    """Return the commissions that are not released; without those with an interest."""
    return list(
        work.session.scalars(
            sa.select(Advice)
            .where(
                Advice.case_id == case.id,
                Advice.released_at.is_(None),
                sa.or_(Advice.no_conflict.is_(None), Advice.no_conflict.is_(True)),
            )
            .order_by(Advice.id)
        )
    )


def not_asked_yet(work: Work, case: Case) -> list[Advice]:
    """Return the commissions that have no task so far."""
    return [row for row in under_way(work, case) if row.task_id is None]


def find_advice(work: Work, task: Task) -> Advice | None:
    """Return the commission a task belongs to, if it belongs to one."""
    return work.session.scalar(sa.select(Advice).where(Advice.task_id == task.id))


def own_advice(work: Work, case: Case) -> Advice | None:
    """Return the commission under way of who acts."""
    rows = under_way(work, case)
    return next((row for row in rows if row.counsel_id == work.actor.id), None)


def has_advice(work: Work, case: Case) -> bool:
    """Counsel has advised on the case, now or in an earlier round."""
    released = sa.select(Advice.id).where(
        Advice.case_id == case.id, Advice.released_at.is_not(None)
    )
    return work.session.scalar(released.limit(1)) is not None


def to_be_weighed(work: Work, case: Case) -> list[Advice]:
    """Return the opinions that are in and of which nothing has become yet."""
    return list(
        work.session.scalars(
            sa.select(Advice)
            .where(
                Advice.case_id == case.id,
                Advice.released_at.is_not(None),
                Advice.adoption.is_(None),
            )
            .order_by(Advice.id)
        )
    )


def sign(work: Work, advice: Advice, answers: Mapping[str, Any], text: str) -> None:
    """Note that a counsel has signed: the statement, the verdict, the digest."""
    advice.no_conflict = answers.get("no_conflict") is True
    advice.signed_at = work.now
    if advice.no_conflict:
        verdict = answers.get("verdict")
        advice.verdict = Verdict(verdict) if verdict else None
    advice.digest = hashlib.sha256(text.encode()).hexdigest()


def paper_role(work: Work, advice: Advice) -> str:
    """Return the item of the dossier that is this counsel's alone."""
    if advice.document_id is not None:
        return work.session.get_one(Document, advice.document_id).role
    taken = work.session.scalar(
        sa.select(Document.id).where(
            Document.case_id == advice.case_id, Document.role == ROLE
        )
    )
    return ROLE if taken is None else f"{ROLE}_{advice.id}"


def out_of_term(work: Work) -> frozenset[int]:
    """Return the users whose term as counsel does not run today."""
    rows = work.session.scalars(sa.select(Counsel))
    return frozenset(row.user_id for row in rows if not row.in_term(work.today))
