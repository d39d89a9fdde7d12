"""From a day on the outcome stays; the sum of the turns says the same as every day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest

from reviewflow.law.lawbook import Law, load_law
from reviewflow.law.limits import Unit
from reviewflow.model.reviewed import Reviewed
from reviewflow.queries.filing_review_shares import running_spans
from tests.queries.histories import DAY, histories
from tests.queries.test_histories import standing

LAW = load_law()
FOUND = list(histories(2026, 1000))
VERSIONS = "reviewflow.storage.migrations.versions"
MIGRATION = import_module(f"{VERSIONS}.0022_lasting")
BY = date(2026, 6, 30)


def reviews() -> Iterator[Reviewed]:
    """Give every order in which a verdict, its days and what was done may come."""
    due = date(2026, 6, 10)
    for decided in (None, date(2026, 6, 10), date(2026, 6, 11)):
        for by in (None, BY):
            for reported in (None, BY, BY + DAY):
                for settled in (None, date(2026, 7, 9)):
                    for has_problem in (True, False):
                        told = (by, reported, settled) if decided else (None,) * 3
                        yield Reviewed(due, has_problem, decided, *told)


def test_an_outcome_stays_from_its_day_on_and_not_from_the_day_before() -> None:
    earlier = 0
    for one in FOUND:
        facts = standing(one, LAW)
        since, outcome = facts.lasting()
        for number in range(60):
            assert facts.outcome(since + number * DAY) == outcome
        assert facts.outcome(date(2030, 1, 1)) == outcome
        earlier += facts.outcome(since - DAY) != outcome
    assert earlier > len(FOUND) * 0.9  # the others never stood otherwise


def test_a_review_stays_from_its_day_on() -> None:
    for one in reviews():
        since, outcome = one.lasting()
        days = (date(2026, 5, 1) + number * DAY for number in range(120))
        assert {one.outcome(day) for day in days if day >= since} == {outcome}


def test_what_was_done_before_the_migration_is_kept_by_the_same_rule() -> None:
    for one in FOUND:
        facts = standing(one, LAW)
        row = SimpleNamespace(
            due_on=str(facts.due_on),
            is_exempt=facts.exempt,
            registered_on=facts.registered_on and str(facts.registered_on),
            report_is_complete=facts.report_is_complete,
        )
        found = MIGRATION._filed(row, list(facts.submissions), list(facts.corrections))  # noqa: SLF001
        since, (status, handling) = facts.lasting()
        assert list(found.values()) == [str(since), status.value, handling.value]


def test_reviews_before_the_migration_are_kept_by_the_same_rule() -> None:
    for one in reviews():
        row = SimpleNamespace(
            review_due_on=one.due_on,
            verdict="PROBLEM" if one.has_problem else "LAWFUL",
            **{
                name: getattr(one, name)
                for name in ("decided_on", "correct_by", "reported_on", "settled_on")
            },
        )
        since, (pace, result) = one.lasting()
        found = MIGRATION._reviewed(row)  # noqa: SLF001
        assert list(found.values()) == [str(since), pace.value, result.value]


def shortened() -> Law:
    """Return the law with a limit that is much shorter from a day in May."""
    changed = LAW.with_limit("TL-18", days=5, unit=Unit.WORKING_DAY)
    shorter = changed.limit("TL-18", date(2026, 5, 20))
    later = replace(shorter, first_day=date(2026, 5, 20))
    return replace(LAW, limits=(*LAW.limits, later))


@pytest.mark.parametrize("law", [LAW, shortened()], ids=["as it is", "shortened"])
@pytest.mark.parametrize("limit_id", ["TL-18", "TL-19"])
def test_what_runs_began_within_a_few_spans(law: Law, limit_id: str) -> None:
    for day in (date(2026, 2, 20), date(2026, 6, 1), date(2026, 10, 8)):
        spans = list(running_spans(law, limit_id, day))
        for number in range(200):
            began = day - number * DAY
            runs = law.deadline(limit_id, began).due_on >= day
            assert any(first <= began <= last for first, last in spans) is runs
