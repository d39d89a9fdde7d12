"""What the drafting unit made of an opinion, finding by finding (采纳情况反馈表)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.letters.case_fields import office_name
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.event import Event
from reviewflow.model.opinion import Adoption, Finding, Opinion
from reviewflow.work import Work

ANSWERED_EVENT = "opinion.answered"

Row = dict[str, str | int]


def adoption_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for the table: every signed opinion whose findings are met."""
    rows = [r for r in _signed(work, case) if r.findings and r.is_answered]
    for place, row in enumerate(rows, start=1):
        yield Occasion(
            SORTS["adoption_feedback"],
            place,
            clock.beijing_date(_answered_at(work, case, row) or row.written_at),
            is_final=True,
            fields=partial(feedback_fields, work, case, row),
            settled=partial(_answered_at, work, case, row),
        )


def feedback_fields(work: Work, case: Case, opinion: Opinion) -> Fields:
    """Return what the answer to an opinion may say.

    Source: 国办发〔2018〕115号（六）: what is not adopted is explained.
    """
    at = _answered_at(work, case, opinion)
    return {
        "unit_name": case.unit.name,
        "office_name": office_name(work, case),
        "title": chinese.line(case.title),
        "opinion_number": opinion.doc_number,
        "findings": _rows(opinion.findings),
        "letter_number": "",
        "signed_on": chinese.day(clock.beijing_date(at)) if at else "",
    }


def answered_fields(work: Work, case: Case) -> Fields:
    """Return what the latest signed opinion held, and what was made of it."""
    rows = _signed(work, case)
    last = rows[-1] if rows else None
    findings = list(last.findings) if last else []
    signed_at = last.signed_at if last else None
    return {
        "opinion_number": last.doc_number if last else "",
        "opinion_on": chinese.day(clock.beijing_date(signed_at)) if signed_at else "",
        "conclusion": last.conclusion.value if last else "",
        "finding_count": len(findings) or "",
        "adopted_count": sum(one.adoption is Adoption.FULL for one in findings),
        "not_adopted": _rows(
            [f for f in findings if f.adoption not in (None, Adoption.FULL)]
        ),
    }


def _signed(work: Work, case: Case) -> Sequence[Opinion]:
    return work.session.scalars(
        sa.select(Opinion)
        .where(Opinion.case_id == case.id, Opinion.signed_at.is_not(None))
        .order_by(Opinion.id)
    ).all()


def _answered_at(work: Work, case: Case, opinion: Opinion) -> datetime | None:
    events = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind == ANSWERED_EVENT)
        .order_by(Event.seq)
    )
    own = [one.at for one in events if (one.payload or {}).get("opinion") == opinion.id]
    return own[-1] if own else None


def _rows(findings: Sequence[Finding]) -> list[Row]:
    return [
        {
            "number": chinese.count(finding.position),
            "clause": chinese.line(finding.clause),
            "suggestion": chinese.end_of_sentence(finding.suggestion),
            "adoption": finding.adoption.value if finding.adoption else "",
            "reason": chinese.end_of_sentence(finding.adoption_reason),
        }
        for finding in findings
    ]
