"""The figures of a yearly report: asked for as they are needed, each asked once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from reviewflow import organs
from reviewflow.model.filing import Chain
from reviewflow.model.people import Level, Unit
from reviewflow.queries.case_counts import CaseFact
from reviewflow.queries.definitions import book
from reviewflow.queries.groups import Heading, Roster, heading_of, read_roster
from reviewflow.queries.indicators import TOTAL, Figures, Indicators, indicators
from reviewflow.queries.question import Group, Question
from reviewflow.queries.rates import Rate, Tally, rate
from reviewflow.queries.report_facts import ReportFact, report_facts
from reviewflow.queries.report_outlines import outlines
from reviewflow.work import Work

NOTHING: Tally[ReportFact] = Tally()
PERSONAL = (Group.LEVEL, Group.AREA, Group.UNIT)
"""By what people can be grouped: they have neither kind nor quarter."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: this year or the one before, chain, grouping, group."""

    is_before: bool = False
    chain: Chain = Chain.GOV
    group: Group = Group.KIND
    key: str = TOTAL


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The figures of one group, or of all: those of the statistics, and our own."""

    place: Place
    label: str
    figures: Figures | None
    own: Tally[ReportFact]

    def count(self, name: str) -> int:
        """Return how many belong to a count."""
        if name in outlines().counts:
            return self.own.count(name)
        return 0 if self.figures is None else self.figures.tally.count(name)

    def rate(self, name: str) -> Rate | None:
        """Return a rate; none if that is the name of a count."""
        definition = book().rate(name)
        if definition is None:
            return None
        if self.figures is None:
            return rate(definition, Tally[ReportFact]())
        return self.figures.rate(definition)


@dataclass(slots=True)
class ReportFigures:
    """Every figure of a government's area in a year, as of a day.

    They are over all matters of the area, whatever of it the actor may see, so that
    whoever works them out again gets the same.
    """

    work: Work
    organ: Unit
    year: int
    as_of: date
    _makers: frozenset[int] | None = None
    _roster: Roster | None = None
    _answers: dict[Place, Indicators] = field(default_factory=dict)
    _facts: dict[bool, Sequence[ReportFact]] = field(default_factory=dict)
    _own: dict[Place, Mapping[Heading, Tally[ReportFact]]] = field(default_factory=dict)

    @property
    def makers(self) -> frozenset[int]:
        """Whose documents and matters count."""
        if self._makers is None:
            self._makers = organs.units_under(self.work, self.organ)
        return self._makers

    @property
    def roster(self) -> Roster:
        """Every unit, and how kinds of documents are called."""
        if self._roster is None:
            self._roster = read_roster(self.work)
        return self._roster

    def question(self, place: Place) -> Question:
        """Return what is asked to get the figures of a place.

        The year before is asked for the same span, as of the same day a year earlier,
        so that the two can be compared.
        """
        year, as_of = self.year, self.as_of
        if place.is_before:
            year, as_of = year - 1, _a_year_earlier(as_of)
        return Question(
            as_of=as_of,
            from_on=date(year, 1, 1),
            to_on=date(year, 12, 31),
            group=place.group,
            chain=place.chain,
            makers=self.makers,
        )

    def answer(self, place: Place) -> Indicators:
        """Return the figures of the statistics by the grouping of a place."""
        asked = replace(place, key=TOTAL)
        if asked not in self._answers:
            with self.work.beyond_sight():
                self._answers[asked] = indicators(self.work, self.question(asked))
        return self._answers[asked]

    def parts(self, place: Place) -> list[ReportPart]:
        """Return the groups of a grouping in their official order."""
        answer, own = self.answer(place), self._grouped(place)
        known = {heading.key for heading in own if heading.key != TOTAL}
        known |= {figures.key for figures in answer.groups}
        keys = sorted(known, key=lambda key: self._order(place.group, key))
        return [self.part(replace(place, key=key)) for key in keys]

    def part(self, place: Place) -> ReportPart:
        """Return one group, or all."""
        figures = self.answer(place).figures(place.key)
        own = self._grouped(place)
        found = next((head for head in own if head.key == place.key), None)
        label = figures.label if figures else found.label if found else place.key
        return ReportPart(place, label, figures, own[found] if found else NOTHING)

    def _grouped(self, place: Place) -> Mapping[Heading, Tally[ReportFact]]:
        asked = replace(place, key=TOTAL, chain=Chain.GOV)
        if asked not in self._own:
            total = Heading((), TOTAL, outlines().words["total"])
            tallies: dict[Heading, Tally[ReportFact]] = {total: Tally()}
            of = heading_of(place.group, self.roster)
            for fact in self._all_facts(asked):
                tallies[total].add(fact.names, fact)
                is_grouped = fact.counted_on is not None or place.group in PERSONAL
                heading = of(_alike(fact, place.group)) if is_grouped else None
                if heading is not None:
                    tallies.setdefault(heading, Tally()).add(fact.names, fact)
            self._own[asked] = tallies
        return self._own[asked]

    def _all_facts(self, place: Place) -> Sequence[ReportFact]:
        if place.is_before not in self._facts:
            with self.work.beyond_sight():
                found = list(report_facts(self.work, self.question(place)))
            self._facts[place.is_before] = found
        return self._facts[place.is_before]

    def _order(self, group: Group, key: str) -> tuple[int, str]:
        if group is Group.LEVEL:
            return list(Level).index(Level(key)), key
        if group is Group.KIND:
            kinds = list(self.roster.kinds)
            return kinds.index(key) if key in kinds else len(kinds), key
        if group is Group.UNIT:
            return self.roster.makers[int(key)].position, key.zfill(12)
        return 0, key


def _alike(fact: ReportFact, group: Group) -> CaseFact:
    """Return the fact as groups know it; by units it belongs to who sent it in."""
    whose = fact.sender_id if group is Group.UNIT else fact.maker_id
    on = fact.counted_on or date.min
    return CaseFact(fact.id, whose, fact.kind_code, on, (), ())


def _a_year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
