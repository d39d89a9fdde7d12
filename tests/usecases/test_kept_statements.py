import sqlalchemy as sa

from reviewflow.model.case import Case, Task
from tests.cast import Cast
from tests.conftest import As
from tests.steps import new_case

CASES = sa.select(Case.id).order_by(Case.id)
OPEN = sa.select(Task.case_id).where(Task.case_id == sa.bindparam("case_id"))


def test_a_statement_kept_and_used_again_shows_each_actor_what_is_theirs(
    as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)

    seen = []
    for who in (cast.drafter, cast.other_drafter, cast.drafter, cast.auditor, None):
        with as_(who) as work:
            waiting = work.session.scalars(OPEN, {"case_id": case_id}).all()
            seen.append((work.session.scalars(CASES).all(), waiting))

    shown = ([case_id], [case_id])
    assert seen == [shown, ([], []), shown, shown, shown]


def test_beyond_sight_ends_where_it_says(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)

    with as_(cast.other_drafter) as work:
        with work.beyond_sight():
            assert work.session.scalars(CASES).all() == [case_id]
        assert work.session.scalars(CASES).all() == []
