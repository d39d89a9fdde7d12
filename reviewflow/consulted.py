"""What came of asking the public: the latest consultation, and how it adds up."""

from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.model.people import Role
from reviewflow.permissions import SYSTEM, Actor
from reviewflow.visibility import REVIEW_STAFF
from reviewflow.work import Work

TAKEN = (Adoption.FULL, Adoption.PARTIAL)
CLOSING = "close_consultation"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments there are, and how far they are answered."""

    comments: int
    ungrouped: int
    groups: int
    unanswered: int
    """Groups without an answer."""
    adopted: int
    """Comments in groups adopted in full or in part."""


def find_consultation(work: Work, case: Case) -> Consultation | None:
    """Return the latest consultation of a case, none if the public was not asked."""
    return work.session.scalar(
        sa.select(Consultation)
        .where(Consultation.case_id == case.id)
        .order_by(Consultation.id.desc())
        .limit(1)
    )


def shown_to_everybody() -> sa.ColumnElement[bool]:
    """Return what consultations with a public page have in common."""
    taken_back = sa.select(Case.id).where(Case.status == CaseStatus.WITHDRAWN)
    return Consultation.is_public & Consultation.case_id.not_in(taken_back)


def get_public(work: Work, consultation_id: int) -> Consultation:
    """Return a consultation that everybody may see.

    Raises:
        Missing: There is none.
    """
    row = work.get(Consultation, consultation_id)
    select = sa.select(Consultation.id).where(
        Consultation.id == row.id, shown_to_everybody()
    )
    if work.session.scalar(select) is None:
        raise Missing
    return row


def tally(work: Work, consultation: Consultation) -> Tally:
    """Return how the comments of a consultation add up."""
    of_comment = Comment.consultation_id == consultation.id
    comments, ungrouped = work.session.execute(
        sa.select(
            sa.func.count(Comment.id),
            sa.func.count(Comment.id).filter(Comment.group_id.is_(None)),
        ).where(of_comment)
    ).one()
    groups, unanswered = work.session.execute(
        sa.select(
            sa.func.count(CommentGroup.id),
            sa.func.count(CommentGroup.id).filter(CommentGroup.adoption.is_(None)),
        ).where(CommentGroup.consultation_id == consultation.id)
    ).one()
    adopted = work.session.scalar(
        sa.select(sa.func.count(Comment.id))
        .join(Comment.group)
        .where(of_comment, CommentGroup.adoption.in_(TAKEN))
    )
    return Tally(comments, ungrouped, groups, unanswered, adopted or 0)


def known_of_consultation(work: Work, task: Task) -> dict[str, object]:
    """Return the numbers `close_consultation` asks for, where comments are kept here.

    Nothing is known where none is kept: they may have come another way.
    """
    asked = find_consultation(work, task.case) if task.step == CLOSING else None
    counted = tally(work, asked) if asked is not None else None
    if counted is None or not counted.comments:
        return {}
    return {"comments": counted.comments, "adopted": counted.adopted}


def may_consult(actor: Actor, case: Case) -> bool:
    """The actor drafts in the unit that asked the public."""
    if actor is SYSTEM:
        return False
    return actor.id == case.drafter_id or actor.holds(Role.DRAFTER, case.unit_id)


def sees_commenters(actor: Actor, case: Case) -> bool:
    """The actor belongs to the unit that asked, or reviews: names are for these."""
    return case.unit_id in actor.unit_ids or bool(actor.roles & REVIEW_STAFF)
