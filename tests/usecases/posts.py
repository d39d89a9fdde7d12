"""Posts of the cast, by person and role."""

import sqlalchemy as sa

from reviewflow.model.people import Membership, Role
from tests.conftest import As


def post_of(as_: As, user_id: int, role: Role) -> int:
    """Return the id of a post somebody holds."""
    with as_(None) as work:
        return work.session.scalars(
            sa.select(Membership.id).where(
                Membership.user_id == user_id, Membership.role == role
            )
        ).one()
