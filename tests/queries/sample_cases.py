"""What a case of the sample city tells of itself, in the words of the fact sheet."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.consultation import Consultation
from reviewflow.model.deadline import CaseDeadline, Pause
from reviewflow.model.event import Event
from reviewflow.model.hearing import Hearing
from reviewflow.model.opinion import Adoption, Finding, Opinion
from reviewflow.model.publication import Publication
from reviewflow.work import Work

SENT = ("sign_submission", "send_packet")


def told(work: Work, title: str) -> dict[str, str]:
    """Return every fact of a matter by its name; empty what has not happened."""
    case = work.session.scalars(
        sa.select(Case)
        .where(Case.title == title, Case.parent_id.is_(None))
        .order_by(Case.id)
        .limit(1)
    ).one()
    return {
        **_publication(work, case),
        "unit": case.unit.short_name,
        "consulted": _days(work, Consultation.starts_on, Consultation.closed_on, case),
        "accepted": _events(work, case, "case.accepted"),
        "returned": _events(work, case, "case.returned"),
        "paused": _pauses(work, case),
        "signed": _signed(work, case),
        "adopted": _adopted(work, case),
        "hearing": _hearing(work, case),
        "ended": f"{_day(case.finished_at)} {case.status}" if case.finished_at else "",
        **_answers(work, case),
    }


def _publication(work: Work, case: Case) -> dict[str, str]:
    row = work.session.scalar(
        sa.select(Publication).where(Publication.case_id == case.id)
    )
    return {
        "number": row.doc_number if row else "",
        "met": _date(row.decided_on) if row else "",
        "published": _date(row.published_on) if row else "",
        "effective": _date(row.effective_on) if row else "",
        "until": _date(row.valid_until) if row else "",
    }


def _answers(work: Work, case: Case) -> dict[str, str]:
    """Return what only the answers of the steps tell."""
    rows = work.session.scalars(
        sa.select(TaskAnswers)
        .where(TaskAnswers.case_id == case.id)
        .order_by(TaskAnswers.id)
    ).all()

    def said(*steps: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((_day(r.at), r.answers) for r in rows if r.step in steps)

    return {
        "planned": _joined(day[:7] for day, _ in said("assess_project")),
        "ordered": _joined(day for day, _ in said("sign_order")),
        "revised": _joined(day for day, _ in said("revise_draft")),
        "requested": next((a.get("requested_on") or "" for _, a in said(*SENT)), ""),
        "experts": _joined(
            f"{a['held_on']} {len(a['expert_opinions'])}人"
            for _, a in said("hold_appraisal")
        ),
        "risk": _joined(
            f"{a['assessed_on']} {a['risk_verdict']}" for _, a in said("assess_risk")
        ),
    }


def _days(work: Work, first: Any, last: Any, case: Case) -> str:
    rows = work.session.execute(
        sa.select(first, last).where(first.class_.case_id == case.id).order_by(first)
    )
    return _joined(f"{one}–{other}" for one, other in rows)


def _pauses(work: Work, case: Case) -> str:
    rows = work.session.execute(
        sa.select(Pause.from_on, Pause.until_on)
        .join(Pause.deadline)
        .where(CaseDeadline.case_id == case.id)
    )
    return _joined(f"{one}–{other}" for one, other in rows)


def _events(work: Work, case: Case, kind: str) -> str:
    rows = sa.select(Event.at).where(Event.case_id == case.id, Event.kind == kind)
    return _joined(map(_day, work.session.scalars(rows.order_by(Event.seq))))


def _signed(work: Work, case: Case) -> str:
    rows = work.session.scalars(
        sa.select(Opinion)
        .where(Opinion.case_id == case.id, Opinion.signed_at.is_not(None))
        .order_by(Opinion.signed_at)
    )
    return _joined(f"{_day(row.signed_at)} {row.conclusion}" for row in rows)


def _adopted(work: Work, case: Case) -> str:
    found = list(
        work.session.scalars(
            sa.select(Finding.adoption)
            .join(Finding.opinion)
            .where(Opinion.case_id == case.id)
        )
    )
    return "/".join(str(found.count(one)) for one in Adoption if one in SHOWN)


SHOWN = (Adoption.FULL, Adoption.PARTIAL, Adoption.NONE)


def _hearing(work: Work, case: Case) -> str:
    """Return when it was announced, the documents delivered, and when it was held."""
    row = work.session.scalar(
        sa.select(Hearing).where(Hearing.case_id == case.id, Hearing.is_held)
    )
    days = (row.announced_on, row.delivered_on, row.held_on) if row else ()
    return " ".join(map(str, days))


def _joined(words: Iterable[str]) -> str:
    return "；".join(words)


def _day(at: datetime | None) -> str:
    return str(clock.beijing_date(at)) if at else ""


def _date(day: date | None) -> str:
    return str(day or "")
