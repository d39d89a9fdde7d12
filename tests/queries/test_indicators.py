from collections.abc import Iterable
from datetime import date

import pytest

from reviewflow.law.lawbook import Law, load_law
from reviewflow.law.limits import Unit
from reviewflow.model.filing import Chain
from reviewflow.model.standing import Standing
from reviewflow.queries.definitions import book
from reviewflow.queries.filing_counts import FilingFact, filing_names
from reviewflow.queries.rates import Tally, mean, ninetieth, quotient, rate
from reviewflow.queries.review_counts import (
    ReviewClock,
    ReviewFact,
    review_fact,
    review_names,
)
from tests.queries.oracle import (
    AS_OF,
    COUNTS,
    FIGURES,
    FILINGS,
    LATE_REVIEWS,
    RATES,
    REVIEWS,
    Filing,
    Review,
    the_day,
)

LAW = load_law()
WORKING = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)
RATE = {definition.id: definition for definition in book().each()}


def standing(filing: Filing, law: Law = LAW) -> Standing:
    return Standing(
        due_on=law.deadline("TL-13", the_day(filing.published)).due_on,
        exempt=False,
        submissions=filing.submissions,
        corrections=filing.corrections,
        registered_on=filing.registered_on,
    )


def tallied(
    filings: Iterable[Filing], law: Law = LAW, as_of: date = AS_OF
) -> Tally[FilingFact]:
    tally: Tally[FilingFact] = Tally()
    for number, filing in enumerate(filings, 1):
        published_on, facts = the_day(filing.published), standing(filing, law)
        fact = FilingFact(number, 1, "", Chain.GOV, published_on, "TL-13", facts)
        tally.add(filing_names(facts, as_of), fact)
    return tally


def quarter(filing: Filing) -> str:
    return f"2026Q{(the_day(filing.published).month + 2) // 3}"


def rates(tally: Tally[FilingFact], *ids: str) -> list[str | None]:
    return [rate(RATE[id_], tally).value for id_ in ids]


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing.id)
def test_each_filing_of_the_example_stands_where_it_should(filing: Filing) -> None:
    facts = standing(filing)

    names = filing_names(facts, AS_OF)

    assert facts.due_on == the_day(filing.due)
    assert facts.status(AS_OF) == filing.status
    assert ("decided" in names) is (filing.first_go is not None)
    assert ("conforming" in names) is bool(filing.first_go)


@pytest.mark.parametrize(("group", "key"), FIGURES)
def test_the_figures_of_the_example(group: str, key: str) -> None:
    of = {"level": lambda f: f.level, "quarter": quarter}[group]
    tally = tallied(f for f in FILINGS if key in ("total", of(f)))
    counts, expected = FIGURES[group, key]

    assert tuple(map(tally.count, COUNTS)) == counts
    assert tuple(rates(tally, *RATES)) == expected


def test_counted_in_working_days_two_more_are_in_time() -> None:
    before, after = tallied(FILINGS), tallied(FILINGS, WORKING)

    assert rates(after, "I-1", "I-2") == ["93.33", "86.67"]
    gained = set(after.ids("on_time")) - set(before.ids("on_time"))
    assert [FILINGS[n - 1].id for n in sorted(gained)] == ["N03", "N10"]


def test_alternative_readings_stand_beside_the_headline() -> None:
    tally = tallied(FILINGS)
    assert rates(tally, "I-1-all", "I-3-corrected") == ["87.50", "100.00"]


def test_what_happened_later_is_not_known_yet() -> None:
    until_june = [f for f in FILINGS if the_day(f.published) <= date(2026, 6, 10)]
    tally = tallied(until_june, as_of=date(2026, 6, 1))

    # N06, published that day, is not due; N05 has lapsed and is not supplemented
    assert tally.count("not_due") == 1
    assert tally.count("late_unregistered") == 1
    assert rates(tally, "I-1", "I-2") == ["85.71", "71.43"]


def test_a_duty_that_is_waived_is_counted_nowhere() -> None:
    facts = Standing(
        date(2026, 5, 1),
        exempt=True,
        submissions=(),
        corrections=(),
        registered_on=None,
    )

    assert filing_names(facts, AS_OF) == ("exempt",)


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [
        (0, 0, None),
        (0, 3, "0.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),  # 0.125, half up
        (11, 15, "73.33"),
        (15, 15, "100.00"),
        (9999, 10000, "99.99"),
        (19999, 20000, "<100.00"),  # 99.995
        (99996, 100000, "<100.00"),
        (99994, 100000, "99.99"),
    ],
)
def test_rates_have_two_decimals_and_are_never_rounded_to_all(
    numerator: int, denominator: int, value: str | None
) -> None:
    assert quotient(numerator, denominator) == value


def clock(review: Review, **changes: object) -> ReviewClock:
    pauses = [review.pause] if review.pause else []
    found = ReviewClock(
        *(1, 1, "", "TL-08", review.accepted, review.due, review.finished),
        signed=True,
        cancelled_on=None,
        withdrawn_on=None,
        pauses=pauses,
    )
    return found._replace(**changes)  # type: ignore[arg-type]


def reviewed(
    found: ReviewClock, as_of: date = AS_OF
) -> tuple[ReviewFact, tuple[str, ...]]:
    fact = review_fact(found, as_of, LAW)
    assert fact is not None
    return fact, headline(fact, as_of)


def headline(fact: ReviewFact, as_of: date) -> tuple[str, ...]:
    """Return the counts without those that go over every review."""
    names = review_names(fact, as_of)
    own = tuple(name for name in names if not name.startswith("every_"))
    assert [f"every_{name}" for name in own] == list(names[: len(own)])
    return own


@pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review.id)
def test_each_review_of_the_example_is_measured_right(review: Review) -> None:
    fact, names = reviewed(clock(review))

    assert fact.net_working_days == review.net_working_days
    assert fact.due_on == review.due
    assert fact.counted_on == review.finished
    assert ("reviews_late" in names) is (review.id in LATE_REVIEWS)


def test_three_reviews_in_five_are_in_time() -> None:
    tally: Tally[ReviewFact] = Tally()
    for review in REVIEWS:
        fact, names = reviewed(clock(review))
        tally.add(names, fact)
    lengths = [review.net_working_days for review in REVIEWS]

    assert rate(RATE["I-16"], tally).value == "60.00"
    assert (mean(lengths), ninetieth(lengths)) == ("13.60", 17)


PAUSED = REVIEWS[2]


def test_a_review_runs_until_it_is_due_and_is_late_after_that() -> None:
    running = clock(PAUSED, met_on=None)

    assert reviewed(running, date(2026, 4, 7))[1] == ("reviews_running",)
    fact, names = reviewed(running, date(2026, 4, 8))
    assert names == ("reviews", "reviews_late")
    assert fact.counted_on == PAUSED.due
    assert fact.net_working_days is None


def test_a_pause_that_is_not_over_yet_moves_the_due_date_day_by_day() -> None:
    asked = clock(PAUSED)

    # without its pause the review would be due on 30 March; two days are known
    assert reviewed(asked, date(2026, 3, 13))[0].due_on == date(2026, 4, 1)
    assert reviewed(asked, date(2026, 3, 11))[0].due_on == date(2026, 3, 30)
    still_open = clock(PAUSED, met_on=None, pauses=[(date(2026, 3, 11), None)])
    assert reviewed(still_open, date(2026, 6, 1))[1] == ("reviews_running",)


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn_on": date(2026, 3, 30)},
        {"cancelled_on": date(2026, 3, 30), "met_on": None},
        {"signed": False},  # returned to its drafting unit
    ],
)
def test_reviews_that_ended_without_an_opinion_do_not_count(
    changes: dict[str, object],
) -> None:
    gone = clock(PAUSED, **changes)

    assert review_fact(gone, AS_OF, LAW) is None
    assert review_fact(gone, PAUSED.accepted, LAW) is not None  # nobody knew yet
    assert review_fact(gone, date(2026, 3, 8), LAW) is None  # not accepted yet


def test_a_changed_limit_moves_the_due_date_of_a_review() -> None:
    shorter = LAW.with_limit("TL-08", days=10, unit=Unit.WORKING_DAY)

    fact = review_fact(clock(PAUSED), AS_OF, shorter, recompute=True)

    assert fact is not None
    assert headline(fact, AS_OF) == ("reviews", "reviews_late")


def test_a_ceiling_nobody_has_set_stays_out_of_the_headline() -> None:
    found = clock(PAUSED)._replace(limit_id="TL-09", kind_code="ZDJC")
    fact = review_fact(found, AS_OF, LAW)
    assert fact is not None
    names = review_names(fact, AS_OF)
    assert names
    assert all(name.startswith("every_") for name in names)
