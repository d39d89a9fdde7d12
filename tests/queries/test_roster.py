import pytest

from reviewflow.errors import Missing, Refused
from reviewflow.queries.roster import WantedPeople, list_people, list_units, person
from reviewflow.queries.system import installation
from reviewflow.usecases.tasks import claim_task
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import do_next, new_case, waiting


def test_only_administrators_ask(runtime: Runtime, cast: Cast) -> None:
    with runtime.read(cast.auditor) as work:
        with pytest.raises(Refused):
            list_people(work, WantedPeople())
        with pytest.raises(Refused):
            person(work, cast.drafter)
        with pytest.raises(Refused):
            list_units(work)
        with pytest.raises(Refused):
            installation(work, runtime)


def test_nobody_is_missing(runtime: Runtime, cast: Cast) -> None:
    with runtime.read(cast.admin) as work, pytest.raises(Missing):
        person(work, 9999)


def test_tasks_are_counted_that_the_administrator_does_not_see(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    do_next(as_, cast, case_id, "register_matter")
    task_id = waiting(as_, case_id, "classify")
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)

    with runtime.read(cast.admin, NOON_MONDAY) as work:
        assert person(work, cast.unit_legal).open_tasks == 1
        rows = list_people(work, WantedPeople(text="郑方")).rows
        assert [row.open_tasks for row in rows] == [1]


def test_units_are_a_tree(runtime: Runtime, cast: Cast) -> None:
    with runtime.read(cast.admin) as work:
        rows = {row.unit.short_name: row for row in list_units(work)}
    assert list(rows)[:4] == ["省政府", "省司法厅", "市政府", "市政府办"]
    assert [row.depth for row in rows.values()][:4] == [0, 1, 1, 2]
    assert rows["市城管局"].people == 1
