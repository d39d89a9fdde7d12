"""Documents whose validity will end soon: a case for each, begun by the system."""

import logging
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from reviewflow import clocks, journal, numbering, organs, progress
from reviewflow.errors import ReviewflowError
from reviewflow.law.deadlines import month_away
from reviewflow.model.case import Case, CaseStatus, Part
from reviewflow.model.deadline import Incident
from reviewflow.model.library import LibraryDocument
from reviewflow.work import Runtime, Work

log = logging.getLogger(__name__)

KIND = "validity"
BEGINS, PILOT = "VL-01", "TL-30"
SERIES = "效期"
SUBJECT = "有效期届满处理未能开始"
LAST_OF_MONTHS = timedelta(days=4)
"""By how much the last days of two months may lie apart."""


def begin_ending(runtime: Runtime, at: datetime | None = None) -> int:
    """Begin a case for every document whose validity ends soon, each on its own.

    Returns:
        How many were begun; what failed has an incident, and is tried again.
    """
    with runtime.read(None, at) as work:
        due = [row.id for row in _candidates(work) if _is_due(work, row)]
    begun = 0
    for document_id in due:
        try:
            with runtime.begin(None, at) as work:
                begun += _begin(work, document_id)
        except Exception as error:  # the others go on; this one gets an incident
            log.exception("validity not begun", extra={"document": document_id})
            _report(runtime, document_id, error, at)
    return begun


def _report(
    runtime: Runtime, document_id: int, error: Exception, at: datetime | None
) -> None:
    """Open one incident for a document, however often it is tried."""
    sentence = error.message if isinstance(error, ReviewflowError) else str(error)
    with runtime.begin(None, at) as work:
        case_id = work.get(LibraryDocument, document_id).case_id
        if not _incidents(work, case_id):
            opened = {"subject": SUBJECT, "text": sentence, "opened_at": work.now}
            work.session.add(Incident(case_id=case_id, **opened))


def _incidents(work: Work, case_id: int) -> list[Incident]:
    return list(
        work.session.scalars(
            sa.select(Incident).where(
                Incident.case_id == case_id,
                Incident.subject == SUBJECT,
                Incident.closed_at.is_(None),
            )
        )
    )


def _candidates(work: Work) -> list[LibraryDocument]:
    """Return what ends within about the time, has no case, and has not ended."""
    months = work.law.limit(BEGINS, work.today).days
    horizon = month_away(work.today, months) + LAST_OF_MONTHS
    until = LibraryDocument.valid_until
    return list(
        work.session.scalars(
            sa.select(LibraryDocument)
            .where(
                until <= horizon,
                until >= LibraryDocument.entered_on,
                LibraryDocument.ended_on.is_(None),
                LibraryDocument.validity_case_id.is_(None),
            )
            .order_by(until, LibraryDocument.id)
        )
    )


def _is_due(work: Work, row: LibraryDocument) -> bool:
    return row.valid_until is not None and work.today >= _first_day(
        work, row.valid_until
    )


def _first_day(work: Work, until: date) -> date:
    return work.law.deadline(BEGINS, until).due_on


def _begin(work: Work, document_id: int) -> bool:
    row = work.get(LibraryDocument, document_id, lock=True)
    if row.valid_until is None or row.validity_case_id is not None:
        return False
    origin = work.get(Case, row.case_id, lock=True)
    case = _case(work, row, origin, row.valid_until)
    row.validity_case_id = case.id
    drafting, maker = row.unit, row.publication.maker
    progress.add_party(work, case, Part.DRAFTING_UNIT, drafting)
    body = organs.working_body(work, maker)
    progress.add_party(work, case, Part.ISSUING_ORGAN, body)
    for one in (origin, case):
        journal.record(work, one, "validity.ending", due_on=row.valid_until)
    effective_on = row.publication.effective_on
    if row.is_pilot and effective_on is not None:
        clocks.start_clock(work, case, PILOT, started_on=effective_on)
    progress.start(work, case)
    for incident in _incidents(work, origin.id):
        incident.closed_at = work.now
    return True


def _case(work: Work, row: LibraryDocument, origin: Case, until: date) -> Case:
    process = work.processes.latest(work.session, KIND)
    maker = row.publication.maker
    case = Case(
        number=numbering.next_number(work, SERIES),
        kind=KIND,
        kind_code=origin.kind_code,
        process_version_id=process.version_id,
        title=row.publication.title,
        unit=row.unit,
        issuing_organ=maker,
        drafter=origin.drafter,
        status=CaseStatus.RUNNING,
        phase="即将到期",
        facts={
            "kind_code": origin.kind_code,
            "level": maker.level.value,
            "maker_sort": maker.sort.value,
            "is_pilot": row.is_pilot,
            clocks.ENDS_ON: until.isoformat(),
        },
        state="",
        started_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    return case
