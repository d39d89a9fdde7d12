"""Organs that issued a document together with its maker are kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who issued a document with its maker; until now that was free text."""
    op.create_table(
        "joint_maker",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name="fk_joint_maker_publication_id_publication",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_joint_maker_unit_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_joint_maker"),
        sa.UniqueConstraint(
            "publication_id", "unit_id", name="uq_joint_maker_publication_id_unit_id"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_joint_maker_unit_id", "joint_maker", ["unit_id"])
