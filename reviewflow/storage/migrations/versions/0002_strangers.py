"""What people without an account send is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stranger_act",
        sa.Column("address_digest", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stranger_act"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_stranger_act_address_digest_at", "stranger_act", ["address_digest", "at"]
    )
