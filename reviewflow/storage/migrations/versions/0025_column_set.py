"""Columns that somebody chose for a register are kept under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the sets of columns; nobody has kept one yet."""
    op.create_table(
        "column_set",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_column_set_owner_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_column_set"),
        sa.UniqueConstraint(
            "owner_id",
            "register",
            "name",
            name="uq_column_set_owner_id_register_name",
        ),
        sqlite_strict=True,
    )
