"""How long a document may be valid: five years, two on trial, two ahead of a law."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.case import Task
from reviewflow.model.library import LibraryDocument
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import ending_case, fire, published
from tests.rules import bring_rule_to, do_rule, refused, settle_above
from tests.steps import open_steps


def refused_at(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        act()
    return set(refusal.value.errors)


def test_a_rule_made_ahead_of_a_regulation_holds_for_two_years(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    wider = settle_above(as_, cast)
    case_id = bring_rule_to(as_, wider, "publish")
    longer = {"is_pilot": "yes", "valid_until": "2028-05-02"}
    assert refused(as_, wider, case_id, "publish", **longer) == ["valid_until"]
    do_rule(as_, wider, case_id, "publish", is_pilot="yes", valid_until="")
    with as_(None) as work:
        rule_id = work.session.scalars(sa.select(LibraryDocument.id)).one()

    fire(runtime, date(2027, 11, 1))

    case_id = ending_case(as_, rule_id)
    with as_(None) as work:
        (task,) = work.session.scalars(
            sa.select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        )
        assert (task.step, task.due_on) == ("propose_regulation", date(2028, 5, 1))
    fire(runtime, date(2028, 5, 1))
    assert open_steps(as_, case_id) == ["announce_expiry"]


def test_any_other_rule_has_no_last_day_of_itself(as_: As, cast: Cast) -> None:
    wider = settle_above(as_, cast)
    bring_rule_to(as_, wider, "archive_file", publish={"valid_until": ""})
    with as_(None) as work:
        row = work.session.scalars(sa.select(LibraryDocument)).one()
        assert (row.is_pilot, row.valid_until) == (False, None)


def test_a_period_beyond_the_usual_needs_a_reason(as_: As, cast: Cast) -> None:
    longest, longer = "2031-03-02", "2031-03-03"
    published(as_, cast, valid_until=longest)
    assert refused_at(lambda: published(as_, cast, valid_until=longer)) == {
        "long_reason"
    }
    published(as_, cast, valid_until=longer, long_reason="配套规划到2035年。")


def test_trial_documents_are_valid_for_two_years(as_: As, cast: Cast) -> None:
    title = "物业服务管理办法（试行）"
    assert refused_at(
        lambda: published(as_, cast, title=title, valid_until="2028-03-03")
    ) == {"long_reason"}
    published(as_, cast, title=title, valid_until="2028-03-02")
