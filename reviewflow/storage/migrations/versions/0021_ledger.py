"""What happened before the system is entered from ledgers, and marked so."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the ledgers and their rows; no document has come from one yet."""
    op.create_table(
        "ledger_import",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by_id"],
            ["user.id"],
            name="fk_ledger_import_imported_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_import"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_ledger_import_imported_by_id", "ledger_import", ["imported_by_id"]
    )
    op.create_table(
        "ledger_entry",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("review_conclusion", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_ledger_entry_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["ledger_import.id"],
            name="fk_ledger_entry_import_id_ledger_import",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
        sa.UniqueConstraint("case_id", name="uq_ledger_entry_case_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_entry_import_id", "ledger_entry", ["import_id"])
    op.add_column(
        "publication", sa.Column("backfilled_at", sa.DateTime(), nullable=True)
    )
