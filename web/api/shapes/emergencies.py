"""How the emergency procedure of a case looks, and what may be sent about it."""

from typing import Any, Literal

from pydantic import Field

from web.api.shapes.people import Person
from web.api.wire import Answer, Body, Instant, Text, Word


class EmergencyRequest(Answer):
    """What was asked, and what the office decided; null until it has."""

    id: int
    reason: str
    asked_at: Instant
    asked_by: Person
    is_approved: bool | None
    decided_at: Instant | None
    approved_by: str
    refusal: str


class EmergencyRequests(Answer):
    """All that was asked in a case, the latest first."""

    items: list[EmergencyRequest]
    total: int
    next: str | None


class NewEmergencyRequest(Body):
    """The sudden event or urgent order, with the note for the dossier."""

    reason: Text
    emergency_note: Any = Field(
        json_schema_extra={"type": "string", "format": "binary"}
    )


class EmergencyDecision(Body):
    """Approved by whom, or refused why."""

    outcome: Literal["APPROVE", "REFUSE"]
    approved_by: Word = ""
    refusal: Text = ""
