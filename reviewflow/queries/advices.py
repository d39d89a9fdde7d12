"""The page of what counsel were asked and hold, each only once all have answered."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from reviewflow.letters.advice_fields import letter_places
from reviewflow.model.advice import Advice, Manner
from reviewflow.model.case import TaskAnswers
from reviewflow.model.document import Document
from reviewflow.model.people import User
from reviewflow.queries.answers import Answered, answered_forms
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Commission:
    """One counsel who is asked now: who, how chosen, until when. Not what is held."""

    name: str
    manner: Manner
    because: str
    appointed_at: datetime
    due_on: date | None
    is_in: bool


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One opinion the actor may read, with its words and its paper."""

    advice: Advice
    answered: Answered
    document: Document | None
    letter: str
    """The name of its letter."""

    @property
    def is_released(self) -> bool:
        """Others read it too."""
        return self.advice.released_at is not None


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """All commissions of a case."""

    head: CaseHead
    commissions: list[Commission]
    received: int
    """How many of those who are asked now have answered."""
    rows: list[AdviceRow]
    recused: list[Advice]
    """Who has declared an interest."""


@dataclass(frozen=True, slots=True)
class AdviceNote:
    """What the overview of a case says of it."""

    asked: int
    received: int
    advices: list[Advice]


def advice_note(work: Work, case_id: int) -> AdviceNote:
    """Return how many are in now, and every opinion the actor may know of."""
    now = _commissions(work, case_id)
    seen = [row for row in _signed(work, case_id) if row.no_conflict]
    return AdviceNote(len(now), sum(one.is_in for one in now), seen)


def advice_page(work: Work, case_id: int) -> AdvicePage:
    """Return what counsel were asked on a case, and what may be read of it.

    Raises:
        Missing: There is no such case for the actor.
    """
    head = case_head(work, case_id)
    commissions = _commissions(work, case_id)
    seen = _signed(work, case_id)
    return AdvicePage(
        head=head,
        commissions=commissions,
        received=sum(one.is_in for one in commissions),
        rows=_rows(work, head, [row for row in seen if row.no_conflict]),
        recused=[row for row in seen if not row.no_conflict],
    )


def _signed(work: Work, case_id: int) -> list[Advice]:
    return list(
        work.session.scalars(
            sa.select(Advice)
            .where(Advice.case_id == case_id, Advice.signed_at.is_not(None))
            .order_by(Advice.id)
        )
    )


def _commissions(work: Work, case_id: int) -> list[Commission]:
    """Return who is asked now and how many are in; never what they hold."""
    with work.beyond_sight():
        rows = work.session.execute(
            sa.select(
                User.display_name,
                Advice.manner,
                Advice.because,
                Advice.appointed_at,
                Advice.due_on,
                Advice.signed_at.is_not(None),
            )
            .join(User, User.id == Advice.counsel_id)
            .where(
                Advice.case_id == case_id,
                Advice.released_at.is_(None),
                sa.or_(Advice.no_conflict.is_(None), Advice.no_conflict.is_(True)),
            )
            .order_by(Advice.id)
        ).all()
    return [Commission(*row) for row in rows]


def _rows(work: Work, head: CaseHead, advices: list[Advice]) -> list[AdviceRow]:
    answers = work.session.scalars(
        sa.select(TaskAnswers).where(
            TaskAnswers.task_id.in_([row.task_id for row in advices])
        )
    ).all()
    forms = answered_forms(work, head.case, answers)
    told = {row.task_id: form for row, form in zip(answers, forms, strict=True)}
    papers = {
        paper.id: paper
        for paper in work.session.scalars(
            sa.select(Document).where(
                Document.id.in_([row.document_id for row in advices])
            )
        )
    }
    places = letter_places(work, head.case) if advices else {}
    return [
        AdviceRow(
            advice=row,
            answered=told[row.task_id],
            document=papers.get(row.document_id or 0),
            letter=f"legal_advice-{places[row.id]}",
        )
        for row in advices
        if row.task_id in told
    ]
