"""Who works for an organ: keeps its meetings, publishes, files, reviews."""

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.model.people import Level, Role, Unit, UnitDuty
from reviewflow.work import Work


def actor_keeps_meetings(work: Work, body_id: int) -> bool:
    """The actor is the secretary of a body's meetings (会议秘书).

    In towns, who receives the papers keeps the meetings too.
    """
    if work.actor.holds(Role.MEETING_SECRETARY, body_id):
        return True
    body = work.session.get(Unit, body_id)
    is_town = body is not None and body.level is Level.TOWN
    return is_town and work.actor.holds(Role.OFFICE_INTAKE, body_id)


def organs_kept(work: Work) -> list[Unit]:
    """Return the organs whose meetings the actor keeps, in official order.

    A government's office keeps those of the government.
    """
    roles = (Role.MEETING_SECRETARY, Role.OFFICE_INTAKE)
    ids = {unit_id for role, unit_id in work.actor.posts if role in roles}
    bodies = work.session.scalars(
        sa.select(Unit)
        .where(Unit.id.in_(ids), Unit.is_active)
        .order_by(Unit.position, Unit.id)
    )
    return [
        body.government
        if body.duty is UnitDuty.OFFICE and body.government is not None
        else body
        for body in bodies
        if actor_keeps_meetings(work, body.id)
    ]


def actor_publishes_for(work: Work, maker: Unit) -> bool:
    """The actor publishes or files what an organ makes."""
    body, filer = organs.working_body(work, maker), organs.filer_of(work, maker)
    holds = work.actor.holds
    return holds(Role.PUBLISHER, body.id) or holds(Role.FILER, filer.id)


def actor_reviews_for(work: Work, organ: Unit) -> bool:
    """The actor is of the office that reviews what an organ makes (法制机构)."""
    office = organs.handler_of(work, organ)
    roles = (Role.REVIEW_INTAKE, Role.REVIEW_SIGNER, Role.UNIT_LEGAL)
    return any(work.actor.holds(role, office.id) for role in roles)


def organs_reviewed_by(work: Work) -> list[Unit]:
    """Return the organs whose review office the actor is of, in official order."""
    units = work.session.scalars(
        sa.select(Unit)
        .where(Unit.is_active, Unit.sort.in_(organs.MAKING))
        .order_by(Unit.position, Unit.id)
    )
    return [unit for unit in units if actor_reviews_for(work, unit)]
