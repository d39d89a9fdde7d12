"""Figures of a period are frozen, signed, and stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the triggers that keep it."""
    texts = ("snapshot", "sha256", "signature", "public_key")
    op.create_table(
        "bulletin",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_bulletin_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name="fk_bulletin_made_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin"),
        sqlite_strict=True,
    )
    op.create_index("ix_bulletin_organ_id_period", "bulletin", ["organ_id", "period"])
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_bulletin_{act.lower()} BEFORE {act} ON bulletin "
            "WHEN 1 BEGIN SELECT RAISE(ABORT, 'bulletin is history'); END"
        )
