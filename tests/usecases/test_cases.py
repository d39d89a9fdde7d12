from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case, CaseStatus
from reviewflow.usecases.cases import submit_case, withdraw_case
from tests.cast import Cast
from tests.conftest import As
from tests.faults.crowd import at_once, refused_with
from tests.steps import START, bring_to, new_case, open_steps

TITLE = "六安市农村自建房屋安全管理办法"
REASON = "政策有调整。"


def cases(as_: As) -> list[str]:
    """Return the numbers of all cases."""
    with as_(None) as work:
        return list(work.session.scalars(sa.select(Case.number).order_by(Case.id)))


@pytest.mark.parametrize("kind", ["no_such_kind", "filing", "../kind", ""])
def test_only_a_kind_that_people_start_can_be_started(
    as_: As, cast: Cast, kind: str
) -> None:
    with pytest.raises(Missing):
        new_case(as_, cast, kind)
    assert cases(as_) == []


@pytest.mark.parametrize(
    ("who", "unit"),
    [
        ("other_drafter", "housing"),  # a drafter, but of another unit
        ("handler", "housing"),
        ("unit_head", "housing"),  # of the unit, but no drafter
        ("admin", "office"),
        ("drafter", "streets"),
    ],
)
def test_only_a_drafter_of_the_unit_registers(
    as_: As, cast: Cast, who: str, unit: str
) -> None:
    with pytest.raises(Refused, match="起草人"), as_(cast.people[who]) as work:
        submit_case(work, "normative_document", TITLE, cast.units[unit], START)
    assert cases(as_) == []


@pytest.mark.parametrize("unit_id", [0, -1, 999_999, 2**62])
def test_a_unit_that_is_not_there_is_refused(as_: As, cast: Cast, unit_id: int) -> None:
    with pytest.raises(Refused), as_(cast.drafter) as work:
        submit_case(work, "normative_document", TITLE, unit_id, START)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"is_confidential": "yes"}, "is_confidential"),
        ({"is_confidential": ""}, "is_confidential"),
        ({"kind_code": "FALSCH"}, "kind_code"),
        ({"kind_code": ["ZFGFXWJ", "BMGFXWJ"]}, "kind_code"),
        ({"maker": 999_999}, "maker"),
        ({"maker": {"$gt": 0}}, "maker"),
        ({"is_emergency": "yes"}, "emergency_reason"),
    ],
)
def test_a_wrong_answer_registers_nothing(
    as_: As, cast: Cast, answers: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        new_case(as_, cast, **answers)
    assert field in caught.value.errors
    assert cases(as_) == []


@pytest.mark.parametrize(
    "title", ["", " ", "《》", "\n", "\u200b《\ufeff》", "一\x00", "长" * 201]
)
def test_a_title_is_needed_and_has_an_end(as_: As, cast: Cast, title: str) -> None:
    unit_id = cast.units["housing"]
    with pytest.raises(Invalid) as caught, as_(cast.drafter) as work:
        submit_case(work, "normative_document", title, unit_id, START)
    assert "title" in caught.value.errors


def test_a_title_reads_as_it_is_written(as_: As, cast: Cast) -> None:
    unit_id = cast.units["housing"]
    with as_(cast.drafter) as work:
        title = "\ufeff六安市\u202e停车\u202c办法\u200b"
        case = submit_case(work, "normative_document", title, unit_id, START)
        assert case.title == "六安市停车办法"


def test_fifty_registrations_at_once_get_fifty_numbers(as_: As, cast: Cast) -> None:
    at_once(50, lambda _place: new_case(as_, cast))

    numbers = cases(as_)
    assert sorted(numbers) == sorted(f"审登〔2026〕{n}号" for n in range(1, 51))


def test_the_drafter_and_the_head_of_the_unit_may_withdraw(as_: As, cast: Cast) -> None:
    for who in (cast.drafter, cast.unit_head):
        case_id = new_case(as_, cast)
        with as_(who) as work:
            withdraw_case(work, case_id, REASON)
        assert open_steps(as_, case_id) == []
        with as_(None) as work:
            assert work.get(Case, case_id).status is CaseStatus.WITHDRAWN


def test_a_stranger_cannot_tell_that_there_is_a_case(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    for number in (case_id, case_id + 1000):
        with pytest.raises(Missing), as_(cast.other_drafter) as work:
            withdraw_case(work, number, REASON)


def test_who_only_takes_part_may_not_withdraw(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    for who in (cast.unit_legal, cast.auditor):
        with pytest.raises(Refused), as_(who) as work:
            withdraw_case(work, case_id, REASON)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_withdrawing_needs_a_reason(as_: As, cast: Cast, reason: str) -> None:
    case_id = new_case(as_, cast)
    with pytest.raises(Invalid) as caught, as_(cast.drafter) as work:
        withdraw_case(work, case_id, reason)
    assert "reason" in caught.value.errors
    assert open_steps(as_, case_id) == ["register_matter"]


def test_a_case_is_withdrawn_once(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, REASON)
    said = "林晓，03-02 12:00），不能再次撤回"
    with pytest.raises(Conflict, match=said), as_(cast.unit_head) as work:
        withdraw_case(work, case_id, REASON)


def test_ten_withdrawals_at_once_are_one(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)

    def withdraw(_place: int) -> None:
        with as_(cast.drafter) as work:
            withdraw_case(work, case_id, REASON)

    results = at_once(10, withdraw)

    assert results.count(None) == 1
    assert refused_with(results, Conflict) == 9


def test_after_the_opinion_is_signed_there_is_no_way_back(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "request_agenda")
    with pytest.raises(Conflict, match="已签发"), as_(cast.drafter) as work:
        withdraw_case(work, case_id, REASON)
