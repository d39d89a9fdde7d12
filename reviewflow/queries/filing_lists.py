"""Duties to file for programs: by status and chain, those due first at the top."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.model.case import Case
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.slices import Listed, Slice, Window
from reviewflow.queries.standings import Condition, duties
from reviewflow.work import Work

OPTIONS = (joinedload(FilingObligation.case).joinedload(Case.unit),)


def list_duties(
    work: Work,
    status: ObligationStatus | None,
    chain: Chain | None,
    window: Window,
) -> Slice[FilingObligation]:
    """Return a part of the duties the actor may see, by due date.

    Args:
        work: Who asks, and the day that decides on the status.
        status: Only those that stand there today.
        chain: Only those of this chain.
        window: Which part.
    """
    where = [] if chain is None else [FilingObligation.chain == chain]
    if status is not None:
        return _standing_at(work, status, where, window)
    order = FilingObligation.due_on.asc(), FilingObligation.id.asc()
    return Listed(FilingObligation, where, order, OPTIONS).part(work, window)


def _standing_at(
    work: Work, status: ObligationStatus, where: Sequence[Condition], window: Window
) -> Slice[FilingObligation]:
    """Sort by standing, which no column holds; then read the part that is wanted."""
    fitting = [
        duty
        for duty in duties(work, *where)
        if duty.standing.status(work.today) is status
    ]
    fitting.sort(key=lambda duty: (duty.standing.due_on, duty.id))
    ids = [duty.id for duty in fitting[window.offset :][: window.limit]]
    rows = work.session.scalars(
        sa.select(FilingObligation)
        .where(FilingObligation.id.in_(ids))
        .options(*OPTIONS)
    ).unique()
    found = {duty.id: duty for duty in rows}
    return Slice([found[number] for number in ids], len(fitting))
