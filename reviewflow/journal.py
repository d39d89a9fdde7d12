"""The history of a case: lines chained one to the next, with digests."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerState
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.event import Event
from reviewflow.model.filing import (
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.work import Work

ALGORITHM = "sha256"
SCHEMA = 1
KEY = "journal"


def record(
    work: Work,
    case: Case,
    kind: str,
    *,
    task: Task | None = None,
    effective_at: datetime | None = None,
    **payload: Any,
) -> None:
    """Add a line to the case's history; it is sealed when the work ends.

    Args:
        work: Actor, instant and transaction.
        case: Whose history.
        kind: What happened, in the past tense (`opinion.signed`).
        task: The task in whose post the actor acted, if any.
        effective_at: The legal instant, if it is not that of the work (timers).
        payload: Short facts; texts stay in their tables.
    """
    line = Event(
        case_id=case.id,
        kind=kind,
        actor_id=work.actor.id,
        unit_id=task.unit_id if task else None,
        role=task.role.value if task else None,
        at=work.written_at,
        effective_at=effective_at or work.now,
        payload=plain({"step": task.step, **payload} if task else payload),
        alg=ALGORITHM,
        schema=SCHEMA,
    )
    lines = work.session.info.setdefault((KEY, case.id), [])
    lines.append(line)
    work.at_end.setdefault((KEY, case.id), lambda: _seal(work, case, lines))


def _seal(work: Work, case: Case, lines: list[Event]) -> None:
    work.session.flush()
    state, rows = text_digest(case.state), projection_digest(work.session, case)
    for line in lines:
        case.nseq += 1
        line.seq, line.prev = case.nseq, case.head
        line.state_digest, line.projection_digest = state, rows
        line.payload_digest = text_digest(canonical(line.payload))
        line.hash = case.head = event_hash(line)
    work.session.connection().execute(sa.insert(Event), list(map(_columns, lines)))
    lines.clear()
    work.session.flush()


def _columns(line: Event) -> dict[str, Any]:
    return {column.key: getattr(line, column.key) for column in Event.__table__.columns}


def event_hash(event: Event) -> str:
    """Return the hash that chains an event to the one before it."""
    facts = {
        "case_id": event.case_id,
        "seq": event.seq,
        "kind": event.kind,
        "actor_id": event.actor_id,
        "unit_id": event.unit_id,
        "role": event.role,
        "at": event.at,
        "effective_at": event.effective_at,
        "payload_digest": event.payload_digest,
        "state_digest": event.state_digest,
        "projection_digest": event.projection_digest,
        "prev": event.prev,
        "alg": event.alg,
        "schema": event.schema,
    }
    return hashlib.sha256(b"\x00" + canonical(facts).encode()).hexdigest()


def projection_digest(session: Session, case: Case) -> str:
    """Return the digest of what a case's rows say: what it is, waits for and holds.

    Open tasks and armed timers, every clock and document; of a duty to file also
    what was sent, asked for and registered.
    """
    parts = [_facts(case)]
    selects = ROWS if case.parent_id is None else ROWS + FILING_ROWS
    for select in selects:
        rows = session.connection().execute(select, {"case_id": case.id})
        parts.append([list(row) for row in rows])
    return text_digest(canonical(parts))


CASE = sa.bindparam("case_id", type_=sa.Integer)
ROWS = (
    sa.select(
        Task.id,
        Task.engine_id,
        Task.step,
        Task.role,
        Task.unit_id,
        Task.assignee_id,
        Task.due_on,
        Task.version,
    )
    .where(Task.case_id == CASE, Task.closed_at.is_(None))
    .order_by(Task.id),
    sa.select(Timer.id, Timer.kind, Timer.engine_id, Timer.due_at)
    .where(Timer.case_id == CASE, Timer.state == TimerState.ARMED)
    .order_by(Timer.id),
    sa.select(
        DocumentVersion.id,
        Document.role,
        DocumentVersion.number,
        DocumentVersion.name,
        DocumentVersion.size_bytes,
        DocumentVersion.sha256,
    )
    .join(DocumentVersion.document)
    .where(Document.case_id == CASE)
    .order_by(DocumentVersion.id),
    sa.select(
        CaseDeadline.id,
        CaseDeadline.limit_id,
        CaseDeadline.started_on,
        CaseDeadline.due_on,
        CaseDeadline.met_on,
        CaseDeadline.cancelled_on,
    )
    .where(CaseDeadline.case_id == CASE)
    .order_by(CaseDeadline.id),
)
FILING_ROWS = (
    sa.select(
        FilingObligation.publication_id,
        FilingObligation.authority_id,
        FilingObligation.published_on,
        FilingObligation.due_on,
        FilingObligation.exempt_reason,
        FilingObligation.registered_on,
        FilingObligation.register_number,
        FilingObligation.report_is_complete,
    ).where(FilingObligation.case_id == CASE),
    sa.select(
        FilingSubmission.id, FilingSubmission.submitted_on, FilingSubmission.returned_on
    )
    .join(FilingSubmission.obligation)
    .where(FilingObligation.case_id == CASE)
    .order_by(FilingSubmission.id),
    sa.select(
        FilingCorrection.id,
        FilingCorrection.notice_on,
        FilingCorrection.due_on,
        FilingCorrection.corrected_on,
        FilingCorrection.lapsed_on,
    )
    .join(FilingCorrection.obligation)
    .where(FilingObligation.case_id == CASE)
    .order_by(FilingCorrection.id),
)


def _facts(case: Case) -> list[Any]:
    return [
        case.number,
        case.kind_code,
        case.process_version_id,
        case.title,
        case.unit_id,
        case.issuing_organ_id,
        case.drafter_id,
        case.parent_id,
        case.status,
        case.conclusion,
        case.ending,
        case.round,
        case.facts,
    ]


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Mapping[str, Any] | list[Any] | None) -> str:
    """Return the one JSON text of a value: sorted, compact, no floats."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_plain,
    )


def plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value with dates and instants as text, fit to be stored."""
    stored: dict[str, Any] = json.loads(canonical(value))
    return stored


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
