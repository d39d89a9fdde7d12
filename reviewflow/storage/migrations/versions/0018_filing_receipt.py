"""Filings are confirmed by a receipt with a digest of what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

HAS_CODE = sa.text("receipt_code <> ''")


def upgrade() -> None:
    """Add the receipt; what was sent before has none."""
    for name in ("receipt_number", "receipt_code", "manifest_digest"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("filing_submission", column)
    manifest = sa.Column("manifest", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("filing_submission", manifest)
    op.create_index(
        "uq_filing_submission_receipt_code",
        "filing_submission",
        ["receipt_code"],
        unique=True,
        sqlite_where=HAS_CODE,
        postgresql_where=HAS_CODE,
    )
