"""Meetings with agenda, attendance and statements; what is recorded stays."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RECORDED = (
    "EXISTS (SELECT 1 FROM agenda_item i WHERE i.{key} AND i.recorded_at IS NOT NULL)"
)
OF_ITEM = RECORDED.format(key="id = {row}.item_id")
OF_MEETING = RECORDED.format(key="meeting_id = {row}.meeting_id")
KEPT = (
    # table, act, when it is history
    ("agenda_item", "UPDATE", "OLD.recorded_at IS NOT NULL"),
    ("agenda_item", "DELETE", "OLD.recorded_at IS NOT NULL"),
    ("statement", "INSERT", OF_ITEM.format(row="NEW")),
    ("statement", "UPDATE", OF_ITEM.format(row="OLD")),
    ("statement", "DELETE", OF_ITEM.format(row="OLD")),
    ("attendee", "INSERT", OF_MEETING.format(row="NEW")),
    ("attendee", "UPDATE", OF_MEETING.format(row="OLD")),
    ("attendee", "DELETE", OF_MEETING.format(row="OLD")),
    ("meeting_supplement", "UPDATE", "1"),
    ("meeting_supplement", "DELETE", "1"),
)


def upgrade() -> None:
    create_tables()
    for table, act, when in KEPT:
        op.execute(
            f"CREATE TRIGGER keep_{table}_{act.lower()} BEFORE {act} ON {table} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{table} is history'); END"
        )


def create_tables() -> None:
    op.create_table(
        "meeting",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["unit.id"], name="fk_meeting_keeper_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["unit.id"], name="fk_meeting_organ_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("organ_id", "name", name="uq_meeting_organ_id_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "attendee",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT is_head OR (is_member AND presence = 'PRESENT')",
            name="ck_attendee_head_is_there",
        ),
        sa.CheckConstraint(
            "presence <> 'LEAVE' OR reason <> ''", name="ck_attendee_leave_reason"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_attendee_meeting_id_meeting"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendee"),
        sa.UniqueConstraint("meeting_id", "name", name="uq_attendee_meeting_id_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("departure_reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recorded_at IS NULL OR decision IS NOT NULL",
            name="ck_agenda_item_recorded_decision",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_agenda_item_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_agenda_item_meeting_id_meeting"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name="fk_agenda_item_recorded_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sa.UniqueConstraint(
            "meeting_id", "case_id", name="uq_agenda_item_meeting_id_case_id"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "statement",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "voice <> 'DISAGREE' OR text <> ''", name="ck_statement_dissent_text"
        ),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name="fk_statement_attendee_id_attendee"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_statement_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name="fk_statement_item_id_agenda_item"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint(
            "item_id", "attendee_id", name="uq_statement_item_id_attendee_id"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "meeting_supplement",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name="fk_meeting_supplement_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_meeting_supplement_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agenda_item.id"],
            name="fk_meeting_supplement_item_id_agenda_item",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_supplement"),
        sqlite_strict=True,
    )
    op.create_index("ix_meeting_keeper_id", "meeting", ["keeper_id"])
    op.create_index("ix_agenda_item_case_id", "agenda_item", ["case_id"])
    op.create_index("ix_statement_case_id", "statement", ["case_id"])
    op.create_index("ix_meeting_supplement_item_id", "meeting_supplement", ["item_id"])
    op.create_index("ix_meeting_supplement_case_id", "meeting_supplement", ["case_id"])
