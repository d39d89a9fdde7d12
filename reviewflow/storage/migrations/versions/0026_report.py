"""What people write into yearly reports is kept, every wording of it."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the triggers that keep it."""
    op.create_table(
        "report_text",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_report_text_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name="fk_report_text_written_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_text"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_report_text_organ_id_year_report",
        "report_text",
        ["organ_id", "year", "report"],
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_report_text_{act.lower()} BEFORE {act} "
            "ON report_text WHEN 1 "
            "BEGIN SELECT RAISE(ABORT, 'report_text is history'); END"
        )
