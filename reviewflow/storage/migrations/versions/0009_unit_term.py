"""What holds of a unit from a day on: review bodies, powers, advisers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_term",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name="ck_unit_term_span"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_unit_term_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name="fk_unit_term_entered_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit_term"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_term_unit_id", "unit_term", ["unit_id"])
