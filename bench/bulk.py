"""Rows by the thousand, written past the mapping layer."""

from datetime import date
from typing import Any

from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.event import Event
from reviewflow.model.filing import (
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.publication import Publication
from reviewflow.work import Work

Row = dict[str, Any]
TABLES: tuple[type[Any], ...] = (
    *(Case, Publication, FilingObligation, FilingSubmission, FilingCorrection),
    *(FilingReview, CaseDeadline, Event),
)
INSTANT = "2022-01-05 02:00:00.000000"
DIGEST = "0" * 64
JOURNAL = ("filing.obliged", "filing.submitted", "filing.registered", "task.completed")
USUAL: dict[str, Row] = {
    # what all rows of a table have alike
    "case": {
        "phase": "报备中",
        "facts": "{}",
        "state": "",
        "round": 1,
        "version": 1,
        "status": "RUNNING",
        "nseq": 4,
        "head": DIGEST,
        "started_at": INSTANT,
    },
    "publication": {
        "register_number": "",
        "meeting": "",
        "channel": "",
        "early_reason": "",
        "simplified_reason": "",
        "recorded_at": INSTANT,
    },
    "filing_obligation": {
        "route_id": "FR-GOVERNMENT-GOV",
        "limit_id": "TL-13",
        "copy_to": "",
        "created_at": INSTANT,
    },
    "filing_submission": {"submitted_at": INSTANT, "return_reason": ""},
    "filing_correction": {"reason": "补正"},
    "filing_review": {"limit_id": "TL-18", "ruling_number": ""},
    "case_deadline": {"title": "", "is_provisional": 0, "law_version": "", "round": 1},
    "event": {
        "at": INSTANT,
        "effective_at": INSTANT,
        "payload": "{}",
        "prev": DIGEST,
        "payload_digest": DIGEST,
        "state_digest": DIGEST,
        "hash": DIGEST,
        "projection_digest": DIGEST,
        "alg": "sha256",
        "schema": 1,
    },
}


def write(work: Work, rows: dict[str, list[Row]]) -> None:
    """Insert rows as they are to be stored, past the mapping layer."""
    line = work.session.connection()
    for table in (one.__table__ for one in TABLES if one.__tablename__ in rows):
        told = [USUAL[table.name] | row for row in rows[table.name]]
        names = list(dict.fromkeys(name for row in told for name in row))
        marks, columns = ", ".join("?" * len(names)), ", ".join(names)
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608
        values = [tuple(_plain(row.get(name)) for name in names) for row in told]
        line.exec_driver_sql(statement, values)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
