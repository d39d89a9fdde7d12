"""An error of a published document is put right."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erratum",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_document.id"],
            name="fk_erratum_document_id_library_document",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name="fk_erratum_made_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_erratum"),
        sqlite_strict=True,
    )
    op.create_index("ix_erratum_document_id", "erratum", ["document_id"])
