"""A review and a consultation may be put off; what was said before is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DATE = sa.Date().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "case_deadline",
        sa.Column("extended_by", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("case_deadline", sa.Column("extended_on", DATE, nullable=True))
    op.add_column("consultation", sa.Column("first_ends_on", DATE, nullable=True))
    op.add_column(
        "consultation",
        sa.Column("extension_reason", sa.Text(), nullable=False, server_default=""),
    )
