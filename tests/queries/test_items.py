"""Items of the plan: their actuals are the indicators, as of the day asked for."""

from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import indicators
from reviewflow.queries.item_book import Measure, plan
from reviewflow.queries.item_counts import Counting
from reviewflow.queries.item_states import Actual, State
from reviewflow.queries.items import board, item_page, read_period
from reviewflow.queries.organ_roster import LACKING, organ_roster
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Rate
from reviewflow.usecases.people import add_unit
from reviewflow.usecases.unit_terms import enter_unit_term
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import AS_OF, As
from tests.queries.figures_world import World
from tests.web.statements import counted

ALL = 1000
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def on(work: Work, day: str) -> Question:
    return read_period({"as_of": day}, work.today)


def actuals(work: Work, day: str) -> dict[str, Actual]:
    rows = board(work, on(work, day)).rows
    return {one.measure.id: one for row in rows for one in row.actuals}


def missing(world: World, measure: str, day: str) -> set[str]:
    """Return who is missing under a measure, by name."""
    number = int(measure.partition("-")[0])
    with world.runtime.read(None) as work:
        page = item_page(work, on(work, day), number, ALL)
    (part,) = [one for one in page.parts if one.actual.measure.id == measure]
    absent = part.absent
    return {proof.name for one in absent for proof in one.proofs}


def rate_of(work: Work, measure: Measure) -> Rate | None:
    """Return the indicator as the statistics have it."""
    group, key = Group.LEVEL, measure.level or "total"
    if measure.kind:
        group, key = Group.KIND, measure.kind
    figures = indicators(work, Question(AS_OF, *YEAR, group=group)).figures(key)
    definition = book().rate(measure.indicator)
    return figures.rate(definition) if figures and definition else None


def test_what_was_reached_is_the_indicator_of_the_same_question(
    city_to_read: Runtime,
) -> None:
    with city_to_read.read(None) as work:
        found = actuals(work, str(AS_OF))
        compared = 0
        for actual in found.values():
            rate = rate_of(work, actual.measure)
            if rate is None:
                continue
            told = (actual.numerator, actual.denominator, actual.value)
            assert told == (rate.numerator, rate.denominator, rate.value)
            compared += 1
    assert compared == 17
    assert found["18-4"].denominator == 4


def test_each_level_has_a_target_of_its_own(as_: As, cast: Cast) -> None:
    with as_(None) as work:
        county = _unit(work, "某县人民政府", UnitSort.GOVERNMENT, cast.units["city"])
        farm = _unit(work, "某县农业农村局", UnitSort.DEPARTMENT, county)
        water = _unit(work, "某县水利局", UnitSort.DEPARTMENT, county)
        city = (cast.units["housing"], cast.units["streets"])
        for unit_id in (*city, farm, water):
            _enter(work, unit_id, "ENFORCEMENT")
        for unit_id in (city[0], farm):
            _enter(work, unit_id, "PUBLIC_LAWYER")

    with as_(None) as work:
        found = actuals(work, "2026-03-02")

    for one in (found["11-2"], found["11-3"]):
        assert (one.numerator, one.denominator, one.shown) == (1, 2, "50.00%")
    assert found["11-2"].state is State.MISSED  # a city needs 70 %
    assert found["11-3"].state is State.REACHED


def _unit(work: Work, name: str, sort: UnitSort, government_id: int) -> int:
    named = {"name": name, "short_name": name, "level": Level.COUNTY, "sort": sort}
    return add_unit(work, Unit(**named, government_id=government_id)).id


def _enter(work: Work, unit_id: int, sort: str) -> None:
    typed = {"sort": sort, "holder": "依据", "valid_from": "2026-01-01", "valid_to": ""}
    enter_unit_term(work, unit_id, typed)


@pytest.mark.parametrize(
    ("measure", "name", "named_on", "not_on"),
    [
        ("11-1", "u-town", "2026-11-23", "2026-11-24"),  # an adviser from the 24th on
        ("11-1", "u-county", "2026-11-23", "2026-11-22"),  # an adviser until the 22nd
        ("13-1", "u-county", "2026-11-23", "2026-11-24"),  # the catalogue of the 24th
        (
            "15-1",
            "u-town",
            "2026-08-31",
            "2026-09-01",
        ),  # a review body in September
        ("15-2", "b", "2026-08-10", "2026-08-09"),  # decided without review on the 10th
    ],
)
def test_who_is_missing_is_named_on_the_days_on_which_it_is(
    world: World, measure: str, name: str, named_on: str, not_on: str
) -> None:
    assert name in missing(world, measure, named_on)
    assert name not in missing(world, measure, not_on)


def test_a_government_that_reviews_but_let_a_matter_by_is_told_why(
    world: World,
) -> None:
    with world.runtime.read(None) as work:
        page = item_page(work, on(work, str(AS_OF)), 15, ALL)
    told = {
        one.lack.count: [p.name for p in one.proofs] for one in page.parts[0].absent
    }
    assert told["governments_unstaffed"] == ["u-street"]
    assert told["governments_uncovered"] == ["u-county"]


def test_without_data_nothing_is_reached(as_: As) -> None:
    with as_(None) as work:
        found = board(work, on(work, "2026-03-02"))
        rows = {row.item.number: row for row in found.rows}
        empty = [one for row in found.rows for one in row.actuals if not one.has_data]

        assert {one.shown for one in empty} == {"—"}
        assert {one.state for one in empty} == {State.NO_DATA}
        assert all(one.reason for one in empty)
        assert rows[18].state is rows[6].state is State.NO_DATA
        assert found.count(State.REACHED) == 0
        for number, place in ((6, 1), (22, 0)):
            reason = rows[number].actuals[place].reason
            assert reason == "本系统尚未受理此类事项，没有数据。"


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown", "state"),
    [
        (99_999, 100_000, "<100.00%", State.MISSED),
        (100_000, 100_000, "100.00%", State.REACHED),
        (0, 7, "0.00%", State.MISSED),
    ],
)
def test_what_is_not_all_is_never_all(
    world: World, numerator: int, denominator: int, shown: str, state: State
) -> None:
    measure = plan().items[18].measures[0]
    with world.runtime.read(None) as work:
        answer = indicators(work, on(work, str(AS_OF)))
        counting = Counting(work, answer, measure, None)
        actual = Actual(measure, counting, numerator, denominator)
    assert (actual.shown, actual.state) == (shown, state)


def test_every_number_of_a_measure_is_one_the_indicators_know() -> None:
    for measure in (one for item in plan().items.values() for one in item.measures):
        for lack in measure.lacks:
            if measure.indicator:
                assert {lack.count, lack.also or lack.count} <= set(book().counts)
        assert not measure.indicator or book().rate(measure.indicator)


def test_the_roster_lacks_what_the_figures_lack(world: World) -> None:
    for day in (date(2026, 11, 22), AS_OF, date(2026, 11, 24)):
        with world.runtime.read(None) as work:
            total = indicators(work, Question(day)).total
            for sort, count in LACKING.items():
                rows = organ_roster(work, day, sort).rows
                assert sorted(row.unit.id for row in rows) == total.tally.ids(count)


def test_the_board_takes_as_many_statements_for_a_full_year_as_for_an_empty_one(
    world: World,
) -> None:
    sent = []
    for day in ("2025-06-30", str(AS_OF)):
        with world.runtime.read(None) as work, counted(world.runtime) as statements:
            board(work, on(work, day))
            sent.append(len(statements))
    assert sent[0] == sent[1]


def test_a_year_that_has_not_come_is_refused(as_: As) -> None:
    with as_(None) as work:
        asked = {"as_of": "2026-03-02", "year": "2027"}
        with pytest.raises(Invalid, match="不能晚于统计截至日所在的 2026 年"):
            read_period(asked, work.today)
        for typed in ("二〇二六", "9" * 5000, "-2026", "0000"):
            with pytest.raises(Invalid, match="不能识别"):
                read_period({"year": typed}, work.today)
        last = read_period({"as_of": "2026-03-02", "year": "2025"}, work.today)
    assert (last.from_on, last.last_day) == (date(2025, 1, 1), date(2025, 12, 31))
