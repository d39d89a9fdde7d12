"""What can be done to a task that waits to be classified."""

from collections.abc import Callable

from reviewflow.model.case import Task
from reviewflow.model.people import Role
from reviewflow.usecases.people import give_post
from reviewflow.usecases.tasks import (
    claim_task,
    complete_task,
    reassign_task,
    release_task,
    return_task,
)
from reviewflow.work import Work
from tests.cast import Cast
from tests.conftest import As
from tests.steps import ANSWERS, TEXT

Act = Callable[[Work, int], object]

ACTS: dict[str, Act] = {
    "complete": lambda work, task_id: complete_task(work, task_id, ANSWERS["classify"]),
    "return": lambda work, task_id: return_task(work, task_id, TEXT),
    "claim": claim_task,
    "release": release_task,
    "reassign": lambda work, task_id: reassign_task(work, task_id, 1, TEXT),
}


def also(as_: As, cast: Cast, who: str, role: Role, unit: str) -> int:
    """Give somebody a further post; return who it is."""
    with as_(cast.admin) as work:
        give_post(work, cast.people[who], role, cast.units[unit])
    return cast.people[who]


def another(as_: As, cast: Cast) -> int:
    """Return a second person who may classify."""
    return also(as_, cast, "handler", Role.UNIT_LEGAL, "housing")


def the(as_: As, task_id: int) -> Task:
    """Return a task as it is now."""
    with as_(None) as work:
        return work.get(Task, task_id)
