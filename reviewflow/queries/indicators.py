"""The indicators of filing and review, with the list behind every number."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from reviewflow.law.lawbook import Law
from reviewflow.model.people import Role
from reviewflow.permissions import SYSTEM
from reviewflow.queries.case_histories import case_facts
from reviewflow.queries.definitions import Definition, book
from reviewflow.queries.filed import moving_filings, reader_of_kept
from reviewflow.queries.filing_review_shares import filing_review_shares
from reviewflow.queries.filing_shares import filing_shares
from reviewflow.queries.groups import Fact, Heading, Roster, read_roster
from reviewflow.queries.library_facts import library_facts
from reviewflow.queries.organ_facts import organ_facts
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Names, Rate, Tally, mean, ninetieth, rate
from reviewflow.queries.review_counts import (
    ReviewFact,
    review_names,
    submission_names,
)
from reviewflow.queries.review_facts import review_facts, submission_facts
from reviewflow.queries.tallies import Tallies
from reviewflow.work import Work

TOTAL = "total"
UNREVIEWED = "matters_unreviewed"
ORGANS = "organs"
"""The table that does not depend on what happened in the period."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and rates of one group, or of everything."""

    key: str
    label: str
    note: str
    tally: Tally[Fact]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many belong to each count."""
        return {name: self.tally.count(name) for name in book().counts}

    def rate(self, definition: Definition) -> Rate:
        """Return one rate of the group."""
        return rate(definition, self.tally)

    def cell(self, column: str) -> int | str:
        """Return what stands in a column: a count, or a rate as people read it."""
        definition = book().rate(column)
        if definition is None:
            return self.tally.count(column)
        return self.rate(definition).percent

    def is_in(self, table: str) -> bool:
        """There is something of the group to show in a table of the page."""
        return any(map(self.tally.count, book().columns[table]))

    @property
    def working_days(self) -> list[int]:
        """Net working days of every review that was finished."""
        return [
            fact.net_working_days
            for fact in self.tally.facts("reviews")
            if isinstance(fact, ReviewFact) and fact.net_working_days is not None
        ]

    @property
    def mean_working_days(self) -> str | None:
        """How long a review takes on average."""
        return mean(self.working_days)

    @property
    def ninetieth_working_days(self) -> int | None:
        """How long nine in ten reviews take at most."""
        return ninetieth(self.working_days)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The answer to a question: figures of everything, and of each group.

    `sees_all` says whether they are over all matters or over those the actor may
    see; `rule_version` which law data the due dates come from.
    """

    question: Question
    rule_version: str
    sees_all: bool
    roster: Roster
    total: Figures
    groups: tuple[Figures, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing happened in the period; organs are there all the same."""
        tables = [table for table in book().columns if table != ORGANS]
        found = (self.total, *self.groups)
        return not any(figures.is_in(table) for figures in found for table in tables)

    def figures(self, key: str) -> Figures | None:
        """Return the figures of a group by its key, or of everything."""
        found = (self.total, *self.groups)
        return next((figures for figures in found if figures.key == key), None)


def indicators(work: Work, question: Question) -> Indicators:
    """Return every indicator over the rows the actor may see.

    Numbers of filings are counted by the database. Their lists are read when one is
    asked for, all of them at once, so that has to be done within this work. A trial
    of another law counts them one by one.

    Raises:
        Invalid: The limit to be changed is not in the law data or cannot be counted
            like that, or the calendar does not reach.
    """
    law = question.law_of(work.law)
    roster = read_roster(work)
    tallies = Tallies(question, roster, reader_of_kept(work, question, law))
    if not question.is_trial:
        for share in filing_shares(work, question):
            tallies.add_share(share)
        for share in filing_review_shares(work, question, law):
            tallies.add_share(share)
    for fact, names in _named(work, question, law):
        tallies.add(fact, names)
    everything = Heading((), TOTAL, book().labels[TOTAL])
    return Indicators(
        question=question,
        rule_version=law.version,
        sees_all=work.actor is SYSTEM or work.actor.holds(Role.AUDITOR),
        roster=roster,
        total=_figures(everything, tallies.total, question.group, 0),
        groups=tuple(
            _figures(place, tally, question.group, tallies.vertical[place])
            for place, tally in sorted(tallies.groups.items(), key=itemgetter(0))
        ),
    )


def _named(work: Work, question: Question, law: Law) -> Iterator[tuple[Fact, Names]]:
    """Give, each with its counts, what the database does not count."""
    yield from moving_filings(work, question, law)
    for review in review_facts(work, question, law):
        yield review, review_names(review, question.as_of)
    unreviewed: Counter[int] = Counter()
    for fact in case_facts(work, question):
        unreviewed[fact.maker_id] += UNREVIEWED in fact.names
        yield fact, fact.names
    for organ in organ_facts(work, question, unreviewed):
        yield organ, organ.names
    for document in library_facts(work, question):
        yield document, document.names
    for submission in submission_facts(work, question):
        yield submission, submission_names(submission)


def _figures(
    heading: Heading, tally: Tally[Fact], group: Group | None, vertical: int
) -> Figures:
    """Return figures; say so if vertically managed departments are among the makers."""
    if not vertical:
        return Figures(heading.key, heading.label, "", tally)
    key = "vertical" if group is Group.UNIT else "vertical_among"
    note = book().labels[key].format(count=vertical)
    return Figures(heading.key, heading.label, note, tally)
