"""Figures of a period are frozen and signed; what comes later only differs."""

import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.bulletin_rows import Seal
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.bulletin import Bulletin, Period, read_period
from reviewflow.model.filing import FilingObligation, FilingSubmission
from reviewflow.model.people import Unit
from reviewflow.queries.bulletin_figures import bulletin_figures
from reviewflow.queries.bulletins import BulletinPage
from reviewflow.usecases.bulletins import freeze_bulletin
from reviewflow.work import Work
from tests.bulletins import THEN, TO_OCTOBER, compared, day, freeze, read
from tests.cast import Cast
from tests.conftest import As
from tests.laws import approve, propose
from tests.queries.oracle import FIGURES, RATES

EXPECTED = FIGURES["level", "total"][1]


def rates(page: BulletinPage) -> tuple[str, ...]:
    assert page.frozen is not None
    return tuple(str(page.frozen.total.cell(rate)).strip("%") for rate in RATES)


def test_late_facts_show_as_differences_and_never_change_what_was_told(
    as_: As, cast: Cast, filed: dict[str, int], bulletin: int
) -> None:
    page = read(as_, cast.auditor, bulletin)
    assert (page.seal, rates(page)) == (Seal.INTACT, EXPECTED)
    first = compared(as_, cast.auditor, bulletin)
    assert (first.differences, first.is_other_law, first.redefined) == ([], False, [])

    with as_(None, THEN) as work:  # the seventh had been filed in time, it turns out
        row = work.get(FilingObligation, filed["N07"])
        row.submissions.append(
            FilingSubmission(
                submitted_on=day("07-20"), submitted_at=THEN, submitted_by_id=cast.filer
            )
        )
        row.settle()

    again = read(as_, cast.auditor, bulletin)
    assert (again.seal, rates(again)) == (Seal.INTACT, EXPECTED)
    found = compared(as_, cast.auditor, bulletin).differences
    total = {one.id: one for one in found if one.key == "total"}
    assert (total["I-1"].before, total["I-1"].after) == ("93.33%", "100.00%")
    (change,) = total["I-2"].changes
    assert (change.of, change.before, change.after) == ("numerator", 11, 12)
    ((named,), went_out) = change.came_in, change.went_out
    assert (named.id, named.title) == (filed["N07"], "《N07》（六城管规〔2026〕2号）")
    assert not went_out
    assert {one.label for one in found} == {"全部", "市城市管理局"}


def test_another_rule_shows_as_another_version(
    as_: As, cast: Cast, bulletin: int
) -> None:
    approve(as_, cast.signer, propose(as_, cast.admin, days="20"))

    found = compared(as_, cast.auditor, bulletin)

    assert found.is_other_law
    page = read(as_, cast.auditor, bulletin)
    assert page.row.rule_version != found.rule_version


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"period": "2026Q4"}, "period", "还没有结束"),
        ({"period": "2026-11"}, "period", "2026年11月30日以后"),
        ({"period": "2026"}, "period", "还没有结束"),
        ({"period": "2026Q5"}, "period", "请选择统计时段"),
        ({"as_of": "SETTLED"}, "as_of", "才届满"),
        ({"as_of": ""}, "as_of", "请选择"),
        ({"period": "1000", "as_of": "SETTLED"}, "as_of", "还没有报备时限"),
        ({"organ_id": "0"}, "organ_id", "请选择"),
    ],
)
def test_what_cannot_be_told_yet_is_refused_whole(
    as_: As, cast: Cast, said: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as caught, as_(cast.auditor, THEN) as work:
        freeze(work, cast, **said)
    assert list(caught.value.errors) == [field]
    assert sentence in caught.value.errors[field]


def test_a_month_is_told_as_of_the_day_its_limits_end(as_: As, cast: Cast) -> None:
    with as_(cast.signer, THEN) as work:
        row = work.get(Bulletin, freeze(work, cast, period="2026Q3", as_of="SETTLED"))
        assert row.as_of == day("10-30")  # rules have thirty days
        assert json.loads(row.snapshot)["figures"]["as_of"] == "2026-10-30"
    with pytest.raises(Conflict, match="没有变化"), as_(cast.auditor, THEN) as work:
        freeze(work, cast, period="2026Q3", as_of="SETTLED")


@pytest.mark.parametrize("who", ["drafter", "handler", "admin", "congress_reviewer"])
def test_others_make_none_and_see_none(
    as_: As, cast: Cast, bulletin: int, who: str
) -> None:
    with pytest.raises(Refused), as_(cast.people[who], THEN) as work:
        freeze(work, cast, period="2026-10")
    with pytest.raises(Missing):
        read(as_, cast.people[who], bulletin)


def test_a_government_above_makes_its_own(as_: As, cast: Cast, bulletin: int) -> None:
    with pytest.raises(Invalid), as_(cast.filing_reviewer, THEN) as work:
        freeze(work, cast)
    with pytest.raises(Missing):
        read(as_, cast.filing_reviewer, bulletin)
    with as_(None, THEN) as work:  # one maker is no longer the city's
        units = sa.select(Unit).where(Unit.name == "市城市管理局")
        work.session.scalars(units).one().government_id = cast.units["province"]
    with as_(cast.filing_reviewer, THEN) as work:
        above = freeze(work, cast, organ_id=str(cast.units["province"]))
    assert rates(read(as_, cast.filing_reviewer, above)) == EXPECTED
    with as_(cast.auditor, THEN) as work:
        own = freeze(work, cast)
    assert rates(read(as_, cast.auditor, own))[0] == "100.00"


def test_an_indicator_that_means_something_else_is_named(
    as_: As, cast: Cast, filed: dict[str, int]
) -> None:
    assert filed

    def as_once(work: Work, organ: Unit, period: Period, as_of: date) -> Any:
        figures = bulletin_figures(work, organ, period, as_of)
        return figures | {
            "definitions": [
                one | {"definition": "分母另含未到期的。"}
                if one["id"] == "I-2"
                else one
                for one in figures["definitions"]
            ]
        }

    with as_(cast.auditor, THEN) as work:
        typed = {"organ_id": str(cast.units["city"]), **TO_OCTOBER}
        made = freeze_bulletin(work, typed, as_once).id
    found = compared(as_, cast.auditor, made)
    assert (found.redefined, found.differences) == (["报备及时率"], [])


@pytest.mark.parametrize(
    ("key", "label", "first", "last"),
    [
        ("2026-02", "2026年2月", "2026-02-01", "2026-02-28"),
        ("2026Q3", "2026年第三季度", "2026-07-01", "2026-09-30"),
        ("2026/10", "2026年1月至10月", "2026-01-01", "2026-10-31"),
        ("2024", "2024年", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods(key: str, label: str, first: str, last: str) -> None:
    period = read_period(key)
    assert period is not None
    assert (period.key, period.label) == (key, label)
    assert (str(period.from_on), str(period.to_on)) == (first, last)


@pytest.mark.parametrize("key", ["", "2026-13", "2026Q0", "26Q1", "2026/00", "上月"])
def test_what_is_no_period(key: str) -> None:
    assert read_period(key) is None
