"""文件库: who may change whose documents, from when, and what does not end."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.effects.library import validity_limit
from reviewflow.effects.relations import get_by_number, may_change, numbers_in
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Unit
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.library import change_document
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import at, ending_case, fire, number_of, published
from tests.rules import bring_rule_to, settle_above
from tests.steps import open_steps

AMENDS = {"sort": "AMENDS", "basis": "会议决定"}
REPEALS = {"sort": "REPEALS", "number": "", "basis": "会议决定"}


def change(as_: As, cast: Cast, document_id: int, day: date, **typed: str) -> None:
    """Let the publisher note a change on a day, from that day on."""
    with as_(cast.publisher, at(day)) as work:
        change_document(work, document_id, {"effective_on": str(day), **typed})


@pytest.mark.parametrize(
    ("by", "may", "may_not"),
    [
        ("housing", ["housing"], ["streets", "city", "office"]),
        ("city", ["city", "housing", "office"], ["province", "province_justice"]),
        ("office", ["office", "city", "housing"], ["province"]),  # for the government
        ("province", ["housing", "city", "province_justice"], []),
    ],
)
def test_an_organ_changes_its_own_and_what_is_below_its_government(
    as_: As, cast: Cast, by: str, may: list[str], may_not: list[str]
) -> None:
    with as_(None) as work:
        unit = {
            name: work.session.get_one(Unit, cast.units[name])
            for name in (by, *may, *may_not)
        }
        assert [one for one in may if not may_change(unit[by], unit[one])] == []
        assert [one for one in may_not if may_change(unit[by], unit[one])] == []


def test_a_number_named_twice_is_meant_once() -> None:
    assert numbers_in("甲号、乙号\n甲号；  \n丙号，乙号") == ["甲号", "乙号", "丙号"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("六政办〔2026〕15号", "文件库中没有"),
        ("六安市人民政府令第99号", "文件库中没有"),
        ("停车办法", "不是文号"),
    ],
)
def test_a_number_is_of_a_document_or_of_an_order(
    as_: As, typed: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said), as_(None) as work:
        get_by_number(work, typed, "number")


def test_what_was_changed_is_not_taken_back(as_: As, cast: Cast) -> None:
    old = published(as_, cast)
    published(as_, cast, amends=number_of(as_, old))
    with as_(None) as work:
        case_id = work.get(LibraryDocument, old).case_id
    with pytest.raises(Conflict, match="关系"), as_(cast.drafter) as work:
        withdraw_case(work, case_id, "登记有误。")


def test_what_will_end_or_has_run_out_is_not_changed_again(as_: As, cast: Cast) -> None:
    ending = published(as_, cast)
    change(
        as_, cast, ending, date(2026, 3, 2), **REPEALS | {"effective_on": "2026-06-01"}
    )
    lapsed = published(as_, cast, valid_until="2026-03-31")
    for document_id, day in ((ending, date(2026, 3, 3)), (lapsed, date(2026, 4, 1))):
        with pytest.raises(Invalid, match="已经不再执行"):
            change(as_, cast, document_id, day, **REPEALS)


def test_an_amended_document_is_so_from_the_first_amendment_on(
    as_: As, cast: Cast
) -> None:
    old = published(as_, cast)
    for effective_on in ("2026-05-01", "2026-04-01", "2026-06-01"):
        by = number_of(as_, published(as_, cast))
        typed = AMENDS | {"number": by, "effective_on": effective_on}
        change(as_, cast, old, date(2026, 3, 2), **typed)
    with as_(None) as work:
        row = work.get(LibraryDocument, old)
        assert row.amended_on == date(2026, 4, 1)
        amended = Event.kind == "document.amended"
        event = work.session.scalars(sa.select(Event).where(amended)).all()[-1]
        assert by in str(event.payload)


def test_an_amendment_does_not_end_the_case_about_the_end(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    old = published(as_, cast, valid_until="2028-08-31")
    fire(runtime, date(2028, 2, 29))
    case_id, new = ending_case(as_, old), published(as_, cast)
    typed = AMENDS | {"number": number_of(as_, new)}
    change(as_, cast, old, date(2028, 3, 1), **typed)
    assert open_steps(as_, case_id) == ["assess_expiry"]


def test_lengths_hold_for_the_kinds_and_days_their_rows_name(
    as_: As, cast: Cast
) -> None:
    title = "物业服务管理暂行办法"
    with pytest.raises(Invalid) as refusal:
        published(as_, cast, title=title, valid_until="2028-03-03")
    assert list(refusal.value.errors) == ["long_reason"]
    reason: dict[str, Any] = {
        "long_reason": "配套规划到2035年。",
        "valid_until": "2035-12-31",
    }
    kept = published(as_, cast, **reason)
    with as_(None) as work:
        row = work.get(LibraryDocument, kept)
        assert row.long_reason == reason["long_reason"]
        before_any_row = date(2006, 12, 31)
        asked = (work, row.publication, before_any_row)
        assert validity_limit(*asked, is_pilot=False) is None


def test_a_rule_that_is_no_pilot_has_no_longest_period(as_: As, cast: Cast) -> None:
    wider = settle_above(as_, cast)
    bring_rule_to(as_, wider, "archive_file", publish={"valid_until": "2045-12-31"})
    with as_(None) as work:
        row = work.session.scalars(sa.select(LibraryDocument)).one()
        assert row.valid_until == date(2045, 12, 31)
