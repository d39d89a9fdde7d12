"""The rows of lists of issued documents, with what is known of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.errors import Conflict, Missing
from reviewflow.filing_desks import JOB, KIND, QUESTIONS, desks, step_of
from reviewflow.kinds.forms import Form
from reviewflow.matching import Ground
from reviewflow.model.filing import FilingObligation
from reviewflow.model.job import OPEN, Job
from reviewflow.model.library import LibraryDocument
from reviewflow.model.reconciliation import Reconciliation, ReconciliationRow, RowState
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.reconciliations import Counts, counts_of
from reviewflow.queries.slices import Window
from reviewflow.queries.standings import Stage, stage_of
from reviewflow.work import Work

ORDER = (
    *(RowState.PROBABLE, RowState.UNMATCHED, RowState.WAITING),
    *(RowState.OMITTED, RowState.NOT_NORMATIVE, RowState.MATCHED),
)


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
    counts = counts_of(work, [row.id])[row.id]
    cut = paging(counts[state] if state else sum(counts.values()), page)
    of_keeper = [desk.makers for desk in desks(work) if desk.keeper.id == row.keeper_id]
    return ReconciliationPage(
        row=row,
        counts=counts,
        lines=list_rows(work, row.id, state, cut.window),
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
    line = lines_of(work, [row])[0]
    return RowPage(line, form if is_open else None, typed, QUESTIONS)


def list_rows(
    work: Work, reconciliation_id: int, state: RowState | None, window: Window
) -> list[Line]:
    """Return a part of the rows of a list, those to be settled first."""
    urgency = sa.case(*((ReconciliationRow.state == s, p) for p, s in enumerate(ORDER)))
    select = _rows().where(ReconciliationRow.reconciliation_id == reconciliation_id)
    if state is not None:
        select = select.where(ReconciliationRow.state == state)
    in_order = select.order_by(urgency, ReconciliationRow.id)
    rows = work.session.scalars(in_order.offset(window.offset).limit(window.limit))
    return lines_of(work, rows.all())


def _rows() -> sa.Select[ReconciliationRow]:
    return sa.select(ReconciliationRow).options(
        joinedload(ReconciliationRow.maker),
        joinedload(ReconciliationRow.publication),
        joinedload(ReconciliationRow.settled_by),
        joinedload(ReconciliationRow.case),
    )


def lines_of(work: Work, rows: Sequence[ReconciliationRow]) -> list[Line]:
    """Return rows with the known documents they are or may be."""
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
