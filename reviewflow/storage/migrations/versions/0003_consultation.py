"""What the public and other units say of a draft is kept and answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DATE = sa.Date().with_variant(sa.Text(), "sqlite")
YES_NO = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("consultation", sa.Column("ends_on", DATE, nullable=True))
    op.add_column(
        "consultation",
        sa.Column("is_public", YES_NO, nullable=False, server_default=sa.false()),
    )
    for name in ("notice_version_id", "draft_version_id"):
        op.execute(
            f"ALTER TABLE consultation ADD COLUMN {name} INTEGER "
            f"CONSTRAINT fk_consultation_{name}_document_version "
            "REFERENCES document_version (id)"
        )
    op.create_table(
        "comment_group",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("adoption", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "adoption IS NULL OR adoption = 'FULL' OR reason <> ''",
            name="ck_comment_group_reason_when_not_all_taken",
        ),
        sa.CheckConstraint(
            "(adoption IS NULL) = (answered_at IS NULL)",
            name="ck_comment_group_answered_at_some_time",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_comment_group_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name="fk_comment_group_consultation_id_consultation",
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["user.id"],
            name="fk_comment_group_answered_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment_group"),
        sa.UniqueConstraint(
            "consultation_id",
            "number",
            name="uq_comment_group_consultation_id_number",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_comment_group_case_id", "comment_group", ["case_id"])
    op.create_table(
        "comment",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("origin_digest", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_comment_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name="fk_comment_consultation_id_consultation",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["comment_group.id"],
            name="fk_comment_group_id_comment_group",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint(
            "consultation_id", "number", name="uq_comment_consultation_id_number"
        ),
        sa.UniqueConstraint(
            "consultation_id",
            "origin_digest",
            name="uq_comment_consultation_id_origin_digest",
        ),
        sa.UniqueConstraint("receipt", name="uq_comment_receipt"),
        sqlite_strict=True,
    )
    op.create_index("ix_comment_case_id", "comment", ["case_id"])
    op.create_index("ix_comment_group_id", "comment", ["group_id"])
    op.create_table(
        "unit_opinion",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column("settlement_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stance IS NULL) = (answered_on IS NULL)",
            name="ck_unit_opinion_answered_some_day",
        ),
        sa.CheckConstraint(
            "settlement IS NULL OR (stance = 'DISAGREE' AND settlement_note <> '')",
            name="ck_unit_opinion_only_disagreement_is_settled",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_unit_opinion_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_unit_opinion_unit_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit_opinion"),
        sa.UniqueConstraint(
            "case_id", "unit_id", name="uq_unit_opinion_case_id_unit_id"
        ),
        sqlite_strict=True,
    )
