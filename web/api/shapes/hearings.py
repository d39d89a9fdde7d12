"""How a hearing looks: plan, groups, draw, participants, opinions."""

from reviewflow.model.hearing import Choosing
from reviewflow.model.hearing_list import Signature, Standing
from reviewflow.model.opinion import Adoption
from reviewflow.queries.hearings import GroupRow, HearingPage
from web.api.wire import Answer, Day, Instant


class HearingPlan(Answer):
    """When and where, and until when people enrol."""

    planned_on: Day | None
    starts_at: str
    place: str
    contact: str
    observers: int
    enrol_until: Day | None
    announced_on: Day | None
    selected_on: Day | None
    seed_source: str


class HearingDays(Answer):
    """The days that follow from the day of the hearing."""

    announce_by: Day
    deliver_by: Day
    planned_delivery: Day


class HearingDraw(Answer):
    """The list of a group as it was published, and what was drawn from it."""

    list_digest: str
    published_at: Instant
    seed: str | None
    drawn_at: Instant | None
    result: list[int]


class HearingGroup(Answer):
    """A group with its places."""

    id: int
    name: str
    quota: int
    how: Choosing
    enrolled: int
    chosen: int
    draw: HearingDraw | None


class HearingApplicant(Answer):
    """Somebody who wants to take part; the number is that of the published list."""

    id: int
    group_id: int
    number: int | None
    name: str
    contact: str
    represents: str
    reason: str
    enrolled_at: Instant


class HearingApplicants(Answer):
    """A part of the list of those who enrolled."""

    items: list[HearingApplicant]
    total: int
    next: str | None


class HearingParticipant(Answer):
    """Somebody on the list of participants."""

    id: int
    group_id: int
    name: str
    contact: str
    represents: str
    place: int
    standing: Standing
    delivered_on: Day | None
    delivery: str
    turn: int | None
    attended: bool | None
    signature: Signature | None
    note: str


class HearingOpinion(Answer):
    """One point that was made, and what becomes of it."""

    id: int
    participant_id: int
    speaker: str
    clause: str
    text: str
    adoption: Adoption | None
    reason: str


class HearingOutcome(Answer):
    """What the steps recorded."""

    is_held: bool
    reason: str
    announced_on: Day | None
    delivered_on: Day | None
    held_on: Day | None


class Hearing(Answer):
    """The hearing of a case; the step is the one that waits for who asks."""

    is_wanted: bool | None
    reason: str
    step: str | None
    plan: HearingPlan | None
    days: HearingDays | None
    groups: list[HearingGroup]
    participants: list[HearingParticipant]
    present: int
    least_present: int
    opinions: list[HearingOpinion]
    outcome: HearingOutcome | None
    is_public: bool


def hearing_shape(page: HearingPage) -> Hearing:
    """Return how a hearing looks now."""
    return Hearing(
        is_wanted=page.is_wanted,
        reason=page.reason,
        step=page.step or None,
        plan=HearingPlan.model_validate(page.plan) if page.plan else None,
        days=_days(page),
        groups=[_group(row) for row in page.rows],
        participants=[
            HearingParticipant.model_validate(one)
            for row in page.rows
            for one in row.listed
        ],
        present=page.present,
        least_present=page.least_present,
        opinions=_opinions(page),
        outcome=HearingOutcome.model_validate(page.result) if page.result else None,
        is_public=page.is_public,
    )


def _days(page: HearingPage) -> HearingDays | None:
    if page.days is None:
        return None
    return HearingDays(
        announce_by=page.days.notice.latest_on,
        deliver_by=page.days.latest_delivery,
        planned_delivery=page.days.planned_delivery,
    )


def _group(row: GroupRow) -> HearingGroup:
    return HearingGroup(
        id=row.group.id,
        name=row.group.name,
        quota=row.group.quota,
        how=row.group.how,
        enrolled=len(row.enrolled),
        chosen=row.chosen,
        draw=_draw(row),
    )


def _draw(row: GroupRow) -> HearingDraw | None:
    if row.draw is None:
        return None
    return HearingDraw(
        list_digest=row.draw.list_digest,
        published_at=row.draw.published_at,
        seed=row.draw.seed,
        drawn_at=row.draw.drawn_at,
        result=[int(number) for number in row.draw.result.split(",") if number],
    )


def _opinions(page: HearingPage) -> list[HearingOpinion]:
    return [
        HearingOpinion(
            id=one.id,
            participant_id=one.participant_id,
            speaker=one.participant.name,
            clause=one.clause,
            text=one.text,
            adoption=one.adoption,
            reason=one.reason,
        )
        for one in page.opinions
    ]
