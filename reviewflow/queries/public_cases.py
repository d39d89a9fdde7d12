"""How far a matter has come that the public was asked about, for everybody.

Names of steps and days, nothing else: neither people nor conclusions, and of the
meeting only what stands in the publication.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import clock, hearing_rows
from reviewflow.consulted import shown_to_everybody
from reviewflow.errors import Missing
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.consultation import Consultation
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.publication import Publication
from reviewflow.work import Work

ACCEPTED, SIGNED = "case.accepted", "opinion.signed"
RETURNED, ANEW = "case.returned", "case.round_begun"
TOLD = (ACCEPTED, SIGNED, RETURNED, ANEW)
DONE, NOW, AHEAD = "done", "now", "todo"


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the way: `done`, `now` or `todo`, and on which days."""

    name: str
    state: str
    began_on: date | None = None
    ended_on: date | None = None
    consultation_id: int | None = None
    hearing_id: int | None = None
    library_id: int | None = None


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A matter as everybody may follow it."""

    number: str
    title: str
    unit: str
    stages: list[Stage]
    ended_on: date | None
    """The day it ended without being published, if it did."""


def public_case(work: Work, number: str) -> PublicCase:
    """Return how far a matter has come.

    Args:
        work: The system itself asks.
        number: Of the case.

    Raises:
        Missing: There is none, or the public was not asked about it.
    """
    asked = work.session.scalars(
        sa.select(Consultation)
        .join(Consultation.case)
        .where(Case.number == number, shown_to_everybody())
        .order_by(Consultation.id.desc())
        .limit(1)
    ).first()
    if asked is None:
        raise Missing
    case = asked.case
    published = _published(work, case)
    is_over = published is None and case.status is not CaseStatus.RUNNING
    review = _review(work, case)
    stages = [_asked(asked), *_heard(work, case), review]
    stages += _decided(review, published, is_over=is_over)
    ended_at = case.finished_at if is_over else None
    return PublicCase(
        number=case.number,
        title=case.title,
        unit=case.unit.name,
        stages=stages,
        ended_on=clock.beijing_date(ended_at) if ended_at else None,
    )


def _asked(row: Consultation) -> Stage:
    state = NOW if row.closed_on is None else DONE
    last = row.closed_on or row.ends_on
    return Stage("公开征求意见", state, row.starts_on, last, consultation_id=row.id)


def _heard(work: Work, case: Case) -> list[Stage]:
    plan = hearing_rows.find_plan(work, case.id)
    if plan is None or plan.planned_on is None:
        return []
    if not hearing_rows.is_public(work, plan):
        return []
    state = DONE if plan.planned_on < work.today else NOW
    return [
        Stage("听证", state, plan.announced_on, plan.planned_on, hearing_id=plan.id)
    ]


def _review(work: Work, case: Case) -> Stage:
    """Return where the review is, by what happened last."""
    events = work.session.execute(
        sa.select(Event.kind, Event.at)
        .where(Event.case_id == case.id, Event.kind.in_(TOLD))
        .order_by(Event.seq)
    )
    stage = Stage("合法性审查", AHEAD)
    for kind, at in events:
        day = clock.beijing_date(at)
        if kind == RETURNED:
            stage = Stage(stage.name, AHEAD)
        elif kind == SIGNED:
            stage = Stage(stage.name, DONE, stage.began_on, day)
        else:
            stage = Stage(stage.name, NOW, stage.began_on or day)
    return stage


def _published(work: Work, case: Case) -> tuple[Publication, int] | None:
    """Return the publication of a case and its document in the library."""
    row = work.session.execute(
        sa.select(Publication, LibraryDocument.id)
        .join(LibraryDocument, LibraryDocument.publication_id == Publication.id)
        .where(Publication.case_id == case.id, Publication.published_on.is_not(None))
    ).first()
    return None if row is None else (row[0], row[1])


def _decided(
    review: Stage, published: tuple[Publication, int] | None, *, is_over: bool
) -> list[Stage]:
    if published is None:
        is_next = review.state == DONE and not is_over
        return [Stage("集体审议", NOW if is_next else AHEAD), Stage("公布", AHEAD)]
    row, library_id = published
    return [
        Stage("集体审议", DONE, None, row.decided_on),
        Stage("公布", DONE, None, row.published_on, library_id=library_id),
    ]
