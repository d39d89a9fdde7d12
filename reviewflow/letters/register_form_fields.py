"""What the form of a registered filing may say (备案登记表)."""

from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.letters.filing_fields import (
    PREPARE_STEP,
    REGISTERED_EVENT,
    report_fields,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.work import Work

REVIEWED_EVENTS = ("filing_review.finished", "filing_review.objected")
OWN_REPORT = "filing_report"
"""What the system writes where nobody uploads it."""
OF_THE_REPORT = (
    *("maker_name", "authority_name", "title", "doc_number", "letter_number"),
    *("meeting", "decided_on", "published_on", "channel", "effective_on"),
    "valid_until",
)


def register_form_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for the form: a filing was registered."""
    duty = work.session.scalar(
        sa.select(FilingObligation).where(
            FilingObligation.case_id == case.id,
            FilingObligation.registered_on.is_not(None),
        )
    )
    if duty is None or duty.registered_on is None:
        return
    yield Occasion(
        SORTS["register_form"],
        place=1,
        since=duty.registered_on,
        is_final=True,
        fields=partial(form_fields, work, case, duty),
        settled=partial(instant_of, work, case, REGISTERED_EVENT),
    )


def form_fields(work: Work, case: Case, duty: FilingObligation) -> Fields:
    """Return what the form may say, with the outcome of a review once there is one."""
    told, row = report_fields(work, case, duty), duty.publication
    registered_on = chinese.day(duty.registered_on)
    return {
        **{name: told[name] for name in OF_THE_REPORT},
        "register_number": duty.register_number,
        "kind_name": work.process(case).kind.codes.get(case.kind_code, ""),
        "submitted_on": chinese.day(duty.submissions[-1].submitted_on),
        "materials": _materials(work, case),
        "is_complete": "1" if duty.report_is_complete else "",
        "simplified_reason": chinese.end_of_sentence(row.simplified_reason),
        "early_reason": chinese.end_of_sentence(row.early_reason),
        "registrar_name": _actor(work, case.id, (REGISTERED_EVENT,)),
        "registered_on": registered_on,
        **_reviewed(work, duty),
        "signed_on": registered_on,
    }


def _materials(work: Work, case: Case) -> str:
    """Return what had been handed in when the filing was registered."""
    until = instant_of(work, case, REGISTERED_EVENT)
    there = set(
        work.session.scalars(
            sa.select(Document.role)
            .join(DocumentVersion)
            .where(Document.case_id == case.id, DocumentVersion.uploaded_at <= until)
        )
    )
    needs = work.process(case).kind.forms[PREPARE_STEP].documents
    return "、".join(n.label for n in needs if n.role in {*there, OWN_REPORT})


def _reviewed(work: Work, duty: FilingObligation) -> Fields:
    row = work.session.scalar(
        sa.select(FilingReview).where(FilingReview.obligation_id == duty.id)
    )
    if row is None or row.verdict is None:
        return {"verdict": "", "reviewed_on": "", "reviewer_name": ""}
    return {
        "verdict": row.verdict.value,
        "reviewed_on": chinese.day(row.decided_on),
        "reviewer_name": _actor(work, row.case_id, REVIEWED_EVENTS),
    }


def _actor(work: Work, case_id: int, kinds: tuple[str, ...]) -> str:
    """Return who did last what the history of a case names so."""
    event = work.session.scalar(
        sa.select(Event)
        .where(Event.case_id == case_id, Event.kind.in_(kinds))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    return event.actor.display_name if event and event.actor else ""
