"""Meetings have a place."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the place; of meetings planned before, nobody has said it."""
    place = sa.Column("place", sa.Text(), nullable=False, server_default="")
    op.add_column("meeting", place)
