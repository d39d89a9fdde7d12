"""What the database counts is what counting one by one gives, on every day."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow.integrity.verify import flaws
from reviewflow.model.case import Case
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.queries.definitions import book
from reviewflow.queries.filed import moving_filings
from reviewflow.queries.filed_lists import filed_list
from reviewflow.queries.filing_counts import BACKFILLED_NAMES
from reviewflow.queries.filing_facts import filing_facts
from reviewflow.queries.filing_review_counts import REVIEW_NAMES
from reviewflow.queries.filing_review_facts import filing_review_facts
from reviewflow.queries.groups import Fact, read_roster
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Tally
from reviewflow.queries.tallies import Tallies
from reviewflow.runtime import open_runtime
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import As, settings_in
from tests.queries.histories import DAY, histories
from tests.queries.history_rows import enter_histories
from tests.queries.ledger import Ledger
from tests.queries.oracle import AS_OF, FILINGS
from tests.queries.test_histories import DAYS
from tests.web.statements import counted

COUNT = 1000
NAMED = {
    name
    for names in (*BACKFILLED_NAMES.values(), *REVIEW_NAMES.values())
    for name in names
}
COUNTS = [name for name in book().counts if name in NAMED]
QUESTIONS = [
    *(Question(day, group=group) for day in DAYS for group in (None, *Group)),
    *(Question(day, chain=Chain.NPC, group=Group.KIND) for day in DAYS),
    Question(DAYS[-1], date(2025, 2, 3), date(2025, 9, 9), Group.UNIT),
    Question(DAYS[3], date(2025, 2, 3), date(2026, 9, 9), Group.QUARTER),
]


@pytest.fixture(scope="module")
def told(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Runtime, Cast]]:
    """A thousand random histories, entered once; nobody changes them."""
    folder = tmp_path_factory.mktemp("told") / "data"
    shutil.copytree(prepared[0], folder)
    runtime, cast = open_runtime(settings_in(folder)), prepared[1]
    with runtime.begin(None) as work:
        enter_histories(work, cast, list(histories(2026, COUNT)))
    yield runtime, cast
    runtime.engine.dispose()


def one_by_one(work: Work, question: Question) -> Tallies:
    """Count without anything that is kept."""
    tallies = Tallies(question, read_roster(work), list)
    for filing in filing_facts(work, question, work.law):
        tallies.add(filing, filing.names(question.as_of))
    for reviewed in filing_review_facts(work, question, work.law):
        tallies.add(reviewed, reviewed.names)
    return tallies


def numbers(tally: Tally[Fact]) -> dict[str, int]:
    return {name: tally.count(name) for name in COUNTS}


def lists(tally: Tally[Fact]) -> dict[str, list[int]]:
    return {name: tally.ids(name) for name in COUNTS}


@pytest.mark.parametrize("actor", ["auditor", "drafter"])
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_numbers_lists_and_groups_are_those_of_counting_one_by_one(
    told: tuple[Runtime, Cast], question: Question, actor: str
) -> None:
    runtime, cast = told
    with runtime.read(cast.people[actor]) as work:
        wanted, found = one_by_one(work, question), indicators(work, question)
        by_key = {place.key: tally for place, tally in wanted.groups.items()}
        pairs = [(found.total.tally, wanted.total)]
        pairs += [
            (figures.tally, by_key.pop(figures.key, Tally()))
            for figures in found.groups
        ]
        assert not by_key
        notes = {figures.key: figures.note for figures in found.groups}
        assert sum(map(bool, notes.values())) == len(wanted.vertical)
        for ours, theirs in pairs:
            assert numbers(ours) == numbers(theirs)
        for ours, theirs in pairs:  # reading them puts facts in the place of numbers
            assert lists(ours) == lists(theirs)
            assert numbers(ours) == numbers(theirs)


@pytest.mark.parametrize("group", [Group.UNIT, Group.QUARTER, Group.KIND])
def test_the_list_of_one_number_is_the_same_read_alone(
    told: tuple[Runtime, Cast], group: Group
) -> None:
    question = Question(DAYS[2], group=group)
    with told[0].read(told[1].auditor) as work:
        wanted, roster = one_by_one(work, question), read_roster(work)
        groups = [(place.key, tally) for place, tally in wanted.groups.items()]
        for key, tally in [(None, wanted.total), *groups[:4]]:
            for name in COUNTS:
                alone = filed_list(work, question, roster, name, key)
                assert [fact.id for fact in alone] == tally.ids(name), (key, name)


def test_numbers_are_those_of_counting_one_by_one_day_by_day(
    told: tuple[Runtime, Cast],
) -> None:
    with told[0].read(None) as work:
        for number in range(0, 1200, 9):
            question = Question(date(2024, 1, 2) + number * DAY)
            tally = indicators(work, question).total.tally
            assert numbers(tally) == numbers(one_by_one(work, question).total)


def test_every_count_has_its_turn(told: tuple[Runtime, Cast]) -> None:
    with told[0].read(None) as work:
        found = [indicators(work, Question(day)).total.tally for day in DAYS]
    for name in COUNTS:
        assert any(tally.count(name) for tally in found), name


def test_verify_is_silent_and_sees_a_review_that_was_tampered_with(
    told: tuple[Runtime, Cast],
) -> None:
    with told[0].read(None) as work:
        cases = sa.select(Case).where(Case.kind == "filing").limit(200)
        for case in work.session.scalars(cases).unique():
            assert flaws(work, case, "I14") == []
        reviewed = sa.select(FilingObligation).where(
            FilingObligation.review_pace.is_not(None)
        )
        duty = work.session.scalars(reviewed.limit(1)).one()
        for name in ("review_pace", "review_result", "review_lasting_from"):
            kept = getattr(duty, name)
            setattr(duty, name, None)
            assert flaws(work, duty.case, "I14"), name
            setattr(duty, name, kept)


def test_plain_filings_are_not_looked_at_one_by_one(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    question = Question(AS_OF, group=Group.UNIT)
    plain = [filing for filing in FILINGS if filing.id != "N13"]  # not due yet

    def looked_at() -> tuple[int, int]:
        with runtime.read(cast.auditor) as work:
            with counted(runtime) as sent:
                indicators(work, question)
            return len(list(moving_filings(work, question, work.law))), len(sent)

    with as_(None) as work:
        for filing in FILINGS:
            Ledger(work, cast).enter(filing)
    looked_at()  # kinds are read once
    before = looked_at()
    with as_(None) as work:
        for filing in plain:
            Ledger(work, cast).enter(filing, copy=1)

    assert looked_at() == before
    assert before[0] == 1
    with runtime.read(cast.auditor) as work:
        total = indicators(work, question).total
        assert total.counts["all"] == len(FILINGS) + len(plain)
