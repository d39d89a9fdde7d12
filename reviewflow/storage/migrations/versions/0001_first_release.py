"""All tables of the first release, and triggers that keep history as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("event", "document_version", "process_version", "audit_record")


def upgrade() -> None:
    create_tables()
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            refuse(table, act, "1")
    refuse("opinion", "UPDATE", "OLD.signed_at IS NOT NULL")
    refuse("opinion", "DELETE", "1")


def refuse(table: str, act: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER keep_{table}_{act.lower()} BEFORE {act} ON {table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{table} is history'); END"
    )


def create_tables() -> None:
    op.create_table(
        "login_attempt",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempt"),
        sqlite_strict=True,
    )
    op.create_index("ix_login_attempt_name_at", "login_attempt", ["name", "at"])
    op.create_table(
        "series",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name="pk_series"),
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("document_prefix", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["government_id"], ["unit.id"], name="fk_unit_government_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["superior_id"], ["unit.id"], name="fk_unit_superior_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("name", name="uq_unit_name"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_government_id", "unit", ["government_id"])
    op.create_table(
        "user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("name", name="uq_user_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "access_token",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_access_token_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_token"),
        sa.UniqueConstraint("digest", name="uq_access_token_digest"),
        sqlite_strict=True,
    )
    op.create_index("ix_access_token_user_id", "access_token", ["user_id"])
    op.create_table(
        "audit_record",
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name="fk_audit_record_actor_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_record"),
        sqlite_strict=True,
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name="ck_membership_span"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_membership_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_membership_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint(
            "user_id",
            "unit_id",
            "role",
            "valid_from",
            name="uq_membership_user_id_unit_id_role_valid_from",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_membership_unit_id", "membership", ["unit_id"])
    op.create_table(
        "process_version",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("deployed_at", sa.DateTime(), nullable=False),
        sa.Column("deployed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployed_by_id"],
            ["user.id"],
            name="fk_process_version_deployed_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_process_version"),
        sa.UniqueConstraint("key", "digest", name="uq_process_version_key_digest"),
        sa.UniqueConstraint("key", "number", name="uq_process_version_key_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "session",
        sa.Column("id_digest", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_session_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id_digest", name="pk_session"),
        sqlite_strict=True,
    )
    op.create_index("ix_session_user_id", "session", ["user_id"])
    op.create_table(
        "submission",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_digest", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_submission_user_id_user"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_submission"),
        sqlite_strict=True,
    )
    op.create_table(
        "case",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kind_code", sa.Text(), nullable=False),
        sa.Column("process_version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("issuing_organ_id", sa.Integer(), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nseq", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drafter_id"], ["user.id"], name="fk_case_drafter_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["issuing_organ_id"], ["unit.id"], name="fk_case_issuing_organ_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["case.id"], name="fk_case_parent_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["process_version_id"],
            ["process_version.id"],
            name="fk_case_process_version_id_process_version",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_case_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.UniqueConstraint("number", name="uq_case_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_drafter_id", "case", ["drafter_id"])
    op.create_index("ix_case_kind_status", "case", ["kind", "status"])
    op.create_index("ix_case_parent_id", "case", ["parent_id"])
    op.create_index("ix_case_status", "case", ["status"])
    op.create_index("ix_case_unit_id", "case", ["unit_id"])
    op.create_table(
        "case_party",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("seen_from", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_case_party_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_case_party_unit_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_party"),
        sa.UniqueConstraint("case_id", "part", name="uq_case_party_case_id_part"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_case_party_unit_id_case_id", "case_party", ["unit_id", "case_id"]
    )
    op.create_table(
        "case_person",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_case_person_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_case_person_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_person"),
        sa.UniqueConstraint("case_id", "role", name="uq_case_person_case_id_role"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_person_user_id", "case_person", ["user_id"])
    op.create_table(
        "consultation",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("shortened_reason", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("adopted", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_consultation_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
        sqlite_strict=True,
    )
    op.create_index("ix_consultation_case_id", "consultation", ["case_id"])
    op.create_table(
        "document",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_document_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("case_id", "role", name="uq_document_case_id_role"),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("effective_at", sa.DateTime(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("state_digest", sa.Text(), nullable=False),
        sa.Column("projection_digest", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("alg", sa.Text(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name="fk_event_actor_id_user"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_event_case_id_case"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_event_unit_id_unit"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_event"),
        sqlite_strict=True,
    )
    op.create_table(
        "hearing",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_hearing_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name="fk_hearing_decided_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing"),
        sqlite_strict=True,
    )
    op.create_index("ix_hearing_case_id", "hearing", ["case_id"])
    op.create_table(
        "incident",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_incident_case_id_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        sqlite_strict=True,
    )
    op.create_index("ix_incident_case_id", "incident", ["case_id"])
    op.create_table(
        "opinion",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("doc_number", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("statement_digest", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)",
            name="ck_opinion_signed_by_someone",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_opinion_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["user.id"], name="fk_opinion_checked_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user.id"], name="fk_opinion_signed_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name="fk_opinion_written_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opinion"),
        sa.UniqueConstraint("doc_number", name="uq_opinion_doc_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_opinion_case_id", "opinion", ["case_id"])
    op.create_table(
        "outbox_message",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_outbox_message_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_outbox_message_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_message"),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_message_dedupe_key"),
        sqlite_strict=True,
    )
    op.create_index("ix_outbox_message_case_id", "outbox_message", ["case_id"])
    op.create_index("ix_outbox_message_user_id", "outbox_message", ["user_id"])
    op.create_index(
        "ix_outbox_message_waiting",
        "outbox_message",
        ["id"],
        sqlite_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "publication",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("doc_number", sa.Text(), nullable=False),
        sa.Column("register_number", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("early_reason", sa.Text(), nullable=False),
        sa.Column("simplified_reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_publication_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["maker_id"], ["unit.id"], name="fk_publication_maker_id_unit"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("case_id", name="uq_publication_case_id"),
        sa.UniqueConstraint("doc_number", name="uq_publication_doc_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_publication_maker_id", "publication", ["maker_id"])
    op.create_index("ix_publication_published_on", "publication", ["published_on"])
    op.create_table(
        "task",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("engine_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("verbs", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_is_provisional", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user.id"], name="fk_task_assignee_id_user"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_task_case_id_case"),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user.id"], name="fk_task_done_by_id_user"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_task_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("engine_id", name="uq_task_engine_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_task_assignee_id_closed_at", "task", ["assignee_id", "closed_at"]
    )
    op.create_index("ix_task_case_id", "task", ["case_id"])
    op.create_index("ix_task_done_by_id_done_at", "task", ["done_by_id", "done_at"])
    op.create_index(
        "ix_task_unit_id_role_closed_at", "task", ["unit_id", "role", "closed_at"]
    )
    op.create_table(
        "case_deadline",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("limit_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("law_version", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_case_deadline_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_case_deadline_task_id_task"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_deadline"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_case_deadline_case_id_limit_id", "case_deadline", ["case_id", "limit_id"]
    )
    op.create_index("ix_case_deadline_task_id", "case_deadline", ["task_id"])
    op.create_table(
        "document_version",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_document_version_document_id_document",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user.id"],
            name="fk_document_version_uploaded_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document_version"),
        sa.UniqueConstraint(
            "document_id", "number", name="uq_document_version_document_id_number"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "filing_obligation",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("route_id", sa.Text(), nullable=False),
        sa.Column("limit_id", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("copy_to", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("exempt_reason", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("register_number", sa.Text(), nullable=True),
        sa.Column("report_is_complete", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["unit.id"], name="fk_filing_obligation_authority_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_filing_obligation_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["maker_id"], ["unit.id"], name="fk_filing_obligation_maker_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name="fk_filing_obligation_publication_id_publication",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_obligation"),
        sa.UniqueConstraint("case_id", name="uq_filing_obligation_case_id"),
        sa.UniqueConstraint(
            "publication_id",
            "chain",
            "authority_id",
            name="uq_filing_obligation_publication_id_chain_authority_id",
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_filing_obligation_authority_id", "filing_obligation", ["authority_id"]
    )
    op.create_index(
        "ix_filing_obligation_chain_due_on", "filing_obligation", ["chain", "due_on"]
    )
    op.create_index("ix_filing_obligation_maker_id", "filing_obligation", ["maker_id"])
    op.create_index(
        "ix_filing_obligation_publication_id", "filing_obligation", ["publication_id"]
    )
    op.create_index(
        "ix_filing_obligation_published_on", "filing_obligation", ["published_on"]
    )
    op.create_table(
        "finding",
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("adoption", sa.Text(), nullable=True),
        sa.Column("adoption_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "adoption <> 'NONE' OR adoption_reason <> ''",
            name="ck_finding_reason_when_not_taken",
        ),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["opinion.id"], name="fk_finding_opinion_id_opinion"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint(
            "opinion_id", "position", name="uq_finding_opinion_id_position"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "task_answers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name="fk_task_answers_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_task_answers_case_id_case"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_task_answers_task_id_task"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_answers"),
        sa.UniqueConstraint("task_id", name="uq_task_answers_task_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_task_answers_case_id_step", "task_answers", ["case_id", "step"])
    op.create_table(
        "filing_correction",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["filing_obligation.id"],
            name="fk_filing_correction_obligation_id_filing_obligation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_correction"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_filing_correction_obligation_id", "filing_correction", ["obligation_id"]
    )
    op.create_table(
        "filing_submission",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["filing_obligation.id"],
            name="fk_filing_submission_obligation_id_filing_obligation",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"],
            ["user.id"],
            name="fk_filing_submission_submitted_by_id_user",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_submission"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_filing_submission_obligation_id", "filing_submission", ["obligation_id"]
    )
    op.create_table(
        "pause",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["case_deadline.id"],
            name="fk_pause_deadline_id_case_deadline",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
        sqlite_strict=True,
    )
    op.create_index("ix_pause_deadline_id", "pause", ["deadline_id"])
    op.create_table(
        "timer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("engine_id", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_timer_case_id_case"),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["case_deadline.id"],
            name="fk_timer_deadline_id_case_deadline",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_timer"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_timer_armed_due_at",
        "timer",
        ["due_at"],
        sqlite_where=sa.text("state = 'ARMED'"),
    )
    op.create_index("ix_timer_case_id", "timer", ["case_id"])
