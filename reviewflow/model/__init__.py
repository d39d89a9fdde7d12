"""Tables, and rules that need only their own rows."""

from reviewflow.model import (
    access,
    case,
    consultation,
    deadline,
    document,
    event,
    filing,
    hearing,
    hearing_list,
    opinion,
    outbox,
    people,
    process_version,
    publication,
    submission,
)

__all__ = [
    "access",
    "case",
    "consultation",
    "deadline",
    "document",
    "event",
    "filing",
    "hearing",
    "hearing_list",
    "opinion",
    "outbox",
    "people",
    "process_version",
    "publication",
    "submission",
]
