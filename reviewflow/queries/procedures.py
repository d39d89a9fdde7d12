"""Consultations and verdicts on competition as the figures need them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import TaskAnswers
from reviewflow.model.consultation import Comment, CommentGroup, Consultation, Sender
from reviewflow.model.opinion import Adoption
from reviewflow.queries.procedure_counts import (
    TOLD_ADOPTED,
    TOLD_REFUSED,
    Asked,
    Remark,
    Verdict,
)
from reviewflow.queries.question import Question
from reviewflow.work import Work

JUDGED = ("state_no_business", "conclude_competition", "review_competition")
VERDICT = "competition_verdict"

Came = Sequence[tuple[date, Sender]]


def consultations(work: Work, question: Question) -> Mapping[int, Sequence[Asked]]:
    """Return what each case asked the public by the day, oldest first.

    Whether each was closed by then is for the journal to say (`as_known`).
    """
    came, groups = _came(work, question), _groups(work)
    found: dict[int, list[Asked]] = defaultdict(list)
    select = (
        sa.select(Consultation)
        .where(Consultation.starts_on <= question.as_of)
        .order_by(Consultation.id)
    )
    for row in work.session.scalars(select):
        asked = _asked(row, came.get(row.id, ()), groups.get(row.id, ()))
        found[row.case_id].append(asked)
    return found


def verdicts(work: Work, question: Question) -> Mapping[int, Sequence[Verdict]]:
    """Return what was held of fair competition in each case, in that order."""
    select = (
        sa.select(TaskAnswers.case_id, TaskAnswers.at, TaskAnswers.answers)
        .where(
            TaskAnswers.step.in_(JUDGED),
            TaskAnswers.at < clock.end_of_day(question.as_of),
        )
        .order_by(TaskAnswers.id)
    )
    found: dict[int, list[Verdict]] = defaultdict(list)
    for case_id, at, answers in work.session.execute(select):
        verdict = Verdict(clock.beijing_date(at), str(answers.get(VERDICT) or ""))
        found[case_id].append(verdict)
    return found


def _asked(row: Consultation, came: Came, remarks: Sequence[Remark]) -> Asked:
    return Asked(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        due_on=row.due_on,
        closed_on=row.closed_on,
        has_reason=bool(row.shortened_reason.strip()),
        remarks=remarks if came else _only_counted(row),
        open_since=[on for on, sender in came if sender is not Sender.DEPARTMENT],
    )


def _only_counted(row: Consultation) -> Sequence[Remark]:
    """Return comments of which nothing but their number was told."""
    adopted, comments = row.adopted or 0, row.comments or 0
    refused = comments - adopted
    taken, not_taken = Remark("", TOLD_ADOPTED), Remark("", TOLD_REFUSED)
    return [taken] * adopted + [not_taken] * refused


def _remark(row: Any) -> Remark:
    words = f"第{row.number}组{'，' if row.clause else ''}{row.clause}"
    adoption = row.adoption or Adoption.NONE
    return Remark(words, adoption.value)


def _groups(work: Work) -> Mapping[int, Sequence[Remark]]:
    """Return comments as they were merged, but for those of departments alone."""
    public = sa.select(Comment.id).where(
        Comment.group_id == CommentGroup.id, Comment.sender != Sender.DEPARTMENT
    )
    rows = work.session.execute(
        sa.select(
            CommentGroup.consultation_id,
            CommentGroup.number,
            CommentGroup.clause,
            CommentGroup.adoption,
        )
        .where(public.exists())
        .order_by(CommentGroup.id)
    )
    found: dict[int, list[Remark]] = defaultdict(list)
    for row in rows:
        found[row.consultation_id].append(_remark(row))
    return found


def _came(work: Work, question: Question) -> Mapping[int, Came]:
    """Return when each comment came, and from whom, by consultation."""
    select = sa.select(
        Comment.consultation_id, Comment.received_on, Comment.sender
    ).where(Comment.received_on <= question.as_of)
    found: dict[int, list[tuple[date, Sender]]] = defaultdict(list)
    for consultation_id, received_on, sender in work.session.execute(select):
        found[consultation_id].append((received_on, sender))
    return found
