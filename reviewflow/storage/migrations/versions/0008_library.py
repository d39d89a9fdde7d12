"""The library of published documents, relations, clean-ups, post-assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FILL = """
INSERT INTO library_document (
    publication_id, case_id, unit_id, valid_until, long_reason, is_pilot, entered_on
)
SELECT publication.id, publication.case_id, "case".unit_id, publication.valid_until,
    '', {false}, date(publication.recorded_at)
FROM publication JOIN "case" ON "case".id = publication.case_id
WHERE publication.published_on IS NOT NULL AND "case".status <> 'WITHDRAWN'
ORDER BY publication.id
"""
"""What is published already is in the library from the day it was recorded."""


def upgrade() -> None:
    op.create_table(
        "library_document",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("long_reason", sa.Text(), nullable=False),
        sa.Column("is_pilot", sa.Boolean(), nullable=False),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_as", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("validity_case_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name="fk_library_document_publication_id_publication",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_library_document_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_library_document_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["validity_case_id"],
            ["case.id"],
            name="fk_library_document_validity_case_id_case",
        ),
        sa.UniqueConstraint("case_id", name="uq_library_document_case_id"),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_as IS NULL)",
            name="ck_library_document_ended_how",
        ),
        sa.UniqueConstraint(
            "publication_id", name="uq_library_document_publication_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_library_document"),
        sqlite_strict=True,
    )
    op.create_index("ix_library_document_unit_id", "library_document", ["unit_id"])
    op.create_index(
        "ix_library_document_valid_until", "library_document", ["valid_until"]
    )
    op.create_index(
        "ix_library_document_validity_case_id", "library_document", ["validity_case_id"]
    )
    op.create_table(
        "document_relation",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("changed_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_document.id"],
            name="fk_document_relation_document_id_library_document",
        ),
        sa.ForeignKeyConstraint(
            ["changed_id"],
            ["library_document.id"],
            name="fk_document_relation_changed_id_library_document",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name="fk_document_relation_made_by_id_user"
        ),
        sa.UniqueConstraint(
            "document_id",
            "changed_id",
            "sort",
            name="uq_document_relation_document_id_changed_id_sort",
        ),
        sa.CheckConstraint(
            "document_id <> changed_id", name="ck_document_relation_not_itself"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document_relation"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_document_relation_changed_id", "document_relation", ["changed_id"]
    )
    op.create_index(
        "ix_document_relation_document_id", "document_relation", ["document_id"]
    )
    op.create_table(
        "cleanup",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_cleanup_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["user.id"], name="fk_cleanup_started_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cleanup"),
        sqlite_strict=True,
    )
    op.create_index("ix_cleanup_organ_id", "cleanup", ["organ_id"])
    op.create_table(
        "cleanup_item",
        sa.Column("cleanup_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_reason", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cleanup_id"], ["cleanup.id"], name="fk_cleanup_item_cleanup_id_cleanup"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_document.id"],
            name="fk_cleanup_item_document_id_library_document",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_cleanup_item_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name="fk_cleanup_item_answered_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user.id"],
            name="fk_cleanup_item_confirmed_by_id_user",
        ),
        sa.UniqueConstraint(
            "cleanup_id", "document_id", name="uq_cleanup_item_cleanup_id_document_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cleanup_item"),
        sqlite_strict=True,
    )
    op.create_index("ix_cleanup_item_document_id", "cleanup_item", ["document_id"])
    op.create_index("ix_cleanup_item_unit_id", "cleanup_item", ["unit_id"])
    op.create_table(
        "post_assessment",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("report_name", sa.Text(), nullable=False),
        sa.Column("report_type", sa.Text(), nullable=False),
        sa.Column("report_sha256", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("finished_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_post_assessment_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_document.id"],
            name="fk_post_assessment_document_id_library_document",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_post_assessment_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["user.id"], name="fk_post_assessment_planned_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["finished_by_id"],
            ["user.id"],
            name="fk_post_assessment_finished_by_id_user",
        ),
        sa.UniqueConstraint(
            "organ_id",
            "year",
            "document_id",
            name="uq_post_assessment_organ_id_year_document_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_post_assessment"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_post_assessment_document_id", "post_assessment", ["document_id"]
    )
    op.create_index("ix_post_assessment_unit_id", "post_assessment", ["unit_id"])
    false = "false" if op.get_bind().dialect.name == "postgresql" else "0"
    op.execute(FILL.format(false=false))
