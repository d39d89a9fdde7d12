"""The emergency procedure of a case: what was asked, and who may do what (紧急程序)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.effects.emergencies import may_decide, why_not
from reviewflow.model.case import Case
from reviewflow.model.emergency import EmergencyRequest
from reviewflow.model.people import Role
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class EmergencyNote:
    """What the page of a case says of it; nothing if there is nothing to say."""

    waiting: EmergencyRequest | None
    may_ask: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """All that has been asked and decided in a case."""

    head: CaseHead
    rows: Sequence[EmergencyRequest]
    note: EmergencyNote
    obstacle: str
    """Why it cannot be asked for now; empty if it can."""


def emergency_note(work: Work, case_id: int) -> EmergencyNote:
    """Return whether something waits for a decision, and what the actor may do.

    Raises:
        Missing: There is no such case for the actor.
    """
    return _note(work, work.get(Case, case_id), _rows(work, case_id))


def emergency_page(work: Work, case_id: int) -> EmergencyPage:
    """Return all that was asked and decided in a case.

    Raises:
        Missing: There is no such case for the actor.
    """
    head, rows = case_head(work, case_id), _rows(work, case_id)
    note = _note(work, head.case, rows)
    return EmergencyPage(head, rows, note, why_not(work, head.case))


def _rows(work: Work, case_id: int) -> Sequence[EmergencyRequest]:
    return work.session.scalars(
        sa.select(EmergencyRequest)
        .where(EmergencyRequest.case_id == case_id)
        .order_by(EmergencyRequest.id.desc())
    ).all()


def _note(work: Work, case: Case, rows: Sequence[EmergencyRequest]) -> EmergencyNote:
    waiting = next((row for row in rows if row.is_approved is None), None)
    heads = work.actor.holds(Role.UNIT_HEAD, case.unit_id)
    return EmergencyNote(
        waiting=waiting,
        may_ask=heads and waiting is None and not why_not(work, case),
        may_decide=waiting is not None and may_decide(work, case, waiting),
    )
