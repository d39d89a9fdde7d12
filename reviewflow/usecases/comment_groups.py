"""Comments that say the same are grouped, by the system and then by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.comments import grouping
from reviewflow.comments.grouping import Placed, Remark, Tell
from reviewflow.errors import Invalid, Missing
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.job import Job
from reviewflow.usecases.consultations import running_consultation
from reviewflow.usecases.jobs import ask_for
from reviewflow.work import Work

Place = Callable[[Work], str]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What grouping did: comments compared, those placed, groups made for them."""

    compared: int
    comments: int
    new_groups: int


def comments_to_group(work: Work, case_id: int) -> Callable[[Tell], Place]:
    """Read the comments of a case, to be compared beside the others' work.

    Returns:
        What compares them, telling how many of how many are done, and returns
        what places them in another piece of work and says what was done;
        comments that came meanwhile are placed too.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
    """
    _, consultation = running_consultation(work, case_id)
    remarks = [_remark(comment) for comment in _comments(work, consultation)]

    def compare(tell: Tell) -> Place:
        placed = grouping.group(remarks, tell)
        return lambda work: _said(_place(work, case_id, remarks, placed))

    return compare


def ask_for_grouping(work: Work, case_id: int) -> Job:
    """Ask for the comments of a case to be grouped.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
    """
    running_consultation(work, case_id)
    return ask_for(work, "group_comments", f"case:{case_id}", case_id)


def group_comments(work: Work, case_id: int) -> Grouped:
    """Place every comment that has no group; what is placed or answered stays.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
    """
    return _place(work, case_id, [], [])


def _said(found: Grouped) -> str:
    return (
        f"已比对 {found.compared} 条意见，归类 {found.comments} 条，"
        f"新增 {found.new_groups} 组。"
    )


def _place(work: Work, case_id: int, compared: list[Remark], placed: Placed) -> Grouped:
    """Place comments as they were compared, or compare them again if they changed."""
    case, consultation = running_consultation(work, case_id)
    comments = _comments(work, consultation)
    remarks = [_remark(comment) for comment in comments]
    if remarks != compared:
        placed = grouping.group(remarks)

    by_id = {comment.id: comment for comment in comments}
    new = [keys for group_id, keys in placed if group_id is None]
    groups = _new_groups(work, consultation, [by_id[keys[0]] for keys in new])
    made = iter(groups)
    for group_id, keys in placed:
        home = next(made).id if group_id is None else group_id
        for key in keys:
            by_id[key].group_id = home

    count = sum(len(keys) for _, keys in placed)
    if count:
        journal.record(
            work,
            case,
            "consultation.comments_grouped",
            comments=count,
            groups=len(groups),
        )
    return Grouped(len(comments), count, len(groups))


def _comments(work: Work, consultation: Consultation) -> list[Comment]:
    of_it = Comment.consultation_id == consultation.id
    found = sa.select(Comment).where(of_it).order_by(Comment.number)
    return list(work.session.scalars(found))


def _remark(comment: Comment) -> Remark:
    return Remark(comment.id, comment.clause, comment.text, comment.group_id)


def move_comment(work: Work, case_id: int, comment_id: int, to: str) -> CommentGroup:
    """Put a comment into another group, or into a new one of its own.

    A group nothing is left in disappears with its answer.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        comment_id: The comment.
        to: The number of the other group; nothing for a group of its own.

    Raises:
        Missing: There is no such comment.
        Refused, Conflict: As `running_consultation`.
        Invalid: There is no such group.
    """
    case, consultation = running_consultation(work, case_id)
    comment = work.get(Comment, comment_id)
    if comment.consultation_id != consultation.id:
        raise Missing
    if to.strip():
        target = _numbered(work, consultation, to.strip())
    else:
        target = _new_groups(work, consultation, [comment])[0]

    left = comment.group_id
    comment.group_id = target.id
    work.session.flush()
    if left != target.id:
        _drop_if_empty(work, left)

    journal.record(
        work,
        case,
        "consultation.comment_moved",
        number=comment.number,
        group=target.number,
    )
    return target


def _new_groups(
    work: Work, consultation: Consultation, firsts: Sequence[Comment]
) -> list[CommentGroup]:
    highest = sa.select(sa.func.max(CommentGroup.number))
    of_this = CommentGroup.consultation_id == consultation.id
    number = work.session.scalar(highest.where(of_this)) or 0
    groups = [
        CommentGroup(
            case_id=consultation.case_id,
            consultation_id=consultation.id,
            number=number + place,
            clause=first.clause,
            text=first.text,
            reason="",
        )
        for place, first in enumerate(firsts, start=1)
    ]
    work.session.add_all(groups)
    work.session.flush()
    return groups


def _numbered(work: Work, consultation: Consultation, to: str) -> CommentGroup:
    group = None
    if to.isdecimal() and len(to) < len(str(2**31)):
        group = work.session.scalar(
            sa.select(CommentGroup).where(
                CommentGroup.consultation_id == consultation.id,
                CommentGroup.number == int(to),
            )
        )
    if group is None:
        raise Invalid({"to": "没有这一组，请填写“征求意见”页上的组号。"})
    return group


def _drop_if_empty(work: Work, group_id: int | None) -> None:
    """Remove a group nothing is left in; otherwise its words are the first one's."""
    if group_id is None:
        return
    first = work.session.scalar(
        sa.select(Comment)
        .where(Comment.group_id == group_id)
        .order_by(Comment.number)
        .limit(1)
    )
    group = work.get(CommentGroup, group_id)
    if first is None:
        work.session.delete(group)
    else:
        group.text, group.clause = first.text, first.clause
