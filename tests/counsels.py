"""Several counsel at one case, for the tests that need them."""

from typing import Any

from reviewflow import passwords
from reviewflow.model.people import Role
from reviewflow.usecases.people import add_user
from reviewflow.usecases.tasks import complete_task
from tests.cast import PASSWORD, Cast
from tests.conftest import As
from tests.steps import ANSWERS, bring_to, do_next, new_case, open_tasks_at

OTHERS = {"second": "王律师", "third": "李律师"}


def engage_others(as_: As, cast: Cast) -> Cast:
    """Add two more counsel to the pool of the city; return the larger cast."""
    cast, password = Cast({**cast.people}, cast.units), passwords.accepted(PASSWORD, "")
    with as_(cast.admin) as work:
        for key, name in OTHERS.items():
            post = (Role.COUNSEL, cast.units["pool"])
            cast.people[key] = add_user(work, key, name, password, [post]).id
    return cast


def asked(as_: As, cast: Cast, *others: int, **answers: Any) -> int:
    """Return a case on which counsel and the others are asked."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")
    named = {"other_counsel_ids": list(others)} if others else {}
    do_next(as_, cast, case_id, "appoint_counsel", **named, **answers)
    return case_id


def advise(as_: As, case_id: int, user_id: int, **answers: Any) -> None:
    """Let one counsel answer."""
    task_id = open_tasks_at(as_, case_id, "give_advice")[user_id]
    with as_(user_id) as work:
        complete_task(work, task_id, {**ANSWERS["give_advice"], **answers})
