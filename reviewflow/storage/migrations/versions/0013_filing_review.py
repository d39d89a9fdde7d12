"""What was filed is reviewed, objected to, mended."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

DATES = ("decided_on", "correct_by", "reported_on", "settled_on", "referred_on")


def upgrade() -> None:
    op.create_table(
        "filing_review",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("limit_id", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DATES),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verdict IS NULL) = (decided_on IS NULL)",
            name="ck_filing_review_verdict_has_its_day",
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["filing_obligation.id"],
            name="fk_filing_review_obligation_id_filing_obligation",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_filing_review_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_review"),
        sa.UniqueConstraint("obligation_id", name="uq_filing_review_obligation_id"),
        sa.UniqueConstraint("case_id", name="uq_filing_review_case_id"),
        sqlite_strict=True,
    )
