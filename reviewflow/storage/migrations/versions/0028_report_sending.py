"""That a yearly report was sent is kept, with the digest of what went out."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

WORDS = ("report", "receiver", "number", "file_name", "file_type", "file_sha256")
PROOFS = ("rule_version", "paper_sha256", "reason", "signature", "public_key")
NUMBERS = ("organ_id", "year", "file_bytes", "paper_bytes", "recorded_by_id", "id")


def upgrade() -> None:
    """Add the table, and the triggers that keep it."""
    op.create_table(
        "report_sending",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*WORDS, *PROOFS)),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(replaces_id IS NULL) = (reason = '')",
            name="ck_report_sending_replaced_for_a_reason",
        ),
        sa.CheckConstraint(
            "sent_on IS NOT NULL OR replaces_id IS NOT NULL",
            name="ck_report_sending_sent_at_first",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_report_sending_{column}_{table}"
            )
            for column, table in (
                ("organ_id", "unit"),
                ("replaces_id", "report_sending"),
                ("recorded_by_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_sending"),
        sa.UniqueConstraint("replaces_id", name="uq_report_sending_replaces_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_report_sending_organ_id_year_report",
        "report_sending",
        ["organ_id", "year", "report"],
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_report_sending_{act.lower()} BEFORE {act} "
            "ON report_sending WHEN 1 "
            "BEGIN SELECT RAISE(ABORT, 'report_sending is history'); END"
        )
