"""What is counted, sorted into everything and into groups."""

from collections import Counter
from collections.abc import Callable, Iterable

from reviewflow.queries.definitions import book
from reviewflow.queries.filing_counts import FilingFact
from reviewflow.queries.filing_review_counts import FilingReviewFact
from reviewflow.queries.filing_shares import FilingShare
from reviewflow.queries.groups import Fact, Heading, Roster, heading_of
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Names, Tally

FILED = (FilingFact, FilingReviewFact, FilingShare)
PLACES = frozenset({Group.LEVEL, Group.AREA, Group.UNIT})
EVERY = "all"
"""The count of every duty to file."""
Lists = Callable[[], Iterable[tuple[Fact, Names]]]


class Tallies:
    """A tally of everything that is asked for, and one for each group."""

    def __init__(self, question: Question, roster: Roster, lists: Lists) -> None:
        """Begin empty.

        Args:
            question: What is asked for, and by what it is broken down.
            roster: Who makes documents.
            lists: Gives one by one what is put in here by number.
        """
        self._question, self._roster, self._lists = question, roster, lists
        group = question.group
        self._heading = heading_of(group, roster) if group else None
        self.total: Tally[Fact] = Tally(self._read_lists)
        self.groups: dict[Heading, Tally[Fact]] = {}
        self.vertical: Counter[Heading] = Counter()
        """Duties to file of vertically managed departments, where places are groups."""

    def add(self, fact: Fact, names: Names) -> None:
        """Put in one fact, if it is of a maker that is asked for."""
        makers = self._question.makers
        if makers is not None and fact.maker_id not in makers:
            return
        for place, tally in self._places(fact):
            tally.add(names, fact)
            self._note(fact, names, place, 1)

    def add_share(self, share: FilingShare) -> None:
        """Put in so many that are counted alike, of makers that are asked for."""
        for place, tally in self._places(share):
            tally.add_number(share.names, share.number)
            self._note(share, share.names, place, share.number)

    def _places(
        self, fact: Fact | FilingShare
    ) -> Iterable[tuple[Heading | None, Tally[Fact]]]:
        """Give the tallies it counts in, each with its heading; everything has none.

        Filings of kinds that stand apart are only in the group of their kind.
        """
        question = self._question
        is_apart = isinstance(fact, FILED) and fact.kind_code in book().apart
        is_asked = getattr(fact, "chain", question.chain) is question.chain
        if is_asked and not is_apart:
            yield None, self.total
        place = self._heading(fact) if self._heading else None
        if place is not None and (not is_apart or question.group is Group.KIND):
            if place not in self.groups:
                self.groups[place] = Tally(self._read_lists)
            yield place, self.groups[place]

    def _note(
        self, fact: Fact | FilingShare, names: Names, place: Heading | None, count: int
    ) -> None:
        """Keep in mind that vertically managed departments are among the makers."""
        if place is None or self._question.group not in PLACES or EVERY not in names:
            return
        if self._roster.is_vertical(fact.maker_id):
            self.vertical[place] += count

    def _read_lists(self) -> None:
        """Put in one by one what was put in by number."""
        for tally in (self.total, *self.groups.values()):
            tally.forget_numbers()
        self.vertical.clear()
        for fact, names in self._lists():
            for _place, tally in self._places(fact):
                tally.add(names, fact)
