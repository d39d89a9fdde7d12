"""How far duties to file have come; read with three statements, however many."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from reviewflow.model.filing import FilingCorrection, FilingObligation, FilingSubmission
from reviewflow.model.standing import ObligationStatus, Standing
from reviewflow.work import Work

Condition = sa.ColumnElement[bool]
Dates = tuple[Any, ...]


class Stage(StrEnum):
    """How far a duty to file has come, the most urgent first."""

    OVERDUE = "overdue"
    """逾期未报"""
    LAPSED = "lapsed"
    """逾期未补正"""
    CORRECTING = "correcting"
    """待补正"""
    TO_FILE = "to_file"
    """待报备"""
    SENT = "sent"
    """已报送"""
    REGISTERED = "registered"
    """已登记"""
    EXEMPT = "exempt"
    """不需报备"""


UNSENT: Mapping[ObligationStatus, Stage] = {
    # statuses that say the stage by themselves
    ObligationStatus.EXEMPT: Stage.EXEMPT,
    ObligationStatus.NOT_DUE: Stage.TO_FILE,
    ObligationStatus.OVERDUE_UNFILED: Stage.OVERDUE,
    ObligationStatus.LATE_UNREGISTERED: Stage.LAPSED,
}


def stage_of(standing: Standing, day: date) -> Stage:
    """Return how far a duty has come at the end of a day."""
    if standing.is_conforming(day, after_correction=True):
        return Stage.REGISTERED
    found = UNSENT.get(standing.status(day))
    if found is not None:
        return found
    return Stage.CORRECTING if _open_correction(standing, day) else Stage.SENT


def _open_correction(standing: Standing, day: date) -> date | None:
    """Return until when a correction is waited for, if one is."""
    waits = [
        due
        for notice, due, done in standing.corrections
        if notice <= day and (done is None or done > day)
    ]
    return waits[-1] if waits else None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty to file, as far as it takes to sort it."""

    id: int
    standing: Standing

    def order(self, day: date) -> tuple[bool, date, int]:
        """Return its place: by the day that matters now, what is exempt last."""
        due_on = _open_correction(self.standing, day) or self.standing.due_on
        return self.standing.exempt, due_on, self.id


SUBMISSIONS = (
    sa.select(
        FilingSubmission.obligation_id,
        FilingSubmission.submitted_on,
        FilingSubmission.returned_on,
    )
    .join(FilingSubmission.obligation)
    .order_by(FilingSubmission.id)
)
CORRECTIONS = (
    sa.select(
        FilingCorrection.obligation_id,
        FilingCorrection.notice_on,
        FilingCorrection.due_on,
        FilingCorrection.corrected_on,
    )
    .join(FilingCorrection.obligation)
    .order_by(FilingCorrection.id)
)


def duties(work: Work, *where: Condition) -> list[Duty]:
    """Return the duties that fulfil conditions, with what they follow from."""
    submissions = _dates(work, SUBMISSIONS.where(*where))
    corrections = _dates(work, CORRECTIONS.where(*where))
    rows = work.session.execute(
        sa.select(
            FilingObligation.id,
            FilingObligation.due_on,
            FilingObligation.exempt_reason,
            FilingObligation.registered_on,
            FilingObligation.report_is_complete,
        ).where(*where)
    )
    return [
        Duty(number, _standing(row, submissions[number], corrections[number]))
        for number, *row in rows
    ]


def _standing(
    row: list[Any], submissions: list[Dates], corrections: list[Dates]
) -> Standing:
    due_on, exempt_reason, registered_on, report_is_complete = row
    return Standing(
        due_on=due_on,
        exempt=bool(exempt_reason),
        submissions=[(sent_on, returned_on) for sent_on, returned_on in submissions],
        corrections=[(notice, due, done) for notice, due, done in corrections],
        registered_on=registered_on,
        report_is_complete=report_is_complete,
    )


def _dates(
    work: Work, select: sa.Select[*tuple[Any, ...]]
) -> Mapping[int, list[Dates]]:
    found: defaultdict[int, list[Dates]] = defaultdict(list)
    for number, *dates in work.session.execute(select):
        found[number].append(tuple(dates))
    return found
