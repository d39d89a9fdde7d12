"""Errors put right, reviews hastened, referrals decided, lists of rules sent."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DATE = sa.Date().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _errata()
    _emergencies()
    _rulings()
    _rule_lists()


def _errata() -> None:
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


def _emergencies() -> None:
    op.create_table(
        "emergency_request",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(is_approved IS NULL) = (decided_at IS NULL)",
            name="ck_emergency_request_decided_when",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_emergency_request_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name="fk_emergency_request_asked_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user.id"],
            name="fk_emergency_request_decided_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_request"),
        sqlite_strict=True,
    )
    op.create_index("ix_emergency_request_case_id", "emergency_request", ["case_id"])


def _rulings() -> None:
    op.add_column("filing_review", sa.Column("ruling", sa.Text(), nullable=True))
    op.add_column(
        "filing_review",
        sa.Column("ruling_number", sa.Text(), nullable=False, server_default=""),
    )
    op.add_column("filing_review", sa.Column("ruled_on", DATE, nullable=True))


def _rule_lists() -> None:
    op.create_table(
        "rule_list",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("receipt_name", sa.Text(), nullable=False),
        sa.Column("receipt_type", sa.Text(), nullable=False),
        sa.Column("receipt_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_rule_list_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user.id"], name="fk_rule_list_sent_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_list"),
        sqlite_strict=True,
    )
    op.create_index("ix_rule_list_organ_id", "rule_list", ["organ_id", "year"])
    op.create_table(
        "rule_list_line",
        sa.Column("rule_list_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_list_id"],
            ["rule_list.id"],
            name="fk_rule_list_line_rule_list_id_rule_list",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_document.id"],
            name="fk_rule_list_line_document_id_library_document",
        ),
        sa.UniqueConstraint(
            "rule_list_id", "document_id", name="uq_rule_list_line_rule_list_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_list_line"),
        sqlite_strict=True,
    )
    op.create_index("ix_rule_list_line_document_id", "rule_list_line", ["document_id"])
