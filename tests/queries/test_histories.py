"""A thousand random histories: our figures against a second reckoning."""

from collections.abc import Iterable
from datetime import date

import pytest

from reviewflow.law.lawbook import Law, load_law
from reviewflow.law.limits import Unit
from reviewflow.model.filing import Chain
from reviewflow.model.standing import Standing
from reviewflow.queries.definitions import book
from reviewflow.queries.filing_counts import FilingFact, filing_names
from reviewflow.queries.rates import Tally
from tests.queries.histories import DAY, History, Reference, histories

LAW = load_law()
WORKING = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)
YEARS = LAW.calendar.years.values()
OFF = {day for year in YEARS for day in year.days_off}
MADE_UP = {day for year in YEARS for day in year.makeup_days}
COUNT = 1000
DAYS = [
    date(2024, 6, 30),
    date(2025, 1, 27),
    date(2025, 10, 8),
    date(2026, 2, 23),
    date(2026, 11, 23),
]
DEFINITIONS = {one.id: one for one in book().each()}


def standing(one: History, law: Law) -> Standing:
    return Standing(
        due_on=law.deadline("TL-13", one.published).due_on,
        exempt=one.exempt,
        submissions=tuple(one.sent),
        corrections=tuple(
            (asked, law.deadline("TL-16", asked).due_on, came)
            for asked, came in one.supplements
        ),
        registered_on=one.registered,
        report_is_complete=one.is_complete,
    )


def tallied(found: Iterable[History], law: Law, day: date) -> Tally[FilingFact]:
    tally: Tally[FilingFact] = Tally()
    for one in found:
        if one.published <= day:
            facts = standing(one, law)
            maker, at = one.makers[0], one.published
            fact = FilingFact(one.id, maker, "", Chain.GOV, at, "TL-13", facts)
            tally.add(filing_names(facts, day), fact)
    return tally


@pytest.mark.parametrize("law", [LAW, WORKING], ids=["日", "工作日"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_second_reckoning_agrees(day: date, law: Law) -> None:
    found = list(histories(2026, COUNT))
    reference = Reference(OFF, MADE_UP, by_work=law is WORKING)
    tally = tallied(found, law, day)
    for key, (numerator, denominator) in reference.rates(found, day).items():
        asked = DEFINITIONS[key]
        assert set(tally.ids(asked.numerator)) == numerator, key
        assert set(tally.ids(asked.denominator)) == denominator, key
        assert 0 < len(numerator) < len(denominator), key  # each says something


def test_a_second_reckoning_agrees_day_by_day() -> None:
    found = list(histories(11, 200))
    reference = Reference(OFF, MADE_UP, by_work=False)
    for number in range(300):
        day = date(2025, 3, 1) + number * DAY
        tally = tallied(found, LAW, day)
        for key, (numerator, denominator) in reference.rates(found, day).items():
            asked = DEFINITIONS[key]
            assert set(tally.ids(asked.numerator)) == numerator, (key, day)
            assert set(tally.ids(asked.denominator)) == denominator, (key, day)


def test_every_sort_of_history_is_among_them() -> None:
    found = list(histories(2026, COUNT))
    sorts = {
        "joint": sum(len(one.makers) > 1 for one in found),
        "waived": sum(one.exempt for one in found),
        "never sent": sum(not one.sent for one in found),
        "wrong route": sum(any(back for _, back in one.sent) for one in found),
        "supplemented": sum(bool(one.supplements) for one in found),
        "never supplemented": sum(
            bool(one.supplements) and one.supplements[-1][1] is None for one in found
        ),
        "registered": sum(one.registered is not None for one in found),
    }
    assert min(sorts.values()) >= 20, sorts


def test_what_comes_later_changes_no_day_before_it() -> None:
    """Cut off at a day, the histories give the figures of that day all the same."""
    found = list(histories(7, COUNT))
    for day in DAYS:
        cut = [_known(one, day) for one in found if one.published <= day]
        whole, known = tallied(found, LAW, day), tallied(cut, LAW, day)
        for asked in DEFINITIONS.values():
            assert whole.ids(asked.numerator) == known.ids(asked.numerator)
            assert whole.ids(asked.denominator) == known.ids(asked.denominator)


def _known(one: History, day: date) -> History:
    def by_then(moment: date | None) -> date | None:
        return moment if moment and moment <= day else None

    return History(
        id=one.id,
        makers=one.makers,
        published=one.published,
        exempt=one.exempt,
        sent=[(sent, by_then(back)) for sent, back in one.sent if sent <= day],
        supplements=[(n, by_then(came)) for n, came in one.supplements if n <= day],
        registered=by_then(one.registered),
        is_complete=one.is_complete,
    )
