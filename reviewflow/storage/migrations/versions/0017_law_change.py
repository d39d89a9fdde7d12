"""Limits and holidays are changed by two people; timers know their limit."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "law_change",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "register IN ('LIMIT', 'YEAR')", name="ck_law_change_known_register"
        ),
        sa.CheckConstraint(
            "(serial IS NULL) = (approved_at IS NULL)",
            name="ck_law_change_approved_has_its_serial",
        ),
        sa.CheckConstraint(
            "serial IS NULL OR dropped_at IS NULL",
            name="ck_law_change_approved_is_not_dropped",
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{act}_by_id"], ["user.id"], name=f"fk_law_change_{act}_by_id_user"
            )
            for act in ("proposed", "approved")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_law_change"),
        sa.UniqueConstraint("serial", name="uq_law_change_serial"),
        sqlite_strict=True,
    )
    limit = sa.Column("limit_id", sa.Text(), nullable=False, server_default="")
    op.add_column("timer", limit)
