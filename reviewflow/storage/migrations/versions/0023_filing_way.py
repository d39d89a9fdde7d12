"""A filing that went to a receiver outside tells how."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the way; what was sent before was sent here."""
    way = sa.Column("way", sa.Text(), nullable=False, server_default="")
    op.add_column("filing_submission", way)
