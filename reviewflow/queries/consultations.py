"""The page of a case's consultation: the period, the groups, the comments."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.comments.masking import mask_name
from reviewflow.consulted import (
    Tally,
    find_consultation,
    may_consult,
    sees_commenters,
    tally,
)
from reviewflow.errors import Missing
from reviewflow.model.case import Case
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.slices import Slice, Window
from reviewflow.work import Work

UNANSWERED = "NEW"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as the list shows it: what is said, by how many, and the answer."""

    group: CommentGroup
    comments: int


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """Everything the drafting unit needs to work off what the public said."""

    head: CaseHead
    consultation: Consultation | None
    tally: Tally
    rows: list[GroupRow]
    paging: Paging
    counts: dict[str, int]
    """Groups by answer; those without one under NEW."""
    can_work: bool
    is_open: bool
    """Comments are taken today."""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment, its sender's name as the actor may read it."""

    comment: Comment
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group, or what has none yet, with its comments."""

    head: CaseHead
    group: CommentGroup | None
    rows: list[CommentRow]
    paging: Paging
    can_work: bool


NOTHING = Tally(0, 0, 0, 0, 0)


def consultation_page(
    work: Work, case_id: int, answer: str = "", page: int = 1
) -> ConsultationPage:
    """Return the latest consultation of a case with a page of its groups.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        answer: Only groups with that adoption, or NEW for those without.
        page: Which page of them.

    Raises:
        Missing: There is no such case for the actor.
    """
    head = case_head(work, case_id)
    consultation = find_consultation(work, head.case)
    if consultation is None:
        nothing = paging(0, 1)
        return ConsultationPage(
            head, None, NOTHING, [], nothing, {}, can_work=False, is_open=False
        )
    counts = _counts(work, consultation)
    total = counts.get(answer, 0) if answer else sum(counts.values())
    cut = paging(total, page)
    return ConsultationPage(
        head=head,
        consultation=consultation,
        tally=tally(work, consultation),
        rows=list_groups(work, consultation, answer, cut.window),
        paging=cut,
        counts=counts,
        can_work=_can_work(work, head.case, consultation),
        is_open=consultation.takes_comments(work.today),
    )


def group_slice(
    work: Work, case_id: int, answer: str, window: Window
) -> Slice[GroupRow]:
    """Return a part of the groups of a case's latest consultation.

    Raises:
        Missing: There is no such case for the actor, or nobody was asked.
    """
    consultation = find_consultation(work, case_head(work, case_id).case)
    if consultation is None:
        raise Missing
    counts = _counts(work, consultation)
    total = counts.get(answer, 0) if answer else sum(counts.values())
    return Slice(list_groups(work, consultation, answer, window), total)


def list_groups(
    work: Work, consultation: Consultation, answer: str = "", cut: Window | None = None
) -> list[GroupRow]:
    """Return groups by provision, those said most first."""
    counted = (
        sa.select(Comment.group_id, sa.func.count(Comment.id).label("comments"))
        .where(Comment.consultation_id == consultation.id)
        .group_by(Comment.group_id)
        .subquery()
    )
    select = (
        sa.select(CommentGroup, counted.c.comments)
        .join(counted, counted.c.group_id == CommentGroup.id)
        .where(CommentGroup.consultation_id == consultation.id)
        .order_by(counted.c.comments.desc(), CommentGroup.number)
    )
    if answer:
        known = Adoption(answer) if answer in set(Adoption) else None
        select = select.where(CommentGroup.adoption.is_not_distinct_from(known))
    if cut is not None:
        select = select.offset(cut.offset).limit(cut.limit)
    return [GroupRow(group, number) for group, number in work.session.execute(select)]


def count_groups(work: Work, consultation: Consultation) -> int:
    """Return how many groups there are."""
    return sum(_counts(work, consultation).values())


def group_page(
    work: Work, case_id: int, group_id: int | None, page: int = 1
) -> GroupPage:
    """Return a group of a case with a page of its comments.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        group_id: The group; none for the comments that have no group yet.
        page: Which page of them.

    Raises:
        Missing: There is no such case or group for the actor.
    """
    head = case_head(work, case_id)
    consultation = find_consultation(work, head.case)
    if consultation is None:
        raise Missing
    group = None if group_id is None else work.get(CommentGroup, group_id)
    if group is not None and group.consultation_id != consultation.id:
        raise Missing
    chosen = (
        Comment.consultation_id == consultation.id,
        Comment.group_id.is_(None) if group is None else Comment.group_id == group.id,
    )
    total = work.session.scalar(sa.select(sa.func.count(Comment.id)).where(*chosen))
    cut = paging(total or 0, page)
    select = sa.select(Comment).where(*chosen).order_by(Comment.number)
    comments = work.session.scalars(
        select.offset(cut.first).limit(cut.end - cut.first)
    ).all()
    return GroupPage(
        head=head,
        group=group,
        rows=_rows(comments, is_seen=sees_commenters(work.actor, head.case)),
        paging=cut,
        can_work=_can_work(work, head.case, consultation),
    )


def _rows(comments: Sequence[Comment], *, is_seen: bool) -> list[CommentRow]:
    return [
        CommentRow(
            comment=comment,
            name=comment.name if is_seen else mask_name(comment.name),
            contact=comment.contact if is_seen else "",
        )
        for comment in comments
    ]


def _counts(work: Work, consultation: Consultation) -> dict[str, int]:
    counted = work.session.execute(
        sa.select(CommentGroup.adoption, sa.func.count(CommentGroup.id))
        .where(CommentGroup.consultation_id == consultation.id)
        .group_by(CommentGroup.adoption)
    )
    return {adoption or UNANSWERED: number for adoption, number in counted}


def _can_work(work: Work, case: Case, consultation: Consultation) -> bool:
    return (
        may_consult(work.actor, case)
        and consultation.closed_on is None
        and case.is_running
    )
