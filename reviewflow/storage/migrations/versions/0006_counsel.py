"""The register of counsel, and what each of them is asked and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counsel",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("firm", sa.Text(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "term_to IS NULL OR term_to >= term_from",
            name="ck_counsel_term_ends_after_it_begins",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_counsel_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_counsel"),
        sa.UniqueConstraint("user_id", name="uq_counsel_user_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "advice",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("counsel_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("no_conflict", sa.Boolean(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("adoption", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (no_conflict IS NULL)",
            name="ck_advice_signed_with_statement",
        ),
        sa.CheckConstraint(
            "released_at IS NULL OR signed_at IS NOT NULL",
            name="ck_advice_released_once_signed",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_advice_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["counsel_id"], ["user.id"], name="fk_advice_counsel_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_advice_task_id_task"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_advice_document_id_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_advice"),
        sa.UniqueConstraint("task_id", name="uq_advice_task_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_advice_case_id", "advice", ["case_id"])
    op.create_index("ix_advice_counsel_id", "advice", ["counsel_id"])
