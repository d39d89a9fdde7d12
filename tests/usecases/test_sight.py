"""Who sees what of a review before it is signed."""

import sqlalchemy as sa

from reviewflow.model.case import TaskAnswers
from reviewflow.model.opinion import Opinion
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case


def seen(as_: As, user_id: int, case_id: int) -> tuple[int, set[str]]:
    """Return how many opinions, and whose answers, somebody sees of a case."""
    with as_(user_id) as work:
        opinions = work.session.scalars(
            sa.select(Opinion.id).where(Opinion.case_id == case_id)
        ).all()
        steps = work.session.scalars(
            sa.select(TaskAnswers.step).where(TaskAnswers.case_id == case_id)
        ).all()
    return len(opinions), set(steps)


def test_an_unsigned_opinion_is_for_reviewers_alone(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "check_opinion")

    written, steps = seen(as_, cast.drafter, case_id)
    assert written == 0
    assert not steps & {"draft_opinion", "give_advice", "weigh_advice"}
    assert seen(as_, cast.checker, case_id)[0] == 1

    do_next(as_, cast, case_id, "check_opinion")
    do_next(as_, cast, case_id, "sign_opinion")
    written, steps = seen(as_, cast.drafter, case_id)
    assert written == 1
    assert steps >= {"draft_opinion", "give_advice"}


def test_what_is_to_be_supplemented_is_seen_at_once(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    asked = {"outcome": "ASK_MATERIALS", "conclusion": "", "reason": "请补充测算依据。"}
    bring_to(as_, cast, case_id, "supplement_review", draft_opinion=asked)

    assert "draft_opinion" in seen(as_, cast.drafter, case_id)[1]
    assert seen(as_, cast.counsel, case_id)[1]  # counsel sees the case in person


def test_a_counsel_who_was_not_asked_sees_nothing(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")

    assert seen(as_, cast.counsel, case_id) == (0, set())
