"""Duties to file keep how they stand from now on, so that figures count quickly."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BEIJING = timezone(timedelta(hours=8))
NEVER = "9999-12-31"
REQUIRED = {
    "kind_code": "",
    "quarter": "",
    "lasting_from": NEVER,
    "lasting_status": "NOT_DUE",
    "lasting_handling": "NONE",
}
DATES = ("backfilled_on", "review_lasting_from")
INDEXES = {
    "ix_filing_obligation_figures": [
        "filing_obligation",
        *("chain", "maker_id", "kind_code", "lasting_status", "lasting_handling"),
        *("backfilled_on", "quarter", "published_on", "lasting_from", "case_id"),
    ],
    "ix_filing_obligation_review_figures": [
        "filing_obligation",
        *("chain", "maker_id", "kind_code", "review_pace", "review_result", "quarter"),
        *("lasting_status", "backfilled_on", "published_on", "registered_on"),
        *("review_lasting_from", "case_id"),
    ],
    "ix_event_kind_case_id_seq": ["event", "kind", "case_id", "seq"],
    "ix_case_deadline_limit_id_started_on": [
        *("case_deadline", "limit_id", "started_on"),
    ],
}
DUTIES = sa.text("""
    SELECT o.id, o.published_on, o.due_on, o.exempt_reason <> '' AS is_exempt,
        o.registered_on,
        o.report_is_complete, p.kind_code, p.backfilled_at, r.due_on AS review_due_on,
        r.verdict, r.decided_on, r.correct_by, r.reported_on, r.settled_on
    FROM filing_obligation o JOIN publication p ON p.id = o.publication_id
    LEFT JOIN filing_review r ON r.obligation_id = o.id
""")
SENT = sa.text("""
    SELECT obligation_id, submitted_on, returned_on FROM filing_submission ORDER BY id
""")
ASKED = sa.text("""
    SELECT obligation_id, notice_on, due_on, corrected_on FROM filing_correction
    ORDER BY id
""")
KEEP = sa.text("""
    UPDATE filing_obligation SET kind_code = :kind_code,
        quarter = :quarter, backfilled_on = :backfilled_on,
        lasting_from = :lasting_from, lasting_status = :lasting_status,
        lasting_handling = :lasting_handling, review_pace = :review_pace,
        review_result = :review_result, review_lasting_from = :review_lasting_from
    WHERE id = :id
""")
OF_A_TASK = sa.text("task_id IS NOT NULL")
Days = list[tuple[Any, ...]]


def upgrade() -> None:
    """Add the columns, fill them from what was done so far, and index them."""
    for name, usual in REQUIRED.items():
        kind = sa.Date() if usual == NEVER else sa.Text()
        column = sa.Column(name, kind, nullable=False, server_default=usual)
        op.add_column("filing_obligation", column)
    for name in DATES:
        op.add_column("filing_obligation", sa.Column(name, sa.Date(), nullable=True))
    for name in ("review_pace", "review_result"):
        op.add_column("filing_obligation", sa.Column(name, sa.Text(), nullable=True))
    line = op.get_bind()
    sent, asked = _by_duty(line.execute(SENT)), _by_duty(line.execute(ASKED))
    kept = [
        {"id": row.id, **_entered(row), **_filed(row, sent[row.id], asked[row.id])}
        | _reviewed(row)
        for row in line.execute(DUTIES)
    ]
    if kept:
        line.execute(KEEP, kept)
    op.drop_index("ix_case_deadline_task_id", "case_deadline")
    op.create_index(
        "ix_case_deadline_task_id",
        "case_deadline",
        ["task_id"],
        sqlite_where=OF_A_TASK,
        postgresql_where=OF_A_TASK,
    )
    for name, (table, *columns) in INDEXES.items():
        op.create_index(name, table, columns)


def _by_duty(rows: Iterable[Any]) -> defaultdict[int, Days]:
    found: defaultdict[int, Days] = defaultdict(list)
    for number, *days in rows:
        found[number].append(tuple(_day(day) for day in days))
    return found


def _entered(row: Any) -> dict[str, Any]:
    published_on = _need(row.published_on)
    quarter = f"{published_on.year}Q{(published_on.month + 2) // 3}"
    found = {"kind_code": row.kind_code, "quarter": quarter, "backfilled_on": None}
    if row.backfilled_at is None:
        return found
    instant = datetime.fromisoformat(str(row.backfilled_at)).replace(tzinfo=UTC)
    return found | {"backfilled_on": str(instant.astimezone(BEIJING).date())}


def _filed(row: Any, sent: Days, asked: Days) -> dict[str, Any]:
    """Say how a duty stands; the rule as it was when this was written."""
    due_on, registered_on = _need(row.due_on), _day(row.registered_on)
    first_go = row.report_is_complete and not asked and not any(b for _, b in sent)

    def on(day: date) -> tuple[str, str]:
        if row.is_exempt:
            return "EXEMPT", "NONE"
        good = [s for s, back in sent if s <= day and not (back and back <= day)]
        known = [
            (by, came if came and came <= day else None)
            for n, by, came in asked
            if n <= day
        ]
        handling = "AWAITED" if good else "NONE"
        if registered_on and registered_on <= day:
            handling = "AT_ONCE" if first_go else "AFTERWARDS"
        elif known or any(back and back <= day for _, back in sent):
            handling = "SENT_BACK"
        if not good:
            return "OVERDUE_UNFILED" if day > due_on else "NOT_DUE", handling
        if any(came is None and day > by for by, came in known):
            return "LATE_UNREGISTERED", handling
        is_late = good[0] > due_on or any(came and came > by for by, came in known)
        return "LATE" if is_late else "ON_TIME", handling

    after = [due_on, *(by for _, by, _ in asked)]
    found = [registered_on, *(d for days in sent for d in days)]
    found += [d for notice, _, came in asked for d in (notice, came)]
    since, (status, handling) = _lasting(on, after, found)
    return {
        "lasting_from": since,
        "lasting_status": status,
        "lasting_handling": handling,
    }


def _reviewed(row: Any) -> dict[str, Any]:
    """Say how the review of a filing stands; none if it has not begun."""
    if row.review_due_on is None:
        nothing = ("review_lasting_from", "review_pace", "review_result")
        return dict.fromkeys(nothing)
    due_on, by = _need(row.review_due_on), _day(row.correct_by)
    told = [_day(day) for day in (row.decided_on, row.reported_on, row.settled_on)]

    def on(day: date) -> tuple[str, str]:
        decided, reported, settled = (d if d and d <= day else None for d in told)
        if decided is None:
            return "LATE" if day > due_on else "RUNNING", "NONE"
        pace = "LATE" if decided > due_on else "IN_TIME"
        if row.verdict != "PROBLEM":
            return pace, "FAULTLESS"
        if settled is None:
            return pace, "MENDING" if by is None or day <= by else "UNMENDED"
        in_time = by and reported and reported <= by
        return pace, "MENDED" if in_time else "MENDED_LATE"

    since, (pace, result) = _lasting(on, [due_on, by], told)
    return {"review_lasting_from": since, "review_pace": pace, "review_result": result}


def _lasting(
    on: Callable[[date], tuple[str, str]],
    after: Iterable[date | None],
    found: Iterable[date | None],
) -> tuple[str, tuple[str, str]]:
    """Return since when it stands so; it may change on these days, or after them."""
    turns = {day for day in found if day}
    turns |= {day + timedelta(days=1) for day in after if day}
    *earlier, since = sorted(turns)
    last = on(since)
    for day in reversed(earlier):
        if on(day) != last:
            break
        since = day
    return str(since), last


def _day(day: object) -> date | None:
    return None if day is None else date.fromisoformat(str(day))


def _need(day: object) -> date:
    return date.fromisoformat(str(day))
