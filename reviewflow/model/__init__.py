"""Tables, and rules that need only their own rows."""

from reviewflow.model import (
    access,
    case,
    catalogue,
    consultation,
    deadline,
    document,
    event,
    filing,
    hearing,
    opinion,
    outbox,
    people,
    process_version,
    publication,
    submission,
    unit_opinion,
)

__all__ = [
    "access",
    "case",
    "catalogue",
    "consultation",
    "deadline",
    "document",
    "event",
    "filing",
    "hearing",
    "opinion",
    "outbox",
    "people",
    "process_version",
    "publication",
    "submission",
    "unit_opinion",
]
