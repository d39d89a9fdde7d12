"""Who reads and writes the yearly reports of which government (年度报告)."""

import sqlalchemy as sa

from reviewflow.model.people import Role, Unit, UnitDuty, UnitSort
from reviewflow.permissions import REVIEWING, Actor

AT_DESK = REVIEWING | {Role.FILING_REVIEWER}
"""Who writes or reads reports in a review office."""
HEADS = frozenset({Role.UNIT_HEAD, Role.DECISION_HEAD})
"""Who reads them at the head of a review office, or of a government in its office."""


def reported(actor: Actor) -> sa.Select[tuple[int | None]]:
    """Select the governments whose yearly reports the actor reads or writes.

    Auditors read those of the government they belong to; of others, reviewers and
    filing reviewers of its review office, and heads there and in its own office.
    """
    desk = Unit.id.in_(_units(actor, AT_DESK))
    head = Unit.id.in_(_units(actor, HEADS))
    serving = sa.or_(
        Unit.id.in_(_units(actor, frozenset({Role.AUDITOR}))),
        desk & (Unit.sort == UnitSort.GOVERNMENT),
        (desk | head) & (Unit.duty == UnitDuty.REVIEW),
        head & (Unit.duty == UnitDuty.OFFICE),
    )
    served = sa.case(
        (Unit.sort == UnitSort.GOVERNMENT, Unit.id), else_=Unit.government_id
    )
    return sa.select(served).where(serving)


def _units(actor: Actor, roles: frozenset[Role]) -> list[int]:
    return sorted({unit_id for role, unit_id in actor.posts if role in roles})
