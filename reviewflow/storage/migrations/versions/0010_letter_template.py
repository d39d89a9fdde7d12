"""Templates of letters can be made here, in Word."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_template",
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(act = 'SHIPPED') = (sha256 = '')",
            name="ck_letter_template_a_file_unless_shipped",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name="fk_letter_template_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter_template"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_letter_template_wording_at", "letter_template", ["wording", "at"]
    )
