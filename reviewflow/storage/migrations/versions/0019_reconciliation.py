"""Lists of issued documents are matched with what is known."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add lists, their rows, and what their columns are."""
    _add_lists()
    _add_rows()
    op.create_table(
        "reconciliation_columns",
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _points_to("reconciliation_columns", "keeper_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_reconciliation_columns"),
        sa.UniqueConstraint(
            "keeper_id", "headings", name="uq_reconciliation_columns_keeper_id_headings"
        ),
        sqlite_strict=True,
    )


def _add_lists() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=True),
        sa.Column("matched_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _points_to("reconciliation", "keeper_id", "unit"),
        _points_to("reconciliation", "maker_id", "unit"),
        _points_to("reconciliation", "sent_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name="pk_reconciliation"),
        sqlite_strict=True,
    )
    op.create_index("ix_reconciliation_keeper_id", "reconciliation", ["keeper_id"])


def _add_rows() -> None:
    name = "reconciliation_row"
    op.create_table(
        name,
        sa.Column("reconciliation_id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("doc_number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_rules(name),
        _points_to(name, "reconciliation_id", "reconciliation"),
        _points_to(name, "keeper_id", "unit"),
        _points_to(name, "maker_id", "unit"),
        _points_to(name, "publication_id", "publication"),
        _points_to(name, "settled_by_id", "user"),
        _points_to(name, "case_id", "case"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("keeper_id", "digest", name=f"uq_{name}_keeper_id_digest"),
        sqlite_strict=True,
    )
    op.create_index(
        f"ix_{name}_reconciliation_id_state", name, ["reconciliation_id", "state"]
    )


def _rules(name: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(
            "(state = 'OMITTED') = (case_id IS NOT NULL)",
            name=f"ck_{name}_omitted_has_a_case",
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=f"ck_{name}_settled_by_someone",
        ),
        sa.CheckConstraint(
            "state NOT IN ('NOT_NORMATIVE', 'OMITTED') OR reason <> ''",
            name=f"ck_{name}_classified_with_a_reason",
        ),
    ]


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}"
    )
