"""The items of the plan as they stand on a day: target, actual, reached or not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.days import YEARS, read_day
from reviewflow.errors import Invalid, Missing
from reviewflow.model.people import Level
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import Indicators, indicators
from reviewflow.queries.item_book import Item, Lack, plan
from reviewflow.queries.item_counts import Counting, counting
from reviewflow.queries.item_proofs import Proof, Proofs
from reviewflow.queries.item_states import Actual, Share, Standing, State
from reviewflow.queries.question import Group, Question
from reviewflow.work import Work

YEAR_FORM = re.compile(r"[0-9]{4}")
SHOWN = 100
"""So many of a list are on the page; a workbook has them all."""


@dataclass(frozen=True, slots=True)
class Board:
    """Every item as it stands on a day."""

    answer: Indicators
    rows: Sequence[Standing]

    @property
    def question(self) -> Question:
        """Of which period, as of which day."""
        return self.answer.question

    def count(self, state: State) -> int:
        """Return how many items are in a state."""
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True, slots=True)
class Absent:
    """Who is missing in one way: why, what to do, and the first of them."""

    lack: Lack
    count: int
    proofs: Proofs

    def place(self, proof: Proof, year: int) -> str:
        """Return the page on which it is to be done."""
        return self.lack.where.format(year=year) or proof.path


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measure with all that stands behind it."""

    actual: Actual
    levels: Sequence[Share]
    units: Sequence[Share]
    proven: int
    proofs: Proofs
    absent: Sequence[Absent]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that the page of one item shows."""

    answer: Indicators
    standing: Standing
    parts: Sequence[Evidence]
    names: Mapping[int, str]
    """Of every unit, by its id."""


def read_period(raw: Mapping[str, str | None], today: date) -> Question:
    """Return what is asked for by `as_of` and `year`: a year as known on a day.

    Raises:
        Invalid: One of them is not understood; a sentence for each.
    """
    errors: dict[str, str] = {}
    as_of = read_day(raw, "as_of", errors) or today
    typed = (raw.get("year") or "").strip() or str(as_of.year)
    year = int(typed) if YEAR_FORM.fullmatch(typed) else 0
    if year not in YEARS:
        errors["year"] = f"年度“{typed}”不能识别，请填写四位数字，例如 {as_of.year}。"
    elif year > as_of.year and not errors:
        errors["year"] = f"年度不能晚于统计截至日所在的 {as_of.year} 年。"
    if errors:
        raise Invalid(errors)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Question(as_of, from_on=first, to_on=last, group=Group.KIND)


def board(work: Work, question: Question) -> Board:
    """Return every item as it stands, over the rows the actor may see."""
    answer = indicators(work, question)
    rows = [_standing(work, answer, item) for item in plan().items.values()]
    return Board(answer, rows)


def item_page(work: Work, question: Question, number: int, most: int) -> ItemPage:
    """Return one item with what it is computed from.

    Args:
        work: Actor, instant and transaction.
        question: As `read_period` gives it.
        number: Of the item in the plan.
        most: How many of each list are wanted.

    Raises:
        Missing: The board has no such item.
    """
    item = plan().items.get(number)
    if item is None:
        raise Missing
    answer = indicators(work, question)
    standing = _standing(work, answer, item)
    makers = answer.roster.makers
    return ItemPage(
        answer,
        standing,
        [_evidence(answer, actual, most) for actual in standing.actuals],
        {unit_id: maker.name for unit_id, maker in makers.items()},
    )


def _standing(work: Work, answer: Indicators, item: Item) -> Standing:
    found = [counting(work, answer, measure) for measure in item.measures]
    actuals = [
        Actual(one.measure, one, one.numerator, one.denominator) for one in found
    ]
    return Standing(item, actuals)


def _evidence(answer: Indicators, actual: Actual, most: int) -> Evidence:
    counted = actual.counting
    units = list(_units(answer, counted))
    absent = [
        Absent(lack, *counted.missing(lack, most)) for lack in actual.measure.lacks
    ]
    proven, proofs = counted.met(most)
    shown = [lack for lack in absent if lack.count]
    levels = [] if actual.is_count else list(_levels(answer, units))
    return Evidence(actual, levels, units, proven, proofs, shown)


def _units(answer: Indicators, counted: Counting) -> Iterator[Share]:
    """Give the share of each unit, in official order."""
    makers, told = answer.roster.makers, counted.told_of_units()
    shares = counted.by_unit()
    for unit_id in sorted(shares, key=lambda one: (makers[one].position, one)):
        numbers = shares[unit_id]
        yield Share(str(unit_id), makers[unit_id].name, *numbers, told.get(unit_id, ""))


def _levels(answer: Indicators, units: Sequence[Share]) -> Iterator[Share]:
    """Give the share of each level, of the shares of its units."""
    makers = answer.roster.makers
    levels = [makers[int(share.key)].level for share in units]
    for level in (level for level in Level if level in levels):
        of_level = [one for one, its in zip(units, levels, strict=True) if its is level]
        yield Share(
            level.value,
            book().labels[level.value],
            sum(one.numerator for one in of_level),
            sum(one.denominator for one in of_level),
        )
