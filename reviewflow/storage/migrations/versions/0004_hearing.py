"""A hearing is planned, enrolled for, drawn, delivered, attended and signed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hearing_group",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quota > 0", name="ck_hearing_group_some_places"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_group_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_group"),
        sa.UniqueConstraint("case_id", "name", name="uq_hearing_group_case_id_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "hearing_plan",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("enrol_until", sa.Date(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("observers", sa.Integer(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("selected_on", sa.Date(), nullable=True),
        sa.Column("seed_source", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_plan_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_plan"),
        sa.UniqueConstraint("case_id", name="uq_hearing_plan_case_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "hearing_applicant",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("represents", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_applicant_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["user.id"],
            name="fk_hearing_applicant_entered_by_id_user",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["hearing_group.id"],
            name="fk_hearing_applicant_group_id_hearing_group",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_applicant"),
        sa.UniqueConstraint("code", name="uq_hearing_applicant_code"),
        sa.UniqueConstraint("form_key", name="uq_hearing_applicant_form_key"),
        sa.UniqueConstraint(
            "group_id",
            "name",
            "contact",
            name="uq_hearing_applicant_group_id_name_contact",
        ),
        sa.UniqueConstraint(
            "group_id", "number", name="uq_hearing_applicant_group_id_number"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_hearing_applicant_case_id", "hearing_applicant", ["case_id"])
    op.create_table(
        "hearing_draw",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("list_text", sa.Text(), nullable=False),
        sa.Column("list_digest", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(drawn_at IS NULL) = (seed IS NULL)", name="ck_hearing_draw_drawn_by_seed"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_draw_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["user.id"], name="fk_hearing_draw_drawn_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["hearing_group.id"],
            name="fk_hearing_draw_group_id_hearing_group",
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user.id"],
            name="fk_hearing_draw_published_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_draw"),
        sa.UniqueConstraint("group_id", name="uq_hearing_draw_group_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_hearing_draw_case_id", "hearing_draw", ["case_id"])
    op.create_table(
        "hearing_participant",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("represents", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "signature IS NULL OR signature <> 'REFUSED' OR note <> ''",
            name="ck_hearing_participant_refusal_has_note",
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["hearing_applicant.id"],
            name="fk_hearing_participant_applicant_id_hearing_applicant",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_participant_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["hearing_group.id"],
            name="fk_hearing_participant_group_id_hearing_group",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_participant"),
        sa.UniqueConstraint("applicant_id", name="uq_hearing_participant_applicant_id"),
        sa.UniqueConstraint(
            "group_id", "place", name="uq_hearing_participant_group_id_place"
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_hearing_participant_case_id", "hearing_participant", ["case_id"]
    )
    op.create_table(
        "hearing_opinion",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("adoption", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "adoption IS NULL OR adoption = 'FULL' OR reason <> ''",
            name="ck_hearing_opinion_reason_if_not_adopted",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_opinion_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["hearing_participant.id"],
            name="fk_hearing_opinion_participant_id_hearing_participant",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_opinion"),
        sqlite_strict=True,
    )
    op.create_index("ix_hearing_opinion_case_id", "hearing_opinion", ["case_id"])
