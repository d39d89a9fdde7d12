"""Duties to file with where they stand today, and who waits for whom since when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.model.case import Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.done import waiting_tasks
from reviewflow.queries.lamps import DARK_LAMP, Lamp, light_clock
from reviewflow.queries.standings import Stage, stage_of
from reviewflow.work import Work

EXAMINE_STEP = "examine_filing"


@dataclass(frozen=True, slots=True)
class FilingRow:
    """One duty to file as a list shows it.

    Attributes:
        duty: The row.
        filed_on: When it was filed, if that counts.
        lamp: Of the clock that runs, dark if none does.
        task: What it waits for: the step, whose it is, since when.
        waits_for_actor: The task is one the actor may do.
        is_barred: It would be, had the actor not filed it (SOD-8).
    """

    duty: FilingObligation
    stage: Stage
    status: ObligationStatus
    filed_on: date | None
    lamp: Lamp
    task: Task | None
    waits_for_actor: bool
    is_barred: bool

    @property
    def awaits_reply(self) -> bool:
        """It waits for a receiver outside; what that answers, the filer enters."""
        at_it = self.task is not None and self.task.step == EXAMINE_STEP
        return at_it and self.duty.is_outside


def filing_rows(work: Work, found: Sequence[FilingObligation]) -> list[FilingRow]:
    """Return what a list shows of some duties; four statements for all of them."""
    case_ids = [duty.case_id for duty in found]
    waiting = waiting_tasks(work, case_ids)
    clocks = _running_clocks(work, case_ids)
    acted = _acted(work, case_ids)
    rows = []
    for duty in found:
        standing = duty.standing
        task = next(iter(waiting.get(duty.case_id, ())), None)
        may = task is not None and permissions.may(work.actor, "task.complete", task)
        barred = task is not None and permissions.conflicting(
            task.role, acted[duty.case_id]
        )
        clock = clocks.get(duty.case_id)
        rows.append(
            FilingRow(
                duty=duty,
                stage=stage_of(standing, work.today),
                status=standing.status(work.today),
                filed_on=standing.filed_on(work.today),
                lamp=light_clock(work, clock) if clock else DARK_LAMP,
                task=task,
                waits_for_actor=may and not barred,
                is_barred=may and barred,
            )
        )
    return rows


def _running_clocks(work: Work, case_ids: Sequence[int]) -> dict[int, CaseDeadline]:
    """Return the clock that runs in each case, the latest if there are several."""
    rows = work.session.scalars(
        sa.select(CaseDeadline)
        .where(
            CaseDeadline.case_id.in_(case_ids),
            CaseDeadline.met_on.is_(None),
            CaseDeadline.cancelled_on.is_(None),
        )
        .order_by(CaseDeadline.id)
    )
    return {row.case_id: row for row in rows}


def _acted(work: Work, case_ids: Sequence[int]) -> Mapping[int, set[Role]]:
    """Return the posts in which the actor has acted, by case."""
    found: defaultdict[int, set[Role]] = defaultdict(set)
    rows = work.session.execute(
        sa.select(Task.case_id, Task.role).where(
            Task.case_id.in_(case_ids), Task.done_by_id == work.actor.id
        )
    )
    for case_id, role in rows:
        found[case_id].add(role)
    return found
