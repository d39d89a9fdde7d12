"""Yearly catalogues of decisions and plans of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_reference", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_catalogue_organ_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
        sa.UniqueConstraint(
            "organ_id", "sort", "year", name="uq_catalogue_organ_id_sort_year"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "catalogue_item",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("undertaker_id", sa.Integer(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_adjustment", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue.id"],
            name="fk_catalogue_item_catalogue_id_catalogue",
        ),
        sa.ForeignKeyConstraint(
            ["undertaker_id"], ["unit.id"], name="fk_catalogue_item_undertaker_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["user.id"],
            name="fk_catalogue_item_proposed_by_id_user",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name="fk_catalogue_item_settled_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_catalogue_item_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_item"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_catalogue_item_catalogue_id", "catalogue_item", ["catalogue_id"]
    )
