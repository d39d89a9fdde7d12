"""What every letter on a case may say, and when it was sent for review."""

from datetime import datetime

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.letters.merge import Fields
from reviewflow.model.case import Case, CaseParty, Part, Task
from reviewflow.model.consultation import Consultation
from reviewflow.model.hearing import Hearing
from reviewflow.work import Work

SENDING_STEPS = ("sign_submission", "send_packet", "revise_draft", "revise_text")


def case_fields(work: Work, case: Case, until: datetime) -> Fields:
    """Return who reviews what for whom, and when it was sent last until then."""
    sent_at = work.session.scalar(
        sa.select(sa.func.max(Task.done_at)).where(
            Task.case_id == case.id, Task.step.in_(SENDING_STEPS), Task.done_at <= until
        )
    )
    return {
        "office_name": office_name(work, case),
        "unit_name": case.unit.name,
        "maker_name": case.issuing_organ.name,
        "title": chinese.line(case.title),
        "kind_name": work.process(case).kind.codes.get(case.kind_code, ""),
        "submitted_on": chinese.day(clock.beijing_date(sent_at)) if sent_at else "",
    }


def office_name(work: Work, case: Case) -> str:
    """Return the name of the review office of a case; nothing if there is none."""
    office = work.session.scalar(
        sa.select(CaseParty).where(
            CaseParty.case_id == case.id, CaseParty.part == Part.REVIEW_OFFICE
        )
    )
    return office.unit.name if office else ""


def consulted_fields(work: Work, case: Case) -> Fields:
    """Return what came of the latest consultation that is closed."""
    row = work.session.scalar(
        sa.select(Consultation)
        .where(Consultation.case_id == case.id, Consultation.closed_on.is_not(None))
        .order_by(Consultation.id.desc())
        .limit(1)
    )
    if row is None or row.closed_on is None:
        names = ("from", "until", "days")
        return {f"consulted_{name}": "" for name in names} | {
            "comments": "",
            "adopted": "",
        }
    return {
        "consulted_from": chinese.day(row.starts_on),
        "consulted_until": chinese.day(row.closed_on),
        "consulted_days": (row.closed_on - row.starts_on).days,
        "comments": row.comments or 0,
        "adopted": row.adopted or 0,
    }


def hearing_day(work: Work, case: Case) -> str:
    """Return when a hearing was held; nothing if none was."""
    row = work.session.scalar(
        sa.select(Hearing)
        .where(Hearing.case_id == case.id)
        .order_by(Hearing.id.desc())
        .limit(1)
    )
    return chinese.day(row.held_on) if row and row.is_held else ""
