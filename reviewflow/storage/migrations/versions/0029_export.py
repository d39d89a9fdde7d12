"""Registers are made beside the pages, and a notice may tell of a job."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEPT = (
    "id, case_id, user_id, template, text, dedupe_key, created_at, sent_at, read_at, "
    "tries, next_try_at"
)


def upgrade() -> None:
    """Add what is kept of made files; let a notice be about a job instead of a case."""
    _exports()
    op.rename_table("outbox_message", "outbox_message_before")
    for index in ("case_id", "user_id", "waiting"):
        op.drop_index(f"ix_outbox_message_{index}", "outbox_message_before")
    _outbox()
    op.execute(
        f"INSERT INTO outbox_message ({KEPT}) SELECT {KEPT} FROM outbox_message_before"
    )
    op.drop_table("outbox_message_before")
    for column in ("case_id", "user_id"):
        op.create_index(f"ix_outbox_message_{column}", "outbox_message", [column])
    op.create_index(
        "ix_outbox_message_waiting",
        "outbox_message",
        ["id"],
        sqlite_where=sa.text("sent_at IS NULL"),
    )


def _exports() -> None:
    op.create_table(
        "export",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_export_job_id_job"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_export_owner_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_export"),
        sa.UniqueConstraint("job_id", name="uq_export_job_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_export_owner_id", "export", ["owner_id"])
    op.create_index("ix_export_kept_until", "export", ["kept_until"])
    op.create_index("ix_job_asked_by_id", "job", ["asked_by_id"])


def _outbox() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_outbox_message_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name="fk_outbox_message_job_id_job"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_outbox_message_user_id_user"
        ),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (job_id IS NULL)",
            name="ck_outbox_message_about_one_thing",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_message"),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_message_dedupe_key"),
        sqlite_strict=True,
    )
