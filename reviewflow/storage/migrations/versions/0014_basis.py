"""What every provision of a draft rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXTS = ("clause", "provision", "nature", "source", "quote", "note")


def upgrade() -> None:
    op.create_table(
        "basis",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name="ck_basis_ended_by_someone",
        ),
        sa.CheckConstraint(
            "CASE WHEN nature = 'OWN' THEN source = '' AND quote = '' AND note <> ''"
            " ELSE source <> '' AND quote <> '' END",
            name="ck_basis_a_basis_or_a_statement",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_basis_case_id_case"),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name="fk_basis_entered_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user.id"], name="fk_basis_ended_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["basis.id"], name="fk_basis_replaces_id_basis"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_basis"),
        sa.UniqueConstraint("replaces_id", name="uq_basis_replaces_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_basis_case_id", "basis", ["case_id"])
    op.create_table(
        "basis_table",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("laid_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_basis_table_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name="fk_basis_table_version_id_document_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_basis_table"),
        sa.UniqueConstraint("version_id", name="uq_basis_table_version_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_basis_table_case_id", "basis_table", ["case_id"])
