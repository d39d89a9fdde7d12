"""Each figure on a small world, its lists written down from the definition."""

import json
from datetime import date

import pytest

from reviewflow.queries.counted import all_counted
from reviewflow.queries.definitions import Definition, book
from reviewflow.queries.groups import Fact
from reviewflow.queries.indicators import Indicators, indicators
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Tally, rate
from tests.conftest import AS_OF
from tests.queries.figures_world import World
from tests.web.statements import counted

RATE = {definition.id: definition for definition in book().each()}
LETTERS = {"cases": "abcdefgh", "units": "u", "documents": "L", "filings": "N"}
ORGANS = (
    "u-city u-justice u-market u-housing u-streets "
    "u-county u-farm u-town u-street u-tobacco"
)
GOVERNMENTS = "u-city u-county u-town u-street"

NOW = {
    # indicator: numerator, denominator, not counted yet
    "I-4": ("N-first N-late", "N-first N-late N-waiting", ""),
    "I-5": ("N-first", "N-first N-late", ""),
    "I-6": ("N-late", "N-late", ""),
    "I-6-found": ("N-late", "N-first N-late", ""),
    "I-6-timely": ("N-late", "N-late", ""),
    "I-8": ("u-city u-town", GOVERNMENTS, ""),
    "I-8-body": ("u-city u-county u-town", GOVERNMENTS, ""),
    "I-10": ("a a b", "a a a b b", "h h"),
    "I-11": ("u-city u-housing", ORGANS, ""),
    "I-12": ("u-market", "u-market u-streets u-farm", ""),
    "I-15": ("a b d", "a b d e", "c"),
    "I-15-days": ("a d", "a b d e", "c"),
    "I-19": ("a", "a b d", ""),
    "I-20": ("a b c d e", "a b c d e f", ""),
    "I-21": ("u-city", "u-city u-county", ""),
    "I-22": (
        "L-extended L-announced L-repealed L-late",
        "L-forgotten L-extended L-announced L-repealed L-late",
        "L-near",
    ),
    "I-23": ("L-far L-far", "", "L-near"),
}
THEN = {
    # indicator, day: numerator, denominator, not counted yet
    ("I-4", "2026-01-25"): ("", "", ""),
    ("I-5", "2026-01-25"): ("", "", ""),
    ("I-5", "2026-02-24"): ("", "", "N-first"),
    ("I-5", "2026-04-26"): ("N-first", "N-first", "N-late"),
    ("I-5", "2026-04-27"): ("N-first", "N-first N-late", ""),
    ("I-6", "2026-04-27"): ("", "", ""),
    ("I-6", "2026-05-28"): ("", "", "N-late"),
    ("I-6", "2026-05-29"): ("", "N-late", ""),
    ("I-6-timely", "2026-06-05"): ("N-late", "N-late", ""),
    ("I-8", "2026-06-01"): (
        "u-city u-county u-gone",
        "u-city u-county u-gone u-town u-street",
        "",
    ),
    ("I-8", "2026-08-09"): ("u-city u-county", GOVERNMENTS, ""),
    ("I-10", "2026-06-10"): ("a a", "a a a", "b b b"),
    ("I-11", "2026-11-22"): ("u-city u-housing u-county", ORGANS, ""),
    ("I-11", "2026-06-30"): (
        "u-housing u-county",
        ORGANS.replace("u-farm", "u-gone u-farm"),
        "",
    ),
    ("I-12", "2026-09-30"): ("u-market u-streets", "u-market u-streets", ""),
    ("I-15", "2026-04-09"): ("", "", ""),
    ("I-19", "2026-08-09"): ("a", "a", ""),
    ("I-20", "2026-08-09"): ("a c", "a c", ""),
    ("I-21", "2026-11-24"): ("u-city u-county", "u-city u-county", ""),
    ("I-21", "2025-12-31"): ("", "u-city u-county u-gone", ""),
    ("I-22", "2026-07-05"): (
        "L-extended",
        "L-forgotten L-extended L-announced L-late",
        "L-repealed",
    ),
    ("I-22", "2026-05-31"): ("", "L-forgotten", "L-repealed"),
    ("I-22", "2026-05-19"): ("", "L-forgotten", "L-repealed"),
    ("I-23", "2026-10-29"): ("L-far", "", "L-near L-far"),
}
WITHIN = {
    # indicator, first and last day of the period: numerator, denominator, not yet
    ("I-5", "2026-03-01", ""): ("", "N-late", ""),
    ("I-8", "2026-09-01", ""): ("u-city u-county u-town", GOVERNMENTS, ""),
    ("I-10", "2026-06-01", "2026-10-31"): ("b", "b b", ""),
    ("I-15", "2026-05-09", "2026-10-11"): ("b d", "b d", ""),
    ("I-19", "2026-04-11", "2026-09-10"): ("", "b d", ""),
    ("I-20", "2026-10-13", ""): ("", "f", ""),
    ("I-21", "2025-01-01", "2025-12-31"): ("", "u-city u-county", ""),
    ("I-22", "2026-04-01", "2026-06-29"): (
        "L-extended L-late",
        "L-extended L-late",
        "",
    ),
    ("I-23", "2026-01-01", "2026-12-31"): ("L-far", "", "L-near"),
}


def ask(world: World, question: Question, actor: str = "auditor") -> Indicators:
    with world.runtime.read(world.cast.people[actor]) as work:
        return indicators(work, question)


def lists(world: World, id_: str, question: Question) -> tuple[str, str, str]:
    """Return by names what a figure counts, out of what, and what not yet."""
    definition, tally = RATE[id_], ask(world, question).total.tally
    letters = LETTERS[book().ids[definition.of]]
    counts = (definition.numerator, definition.denominator, definition.waiting)
    numerator, denominator, waiting = (
        world.names(tally.ids(count), letters) for count in counts
    )
    return numerator, denominator, waiting


@pytest.mark.parametrize("id_", NOW)
def test_each_figure_counts_what_its_definition_says(world: World, id_: str) -> None:
    assert lists(world, id_, Question(AS_OF)) == NOW[id_]


@pytest.mark.parametrize(("id_", "day"), THEN)
def test_what_came_later_is_not_known(world: World, id_: str, day: str) -> None:
    question = Question(date.fromisoformat(day))
    assert lists(world, id_, question) == THEN[id_, day]


@pytest.mark.parametrize(("id_", "first", "last"), WITHIN)
def test_a_period_takes_what_happened_in_it(
    world: World, id_: str, first: str, last: str
) -> None:
    to_on = date.fromisoformat(last) if last else None
    question = Question(AS_OF, from_on=date.fromisoformat(first), to_on=to_on)
    assert lists(world, id_, question) == WITHIN[id_, first, last]


@pytest.mark.parametrize("definition", list(book().each()), ids=lambda one: one.id)
def test_nothing_to_divide_by_is_no_rate_and_says_why(definition: Definition) -> None:
    empty: Tally[Fact] = Tally()
    found = rate(definition, empty)
    assert found.value is None
    assert found.percent == ("0 件" if definition.is_count else "—")
    assert bool(found.reason) is not definition.is_count


def test_organs_and_the_library_are_for_all_cases_for_those_who_see_them(
    world: World,
) -> None:
    everybody = ask(world, Question(AS_OF)).total.tally
    stranger = ask(world, Question(AS_OF), "other_drafter").total.tally
    for count in ("organs_advised", "enforcers", "expired_settled", "expired"):
        assert stranger.ids(count) == everybody.ids(count)
    assert not any(map(stranger.count, ("concluded", "comments", "competition_due")))
    assert stranger.count("governments_covered") == 3  # b is not for these eyes


def test_what_is_missing_is_all_the_rest(world: World) -> None:
    tally = ask(world, Question(AS_OF)).total.tally
    for one in book().each():
        if one.denominator is not None:
            parts = tally.ids(one.numerator) + tally.ids(one.missing)
            assert sorted(parts) == tally.ids(one.denominator), one.id


def test_a_full_world_takes_no_more_statements_than_an_empty_one(
    world: World,
) -> None:
    with counted(world.runtime) as few:
        ask(world, Question(date(2000, 1, 1)))
    with counted(world.runtime) as many:
        ask(world, Question(AS_OF))
    assert len(many) == len(few)


def test_organs_are_in_groups_of_places_and_in_no_others(world: World) -> None:
    found = {
        group: [
            (figures.key, figures.tally.count("organs"))
            for figures in ask(world, Question(AS_OF, group=group)).groups
            if figures.tally.count("organs")
        ]
        for group in (Group.LEVEL, Group.KIND, Group.QUARTER, Group.CHAIN)
    }
    assert found.pop(Group.LEVEL) == [("CITY", 6), ("COUNTY", 2), ("TOWN", 2)]
    assert not any(found.values())


def test_every_list_has_a_value_for_each_heading(world: World) -> None:
    with world.runtime.read(world.cast.auditor) as work:
        for count in book().counts:
            found = all_counted(work, Question(AS_OF), count, "total")
            for row in found.rows:
                assert len(row.values) == len(found.headings), count
                json.dumps(row.values, default=str)
