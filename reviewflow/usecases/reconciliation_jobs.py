"""Lists of issued documents are matched with what is known, beside the pages."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from reviewflow import matching
from reviewflow.errors import Conflict
from reviewflow.filing_desks import JOB, desk_of, organ_key
from reviewflow.matching import Found, Paper, Tell
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.job import Job
from reviewflow.model.publication import Publication
from reviewflow.model.reconciliation import Reconciliation, ReconciliationRow, RowState
from reviewflow.usecases.jobs import ask_for
from reviewflow.work import Work

Place = Callable[[Work], str]
UNDONE = (CaseStatus.WITHDRAWN, CaseStatus.TERMINATED)


def ask_for_matching(work: Work, reconciliation_id: int) -> Job:
    """Ask for the rows nobody has decided about to be matched with what is known.

    Raises:
        Missing: There is no such list for the actor.
        Refused: The actor does not file or receive filings there.
        Conflict: It is not imported yet.
    """
    row = work.get(Reconciliation, reconciliation_id)
    desk_of(work, row.keeper_id)
    if row.imported_at is None:
        raise Conflict("这份清单还没有导入，请先选择各列的内容。")
    subject = f"reconciliation:{row.id}"
    return ask_for(work, JOB, subject, reconciliation_id=row.id)


def list_to_match(work: Work, reconciliation_id: int) -> Callable[[Tell], Place]:
    """Read a list and what is known, to be matched beside the others' work.

    Returns:
        What matches them, telling how many of how many are done, and returns what
        puts the result in the rows in another piece of work and says it.

    Raises:
        Missing: There is no such list for the actor.
    """
    work.get(Reconciliation, reconciliation_id)
    papers = [
        Paper(row.id, row.title, row.doc_number, row.issued_on, organ_key(row.maker))
        for row in _undecided(work, reconciliation_id)
    ]
    known = _known_papers(work)

    def match(tell: Tell) -> Place:
        found = matching.match_all(papers, known, tell)
        results = {paper.key: one for paper, one in zip(papers, found, strict=True)}
        return lambda work: _put(work, reconciliation_id, results)

    return match


def _undecided(work: Work, reconciliation_id: int) -> Sequence[ReconciliationRow]:
    """Return the rows that are not matched, and about which nobody has decided."""
    open_states = (RowState.WAITING, RowState.UNMATCHED)
    return work.session.scalars(
        sa.select(ReconciliationRow)
        .where(
            ReconciliationRow.reconciliation_id == reconciliation_id,
            ReconciliationRow.state.in_(open_states),
            ReconciliationRow.settled_at.is_(None),
        )
        .order_by(ReconciliationRow.id)
    ).all()


def _known_papers(work: Work) -> list[Paper]:
    """Return every document that is known to be published; all may read those."""
    found = (
        sa.select(Publication)
        .join(Case, Case.id == Publication.case_id)
        .where(Publication.published_on.is_not(None), Case.status.not_in(UNDONE))
        .order_by(Publication.id)
    )
    with work.beyond_sight():
        return [
            Paper(p.id, p.title, p.doc_number, p.published_on, organ_key(p.maker))
            for p in work.session.scalars(found).unique()
        ]


def _put(work: Work, reconciliation_id: int, results: Mapping[int, Found]) -> str:
    counted: Counter[str] = Counter()
    for row in _undecided(work, reconciliation_id):
        found = results.get(row.id)
        if found is None:
            continue
        row.state = RowState(found.match.value)
        row.ground = found.ground or ""
        row.publication_id = found.key
        counted[row.state] += 1
    work.get(Reconciliation, reconciliation_id).matched_at = work.now
    return (
        f"已比对 {counted.total()} 件：相符 {counted[RowState.MATCHED]} 件，"
        f"疑似 {counted[RowState.PROBABLE]} 件，"
        f"没有找到 {counted[RowState.UNMATCHED]} 件。"
    )
