"""Who may see: for each table with case content, which rows."""

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa

from reviewflow.model.advice import Advice
from reviewflow.model.base import Base
from reviewflow.model.basis import Basis, BasisTable
from reviewflow.model.bulletin import Bulletin
from reviewflow.model.case import (
    Case,
    CaseParty,
    CasePerson,
    Part,
    Task,
    TaskAnswers,
)
from reviewflow.model.catalogue import Catalogue, CatalogueItem, ItemState
from reviewflow.model.cleanup import Cleanup, CleanupItem
from reviewflow.model.column_set import ColumnSet
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.deadline import CaseDeadline, Incident, Timer
from reviewflow.model.document import Document
from reviewflow.model.emergency import EmergencyRequest
from reviewflow.model.event import Event
from reviewflow.model.export import Export
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.hearing_list import HEARING_TABLES
from reviewflow.model.job import Job
from reviewflow.model.ledger import LedgerEntry
from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Meeting,
    MeetingSupplement,
    Statement,
)
from reviewflow.model.opinion import Opinion
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.people import Role, Unit, UnitDuty, UnitSort
from reviewflow.model.reconciliation import Reconciliation, ReconciliationRow
from reviewflow.model.report import ReportSending, ReportText
from reviewflow.model.unit_opinion import UnitOpinion
from reviewflow.permissions import Actor
from reviewflow.report_desks import reported

Predicate = sa.ColumnElement[bool]
ADVICE = cast("sa.Table", Advice.__table__)

INSIDE = (
    Role.REVIEW_HANDLER,
    Role.REVIEW_CHECKER,
    Role.REVIEW_SIGNER,
    Role.COUNSEL,
)
"""What is written in these posts stays among reviewers until it is signed."""
FILING_DESK = (Role.FILER, Role.FILING_REVIEWER)
"""Who files, and who receives filings: they reconcile lists of issued documents."""
MEETING_DESK = (Role.MEETING_SECRETARY, Role.OFFICE_INTAKE)
"""Who arranges and records meetings, and who receives the papers for them."""
BULLETIN_DESK = (Role.REVIEW_SIGNER, Role.FILING_REVIEWER)
"""Who makes bulletins, in the review office of a government."""
REVIEW_STAFF = frozenset({*INSIDE, Role.REVIEW_INTAKE, Role.AUDITOR})


OF_CASE = (
    *(CaseParty, CasePerson, Task, TaskAnswers, CaseDeadline, Timer, Incident, Event),
    *(Document, Opinion, Consultation, CommentGroup, Comment, *HEARING_TABLES),
    *(FilingObligation, FilingReview, UnitOpinion, Advice, Basis, BasisTable),
    *(EmergencyRequest, LedgerEntry),
    *(AgendaItem, Statement, MeetingSupplement),
)
"""Tables whose rows are seen by whoever sees the case."""


def visible(actor: Actor) -> Mapping[type[Base], Predicate]:
    """Return, for each table with case content, which rows the actor may see."""
    own: dict[type[Base], Predicate] = {
        OutboxMessage: OutboxMessage.user_id == actor.id,
        Export: Export.owner_id == actor.id,
        ColumnSet: (ColumnSet.owner_id == actor.id) | ColumnSet.is_shared,
    }
    if actor.holds(Role.AUDITOR):
        return own | _unread(actor)  # an auditor sees every case
    cases = _cases(actor)
    seen = sa.select(Case.id).where(cases)
    rows: dict[type[Base], Predicate] = {t: t.case_id.in_(seen) for t in OF_CASE}
    rows |= own | _catalogues(actor) | _meetings(actor, seen) | _cleanups(actor)
    rows |= _reconciliations(actor)
    rows[Case] = cases
    rows[Bulletin] = _bulletins(actor)
    rows |= {t: t.organ_id.in_(reported(actor)) for t in (ReportText, ReportSending)}
    rows[Job] = (Job.asked_by_id == actor.id) | Job.case_id.in_(seen)
    if not actor.roles & REVIEW_STAFF:
        rows[Opinion] = rows[Opinion] & Opinion.signed_at.is_not(None)
        rows[TaskAnswers] = rows[TaskAnswers] & _is_out()
        rows[Advice] = rows[Advice] & _is_signed_over()
    for table, may_be_read in _unread(actor).items():
        rows[table] = rows[table] & may_be_read
    return rows


def _unread(actor: Actor) -> dict[type[Base], Predicate]:
    """What a counsel holds is for nobody else until all who were asked have answered.

    Its words are answers of a task, its paper a document, its verdict a row.
    """
    advice = ADVICE.alias("of_others")
    of_others = advice.c.released_at.is_(None) & (advice.c.counsel_id != actor.id)
    tasks = sa.select(advice.c.task_id).where(
        of_others, advice.c.task_id.is_not(None), _no_interest(advice)
    )
    papers = sa.select(advice.c.document_id).where(
        of_others, advice.c.document_id.is_not(None)
    )
    return {
        Advice: sa.or_(
            Advice.released_at.is_not(None),
            Advice.counsel_id == actor.id,
            Advice.no_conflict.is_(False),
        ),
        TaskAnswers: sa.or_(
            TaskAnswers.task_id.is_(None), TaskAnswers.task_id.not_in(tasks)
        ),
        Document: Document.id.not_in(papers),
    }


def _no_interest(advice: sa.FromClause) -> Predicate:
    """Nobody has declared an interest; a declaration is no opinion."""
    return sa.or_(advice.c.no_conflict.is_(None), advice.c.no_conflict)


def _catalogues(actor: Actor) -> dict[type[Base], Predicate]:
    """What is published is for all; until then it is the government's own."""
    governments = sa.select(Unit.government_id).where(Unit.id.in_(actor.unit_ids))
    own = Catalogue.organ_id.in_(governments) | Catalogue.organ_id.in_(actor.unit_ids)
    published = Catalogue.published_on.is_not(None)
    of = CatalogueItem.catalogue_id
    is_public = CatalogueItem.state.in_([ItemState.LISTED, ItemState.REMOVED])
    return {
        Catalogue: own | published,
        CatalogueItem: of.in_(sa.select(Catalogue.id).where(own))
        | is_public & of.in_(sa.select(Catalogue.id).where(published)),
    }


def _meetings(actor: Actor, seen: sa.Select[Any]) -> dict[type[Base], Predicate]:
    """Who keeps a body's meetings sees them; others those that discuss their cases."""
    bodies = [unit_id for role, unit_id in actor.posts if role in MEETING_DESK]
    discussed = sa.select(AgendaItem.meeting_id).where(AgendaItem.case_id.in_(seen))
    meetings = Meeting.keeper_id.in_(sorted(bodies)) | Meeting.id.in_(discussed)
    shown = sa.select(Meeting.id).where(meetings)
    return {Meeting: meetings, Attendee: Attendee.meeting_id.in_(shown)}


def _cleanups(actor: Actor) -> dict[type[Base], Predicate]:
    """A campaign is for its organ and those that answer; its result is for all."""
    governments = sa.select(Unit.government_id).where(Unit.id.in_(actor.unit_ids))
    asked = sa.select(CleanupItem.cleanup_id).where(
        CleanupItem.unit_id.in_(actor.unit_ids)
    )
    seen = sa.or_(
        Cleanup.organ_id.in_(governments),
        Cleanup.organ_id.in_(actor.unit_ids),
        Cleanup.id.in_(asked),
        Cleanup.published_on.is_not(None),
    )
    return {
        Cleanup: seen,
        CleanupItem: CleanupItem.cleanup_id.in_(sa.select(Cleanup.id).where(seen)),
    }


def _reconciliations(actor: Actor) -> dict[type[Base], Predicate]:
    """A list is for those who file or receive filings in the unit that keeps it."""
    desks = sorted({unit_id for role, unit_id in actor.posts if role in FILING_DESK})
    return {
        Reconciliation: Reconciliation.keeper_id.in_(desks),
        ReconciliationRow: ReconciliationRow.keeper_id.in_(desks),
    }


def _bulletins(actor: Actor) -> Predicate:
    """Bulletins are for those who make them; what goes out is the paper."""
    desks = [unit_id for role, unit_id in actor.posts if role in BULLETIN_DESK]
    governments = sa.select(Unit.government_id).where(
        Unit.id.in_(desks), Unit.duty == UnitDuty.REVIEW
    )
    itself = sa.select(Unit.id).where(
        Unit.id.in_(desks), Unit.sort == UnitSort.GOVERNMENT
    )
    return Bulletin.organ_id.in_(governments) | Bulletin.organ_id.in_(itself)


def _is_out() -> Predicate:
    """What reviewers and counsel wrote is for others once an opinion is signed.

    What they asked the drafting unit to supplement is for it at once.
    """
    inside = sa.select(Task.id).where(Task.role.in_(INSIDE))
    signed = sa.select(Opinion.id).where(
        Opinion.case_id == TaskAnswers.case_id, Opinion.signed_at >= TaskAnswers.at
    )
    asked = sa.select(Event.seq).where(
        Event.case_id == TaskAnswers.case_id,
        Event.kind == "case.supplement_requested",
        Event.at == TaskAnswers.at,
    )
    return sa.or_(
        TaskAnswers.task_id.is_(None),
        TaskAnswers.task_id.not_in(inside),
        signed.exists(),
        asked.exists(),
    )


def _is_signed_over() -> Predicate:
    """An opinion has been signed since counsel advised."""
    signed = sa.select(Opinion.id).where(
        Opinion.case_id == Advice.case_id, Opinion.signed_at >= Advice.released_at
    )
    return signed.exists()


def _cases(actor: Actor) -> Predicate:
    through_unit = sa.select(CaseParty.case_id).where(
        CaseParty.unit_id.in_(actor.unit_ids),
        CaseParty.seen_from.is_not(None),
        CaseParty.part != Part.COUNSEL_POOL,  # counsel see what they are asked about
    )
    advice = ADVICE.alias("own_advice")
    asked = sa.select(advice.c.case_id).where(
        advice.c.counsel_id == actor.id, _no_interest(advice)
    )
    in_person = sa.select(CasePerson.case_id).where(CasePerson.user_id == actor.id)
    return sa.or_(
        Case.id.in_(through_unit),
        Case.id.in_(in_person),
        *([Case.id.in_(asked)] if actor.holds(Role.COUNSEL) else []),
        Case.drafter_id == actor.id,
    )
