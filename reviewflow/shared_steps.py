"""Steps at which several people are asked: done when the last has answered."""

from collections.abc import Mapping

import sqlalchemy as sa

from reviewflow.model.case import SEAT, Task, TaskAnswers
from reviewflow.work import Work


def others_are_asked(work: Work, task: Task) -> bool:
    """Somebody else has not answered yet at the same step."""
    if not task.is_shared:
        return False
    waiting = sa.select(Task.id).where(_same_step(task), Task.closed_at.is_(None))
    return work.session.scalar(waiting.limit(1)) is not None


def together(
    work: Work, task: Task, steering: Mapping[str, object]
) -> dict[str, object]:
    """Return what steers the process when all have answered.

    A question of yes or no is answered yes if all of them said so; for any other
    the last answer counts.
    """
    if not task.is_shared:
        return dict(steering)
    said = work.session.scalars(
        sa.select(TaskAnswers.answers)
        .join(Task, Task.id == TaskAnswers.task_id)
        .where(_same_step(task))
    ).all()
    return {
        name: all(answers.get(name) for answers in said)
        if isinstance(answer, bool)
        else answer
        for name, answer in steering.items()
    }


def _same_step(task: Task) -> sa.ColumnElement[bool]:
    return Task.engine_id.startswith(task.engine_task + SEAT, autoescape=True)
