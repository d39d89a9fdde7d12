"""How the deliberation of one case looks."""

from reviewflow.queries.deliberations import DeliberationPage, Session
from web.api.shapes.meetings import Item, Present, item_shape
from web.api.wire import Answer, Day


class Sitting(Answer):
    """One meeting on the case: who was there, what was said and decided."""

    meeting_id: int
    name: str
    planned_on: Day
    held_on: Day | None
    attendance: list[Present]
    item: Item


class Deliberation(Answer):
    """The packet of a case, and its places on agendas, the latest last."""

    is_decided: bool
    has_minutes: bool
    has: list[str]
    missing: list[str]
    sessions: list[Sitting]


def deliberation_shape(page: DeliberationPage) -> Deliberation:
    """Return how a deliberation looks now."""
    return Deliberation(
        is_decided=page.is_decided,
        has_minutes=page.has_minutes,
        has=list(page.has),
        missing=list(page.missing),
        sessions=[_sitting(one) for one in page.sessions],
    )


def _sitting(session: Session) -> Sitting:
    meeting = session.view.item.meeting
    return Sitting(
        meeting_id=meeting.id,
        name=meeting.name,
        planned_on=meeting.planned_on,
        held_on=meeting.held_on,
        attendance=[Present.model_validate(one) for one in session.people],
        item=item_shape(session.view),
    )
