"""What was done about duties to file, by date: one statement for each sort of thing."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from reviewflow.model.filing import FilingCorrection, FilingSubmission
from reviewflow.work import Work

Conditions = Sequence[sa.ColumnElement[bool]]
Dates = Mapping[int, list[tuple[Any, ...]]]
"""By the id of the duty, in the order things happened."""


def sent_dates(work: Work, where: Conditions) -> Dates:
    """Return when duties that fulfil conditions were sent, and sent back if so."""
    return _dates(
        work,
        sa.select(
            FilingSubmission.obligation_id,
            FilingSubmission.submitted_on,
            FilingSubmission.returned_on,
        )
        .join(FilingSubmission.obligation)
        .where(*where)
        .order_by(FilingSubmission.obligation_id, FilingSubmission.id),
    )


def correction_dates(work: Work, where: Conditions) -> Dates:
    """Return when corrections were asked for, due, and made."""
    return _dates(
        work,
        sa.select(
            FilingCorrection.obligation_id,
            FilingCorrection.notice_on,
            FilingCorrection.due_on,
            FilingCorrection.corrected_on,
        )
        .join(FilingCorrection.obligation)
        .where(*where)
        .order_by(FilingCorrection.obligation_id, FilingCorrection.id),
    )


def _dates(work: Work, select: sa.Select[*tuple[Any, ...]]) -> Dates:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for number, *dates in work.session.execute(select):
        found.setdefault(number, []).append(tuple(dates))
    return found
