"""What holds of units: who enters it, what is refused, what ends when."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.access import AuditRecord
from reviewflow.model.people import Role
from reviewflow.model.unit_term import UnitTerm
from reviewflow.usecases.people import end_post
from reviewflow.usecases.unit_terms import end_unit_term, enter_unit_term
from tests.cast import Cast
from tests.conftest import As
from tests.usecases.posts import post_of

ENTRY = {
    "sort": "ADVISER",
    "holder": "安徽大别山律师事务所",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
}


def entered(as_: As, cast: Cast, **other: str) -> int:
    with as_(cast.admin) as work:
        return enter_unit_term(work, cast.units["housing"], ENTRY | other).id


def ended(as_: As, cast: Cast, term_id: int, last_day: str) -> None:
    with as_(cast.admin) as work:
        end_unit_term(work, cast.units["housing"], term_id, {"last_day": last_day})


def test_a_term_holds_on_its_first_and_its_last_day(as_: As, cast: Cast) -> None:
    term_id = entered(as_, cast)
    ended(as_, cast, term_id, "2026-02-27")

    with as_(None) as work:
        row = work.get(UnitTerm, term_id)
        days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 27)]
        held = [row.in_force(day) for day in [*days, date(2026, 2, 28)]]
        noted = sa.select(AuditRecord.kind).where(AuditRecord.kind.like("unit_term%"))
        kinds = work.session.scalars(noted.order_by(AuditRecord.id)).all()
    assert held == [False, True, True, False]
    assert (row.entered_by_id, row.holder) == (cast.admin, "安徽大别山律师事务所")
    assert kinds == ["unit_term.entered", "unit_term.ended"]


@pytest.mark.parametrize("stranger", ["auditor", "signer", "drafter"])
def test_only_administrators_keep_it(as_: As, cast: Cast, stranger: str) -> None:
    term_id, unit_id = entered(as_, cast), cast.units["housing"]
    with pytest.raises(Refused), as_(cast.people[stranger]) as work:
        enter_unit_term(work, unit_id, ENTRY | {"holder": "另一家"})
    with pytest.raises(Refused), as_(cast.people[stranger]) as work:
        end_unit_term(work, unit_id, term_id, {"last_day": "2026-03-02"})


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("sort", "MAYOR"),
        ("holder", " "),
        ("holder", "所" * 201),
        ("valid_from", ""),
        ("valid_from", "去年"),
        ("valid_from", "0001-01-01"),
        ("valid_to", "2025-12-31"),
    ],
)
def test_an_entry_says_everything(as_: As, cast: Cast, field: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        entered(as_, cast, **{field: wrong})
    assert list(refused.value.errors) == [field]


def test_the_same_is_not_entered_twice_for_the_same_days(as_: As, cast: Cast) -> None:
    entered(as_, cast)
    with pytest.raises(Invalid, match="已经登记"):
        entered(as_, cast, valid_from="2026-12-31", valid_to="")
    entered(as_, cast, valid_from="2027-01-01", valid_to="")  # the year after


@pytest.mark.parametrize("last_day", ["", "明天", "2025-12-31", "2027-01-01"])
def test_an_impossible_last_day_is_refused(as_: As, cast: Cast, last_day: str) -> None:
    term_id = entered(as_, cast)
    with pytest.raises(Invalid) as refused:
        ended(as_, cast, term_id, last_day)
    assert list(refused.value.errors) == ["last_day"]


def test_what_is_over_does_not_end_again(as_: As, cast: Cast) -> None:
    term_id = entered(as_, cast)
    ended(as_, cast, term_id, "2026-02-27")
    with pytest.raises(Conflict, match="2026-02-27"):
        ended(as_, cast, term_id, "2026-02-20")


def test_units_and_rows_that_are_not_there_are_missing(as_: As, cast: Cast) -> None:
    term_id = entered(as_, cast)
    for unit_id in (0, 10**9, 2**70):
        with pytest.raises(Missing), as_(cast.admin) as work:
            enter_unit_term(work, unit_id, ENTRY)
    with pytest.raises(Missing), as_(cast.admin) as work:
        end_unit_term(work, cast.units["streets"], term_id, {"last_day": "2026-03-02"})


def test_an_organ_is_outside_from_the_day_after_its_last_reviewer(
    as_: As, cast: Cast
) -> None:
    post = post_of(as_, cast.city_filing_reviewer, Role.FILING_REVIEWER)
    outside = {"sort": "OUTSIDE", "holder": "机要交换报送", "valid_to": ""}
    with as_(None) as work:
        end_post(work, post)  # who ends a post holds it to the end of the day
        with pytest.raises(Invalid, match="2026年3月2日有在岗的备案审查人"):
            enter_unit_term(
                work, cast.units["city"], outside | {"valid_from": "2026-02-01"}
            )
        row = enter_unit_term(
            work, cast.units["city"], outside | {"valid_from": "2026-03-03"}
        )
        assert row.valid_from == date(2026, 3, 3)
