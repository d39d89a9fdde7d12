"""What a measure counts, be it an indicator or something counted for it alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow import chinese
from reviewflow.queries.counted_rows import CountedRow, Value, rows_of
from reviewflow.queries.definitions import Definition, book
from reviewflow.queries.groups import Fact
from reviewflow.queries.indicators import Figures, Indicators
from reviewflow.queries.item_book import Lack, Measure
from reviewflow.queries.item_platform import (
    cases,
    connected_organs,
    kinds,
    limits,
)
from reviewflow.queries.item_proofs import (
    Proof,
    Proofs,
    assessing_organs,
    assessments,
    catalogues,
    cleanup_documents,
    cleanups,
    own_rules,
)
from reviewflow.queries.item_reports import yearly_reports
from reviewflow.queries.question import Question
from reviewflow.work import Work

PROOFS: Mapping[str, Callable[[Work, Question, Measure], Proofs]] = {
    "cleanup_documents": cleanup_documents,
    "cleanups": cleanups,
    "catalogues": catalogues,
    "assessments": assessments,
    "assessing_organs": assessing_organs,
    "yearly_reports": yearly_reports,
    "limits": limits,
    "own_rules": own_rules,
    "kinds": kinds,
    "cases": cases,
    "connected_organs": connected_organs,
}
"""What `figure` and `evidence` of a measure name."""

PAGES = {
    "filings": "/filings/{id}",
    "cases": "/cases/{id}",
    "documents": "/library/{id}",
    "units": "/units/{id}",
}
"""The page of what the ids of a subject are of."""
OF_UNITS = "units"
NAMED = 3
"""So many columns of a list name its row: what it is, its number, whose."""

Shares = Mapping[int, tuple[int, int]]
"""How many of how many, by the id of a unit."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A measure as it stands, and what it counts when that is asked for."""

    work: Work
    answer: Indicators
    measure: Measure
    proofs: Proofs | None
    """What was counted for it alone; none if an indicator counts it."""

    @property
    def is_known(self) -> bool:
        """Something counts it: an indicator, of a kind there is a process for."""
        if self.proofs is not None:
            return True
        kind = self.measure.kind
        known = not kind or kind in self.answer.roster.kinds
        return bool(self.measure.indicator) and known

    @property
    def definition(self) -> Definition | None:
        """What the indicator means, if one counts it."""
        return book().rate(self.measure.indicator)

    @property
    def numerator(self) -> int:
        """How many are in order."""
        if self.proofs is not None:
            return sum(not proof.lack for proof in self.proofs)
        return self._number(self.definition.numerator if self.definition else None)

    @property
    def denominator(self) -> int:
        """How many there are."""
        if self.proofs is not None:
            return len(self.proofs)
        return self._number(self.definition.denominator if self.definition else None)

    def by_unit(self) -> Shares:
        """Return the two numbers for each unit."""
        met: Counter[int] = Counter()
        all_of: Counter[int] = Counter()
        if self.proofs is not None:
            for proof in self.proofs:
                if proof.unit_id is not None:
                    all_of[proof.unit_id] += 1
                    met[proof.unit_id] += not proof.lack
        elif self.definition is not None:
            name = self.definition.denominator or self.definition.numerator
            all_of.update(fact.maker_id for fact in self._facts(name))
            of_met = self._facts(self.definition.numerator)
            met.update(fact.maker_id for fact in of_met)
        return {unit_id: (met[unit_id], all_of[unit_id]) for unit_id in all_of}

    def met(self, most: int) -> tuple[int, Proofs]:
        """Return how many are in order, and the first of them."""
        if self.measure.evidence:
            shown = PROOFS[self.measure.evidence](
                self.work, self.answer.question, self.measure
            )
            return len(shown), shown[:most]
        if self.proofs is not None:
            found = [proof for proof in self.proofs if not proof.lack]
            return len(found), found[:most]
        if self.definition is None:
            return 0, ()
        facts = self._facts(self.definition.numerator)
        return len(facts), self._told(facts[:most])

    def missing(self, lack: Lack, most: int) -> tuple[int, Proofs]:
        """Return how many are missing in one way, and the first of them."""
        if self.proofs is not None:
            found = [proof for proof in self.proofs if proof.lack == lack.count]
            return len(found), found[:most]
        facts = self._facts(lack.count, lack.also)
        return len(facts), self._told(facts[:most])

    def told_of_units(self) -> Mapping[int, str]:
        """Return what the roster says of each organ, if organs are counted."""
        definition = self.definition
        if self.proofs is not None or definition is None:
            return {}
        if book().ids[definition.of] != OF_UNITS:
            return {}
        proofs = self._told(self._facts(definition.denominator))
        return {proof.unit_id: proof.told for proof in proofs if proof.unit_id}

    @property
    def _figures(self) -> Figures | None:
        if not self.is_known:
            return None
        kind = self.measure.kind
        return self.answer.figures(kind) if kind else self.answer.total

    def _number(self, count: str | None) -> int:
        figures = self._figures
        if figures is None or not count:
            return 0
        if self.measure.level:
            return len(self._facts(count))
        return figures.tally.count(count)

    def _facts(self, count: str | None, also: str = "") -> Sequence[Fact]:
        """Return what belongs to a count, in official order of its organs."""
        figures = self._figures
        if figures is None or not count:
            return ()
        makers, level = self.answer.roster.makers, self.measure.level
        both = set(figures.tally.ids_of_both(count, also)) if also else None
        found = [
            fact
            for fact in figures.tally.facts(count)
            if not level or makers[fact.maker_id].level.value == level
            if both is None or fact.id in both
        ]
        return sorted(found, key=lambda one: (makers[one.maker_id].position, one.id))

    def _told(self, facts: Sequence[Fact]) -> Proofs:
        definition = self.definition
        if definition is None or not facts:
            return ()
        subject = definition.of
        rows = rows_of(self.work, self.answer, subject, facts)
        page, headings = PAGES[book().ids[subject]], book().lists[subject]
        return [
            Proof(
                fact.maker_id,
                str(row.values[0]),
                page.format(id=row.id),
                "；".join(_said(row, headings)),
            )
            for fact, row in zip(facts, rows, strict=True)
        ]


def counting(work: Work, answer: Indicators, measure: Measure) -> Counting:
    """Return a measure as it stands under the question of the answer."""
    count = PROOFS.get(measure.figure)
    proofs = count(work, answer.question, measure) if count else None
    return Counting(work, answer, measure, proofs)


def _said(row: CountedRow, headings: Sequence[str]) -> Iterator[str]:
    """Give what a row says beside its name and its organ."""
    for heading, value in list(zip(headings, row.values, strict=True))[NAMED:]:
        if value is not None and value != "":
            yield f"{heading}：{_word(value)}"


def _word(value: Value) -> str:
    return chinese.day(value) if isinstance(value, date) else str(value)
