"""Lists of issued documents: what was found, what is still to be settled."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.errors import Conflict, Missing, Refused
from reviewflow.filing_desks import (
    JOB,
    KIND,
    NOT_AT_A_DESK,
    QUESTIONS,
    Desk,
    desks,
    step_of,
)
from reviewflow.kinds.forms import Form
from reviewflow.list_columns import COLUMNS, guess_columns, headings_digest
from reviewflow.matching import Ground
from reviewflow.model.filing import FilingObligation
from reviewflow.model.job import OPEN, Job
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.model.reconciliation import (
    Reconciliation,
    ReconciliationColumns,
    ReconciliationRow,
    RowState,
)
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.standings import Stage, stage_of
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


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list, with the known document it is or may be."""

    row: ReconciliationRow
    ground: Ground | None
    library_id: int | None
    filings: list[tuple[int, Stage]]
    """Duties to file the known document that the actor sees."""


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    """A list with a page of its rows."""

    row: Reconciliation
    counts: Counts
    lines: list[Line]
    paging: Paging
    may_settle: frozenset[int]
    """Makers whose documents the actor looks after."""
    job: Job | None
    """What matches the list just now."""

    @property
    def total(self) -> int:
        """How many rows it has."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row with what can be said about it."""

    line: Line
    form: Form | None
    """Of an omission; none where nothing is left to say, or not by the actor."""
    typed: Mapping[str, object]
    questions: Mapping[str, str]


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
    counted = _counts(work, [row.id for row in lists])
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


def reconciliation_page(
    work: Work, reconciliation_id: int, state: RowState | None, page: int
) -> ReconciliationPage:
    """Return a list with a page of its rows, those to be settled first.

    Raises:
        Missing: There is no such list for the actor.
        Conflict: It is not imported yet.
    """
    row = work.get(Reconciliation, reconciliation_id)
    if row.imported_at is None:
        raise Conflict("这份清单还没有导入，请先选择各列的内容。")
    counts = _counts(work, [row.id])[row.id]
    cut = paging(counts[state] if state else sum(counts.values()), page)
    urgency = sa.case(*((ReconciliationRow.state == s, p) for p, s in enumerate(ORDER)))
    select = _rows().where(ReconciliationRow.reconciliation_id == row.id)
    if state is not None:
        select = select.where(ReconciliationRow.state == state)
    rows = work.session.scalars(
        select.order_by(urgency, ReconciliationRow.id)
        .offset(cut.first)
        .limit(cut.window.limit)
    ).all()
    of_keeper = [desk.makers for desk in desks(work) if desk.keeper.id == row.keeper_id]
    return ReconciliationPage(
        row=row,
        counts=counts,
        lines=_lines(work, rows),
        paging=cut,
        may_settle=frozenset(of_keeper[0] if of_keeper else ()),
        job=_job(work, row.id),
    )


def row_page(work: Work, row_id: int) -> RowPage:
    """Return a row with the form by which it is said to be an omission.

    Raises:
        Missing: There is no such row for the actor.
        Refused: The actor does not look after its maker's documents.
    """
    row = work.session.scalar(_rows().where(ReconciliationRow.id == row_id))
    if row is None:
        raise Missing
    kind = work.processes.latest(work.session, KIND).kind
    form = kind.forms[step_of(work, row)]
    typed = {"doc_number": row.doc_number, "published_on": row.issued_on}
    is_open = row.state is RowState.UNMATCHED
    line = _lines(work, [row])[0]
    return RowPage(line, form if is_open else None, typed, QUESTIONS)


ORDER = (
    *(RowState.PROBABLE, RowState.UNMATCHED, RowState.WAITING),
    *(RowState.OMITTED, RowState.NOT_NORMATIVE, RowState.MATCHED),
)


def _rows() -> sa.Select[ReconciliationRow]:
    return sa.select(ReconciliationRow).options(
        joinedload(ReconciliationRow.maker),
        joinedload(ReconciliationRow.publication),
        joinedload(ReconciliationRow.settled_by),
        joinedload(ReconciliationRow.case),
    )


def _counts(work: Work, list_ids: Sequence[int]) -> Mapping[int, Counter[RowState]]:
    of, state = ReconciliationRow.reconciliation_id, ReconciliationRow.state
    found: dict[int, Counter[RowState]] = defaultdict(Counter)
    select = sa.select(of, state, sa.func.count()).where(of.in_(list_ids))
    for list_id, one, count in work.session.execute(select.group_by(of, state)):
        found[list_id][one] = count
    return found


def _lines(work: Work, rows: Sequence[ReconciliationRow]) -> list[Line]:
    ids = [row.publication_id for row in rows if row.publication_id is not None]
    of = LibraryDocument.publication_id
    library = sa.select(of, LibraryDocument.id).where(of.in_(ids))
    shelf = {found.publication_id: found.id for found in work.session.execute(library)}
    filings: dict[int, list[tuple[int, Stage]]] = defaultdict(list)
    duties = sa.select(FilingObligation).where(FilingObligation.publication_id.in_(ids))
    for duty in work.session.scalars(duties.order_by(FilingObligation.id)).unique():
        place = (duty.id, stage_of(duty.standing, work.today))
        filings[duty.publication_id].append(place)
    return [
        Line(
            row,
            Ground(row.ground) if row.ground else None,
            shelf.get(row.publication_id or 0),
            filings[row.publication_id or 0],
        )
        for row in rows
    ]


def _job(work: Work, reconciliation_id: int) -> Job | None:
    subject = f"reconciliation:{reconciliation_id}"
    return work.session.scalar(
        sa.select(Job).where(
            Job.kind == JOB, Job.subject == subject, Job.state.in_(OPEN)
        )
    )
