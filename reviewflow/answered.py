"""What was answered at earlier steps of a case."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow.model.case import Case, TaskAnswers
from reviewflow.work import Work


def last_answers(work: Work, case: Case, step: str) -> Mapping[str, Any]:
    """Return the latest answers given at a step; nothing if it was not reached."""
    row = work.session.scalar(
        sa.select(TaskAnswers)
        .where(TaskAnswers.case_id == case.id, TaskAnswers.step == step)
        .order_by(TaskAnswers.id.desc())
        .limit(1)
    )
    return {} if row is None else row.answers


def all_answers(work: Work, case: Case, *steps: str) -> list[TaskAnswers]:
    """Return everything answered at some steps, the first answer first."""
    return list(
        work.session.scalars(
            sa.select(TaskAnswers)
            .where(TaskAnswers.case_id == case.id, TaskAnswers.step.in_(steps))
            .order_by(TaskAnswers.id)
        )
    )
