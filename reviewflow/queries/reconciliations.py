"""Lists of issued documents: what was sent, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.errors import Conflict, Refused
from reviewflow.filing_desks import (
    NOT_AT_A_DESK,
    Desk,
    desks,
)
from reviewflow.list_columns import COLUMNS, guess_columns, headings_digest
from reviewflow.model.people import Role
from reviewflow.model.reconciliation import (
    Reconciliation,
    ReconciliationColumns,
    ReconciliationRow,
    RowState,
)
from reviewflow.work import Work

SAMPLE = 3
"""So many rows are shown where it is asked what the columns are."""
LATEST = 50
Counts = Mapping[RowState, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The lists the actor sees, the latest first, and whose may be sent."""

    rows: list[tuple[Reconciliation, Counts]]
    desks: list[Desk]


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """A list as it was sent: which column is what."""

    row: Reconciliation
    headings: Sequence[str]
    sample: Sequence[Sequence[str]]
    """The headings as they stand, and the first rows."""
    total: int
    fields: Mapping[str, str]
    chosen: Mapping[str, str]
    """Heading by field: as remembered, or as it seems."""
    is_remembered: bool


def overview(work: Work) -> Overview:
    """Return the lists the actor sees, with what became of their rows.

    Raises:
        Refused: The actor neither files nor receives filings, and does not audit.
    """
    found = desks(work)
    if not found and not work.actor.holds(Role.AUDITOR):
        raise Refused(NOT_AT_A_DESK)
    lists = work.session.scalars(
        sa.select(Reconciliation)
        .where(Reconciliation.imported_at.is_not(None))
        .order_by(Reconciliation.id.desc())
        .limit(LATEST)
        .options(joinedload(Reconciliation.sent_by))
    ).all()
    counted = counts_of(work, [row.id for row in lists])
    return Overview([(row, counted[row.id]) for row in lists], found)


def columns_page(work: Work, reconciliation_id: int) -> ColumnsPage:
    """Return a list that was sent, with what its columns probably are.

    Raises:
        Missing: There is no such list for the actor.
        Conflict: It is imported already.
    """
    row = work.get(Reconciliation, reconciliation_id)
    if row.imported_at is not None:
        raise Conflict("这份清单已经导入，请查看核对结果。")
    (_line, headings), *lines = row.sheet
    kept = work.session.scalar(
        sa.select(ReconciliationColumns.columns).where(
            ReconciliationColumns.keeper_id == row.keeper_id,
            ReconciliationColumns.headings == headings_digest(headings),
        )
    )
    width = max(place for place, text in enumerate(headings, start=1) if text)
    asked = {k: v for k, v in COLUMNS.items() if k != "maker" or row.maker_id is None}
    return ColumnsPage(
        row=row,
        headings=[heading for heading in dict.fromkeys(headings) if heading],
        sample=[cells[:width] for _line, cells in row.sheet[: SAMPLE + 1]],
        total=len(lines),
        fields=asked,
        chosen=guess_columns(headings) if kept is None else kept,
        is_remembered=kept is not None,
    )


def counts_of(work: Work, list_ids: Sequence[int]) -> Mapping[int, Counter[RowState]]:
    """Return for each list how many of its rows are in which state."""
    of, state = ReconciliationRow.reconciliation_id, ReconciliationRow.state
    found: dict[int, Counter[RowState]] = defaultdict(Counter)
    select = sa.select(of, state, sa.func.count()).where(of.in_(list_ids))
    for list_id, one, count in work.session.execute(select.group_by(of, state)):
        found[list_id][one] = count
    return found
