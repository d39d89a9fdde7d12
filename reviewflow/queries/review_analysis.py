"""Reviews seen as a whole: how long they take, what they find, where they are late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewflow.model.people import Role
from reviewflow.permissions import SYSTEM
from reviewflow.queries.groups import Roster, read_roster
from reviewflow.queries.question import Question, read_question
from reviewflow.queries.rates import quotient
from reviewflow.queries.review_book import OUTCOME, PROBLEM, review_book
from reviewflow.queries.review_moments import Moment, review_moments
from reviewflow.queries.review_spreads import (
    Row,
    Spread,
    kind_rows,
    spread_of,
    unit_rows,
)
from reviewflow.queries.time_slots import (
    Cut,
    Slot,
    finest,
    months_before,
    quarter,
    slots,
    year,
)
from reviewflow.work import Work

MOST_MONTHS, MOST_QUARTERS = 24, 12
"""How many places a table across time has before it is cut more coarsely."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How many reviews were late, out of how many; `tone` none if too few."""

    late: int
    reviews: int
    tone: int | None

    @property
    def percent(self) -> str | None:
        """The share that was late."""
        return quotient(self.late, self.reviews)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the page shows; counts by name, alone and with unit or slot."""

    question: Question
    sees_all: bool
    roster: Roster
    moments: Sequence[Moment]
    counts: Mapping[str, int]
    trend: Sequence[Slot]
    heat_slots: Sequence[Slot]
    in_trend: Mapping[tuple[str, str], int]
    heat: Mapping[tuple[int, str], Heat]
    """By unit and slot; an empty key is the whole period."""
    all: Spread
    units: Sequence[Row[int]]
    kinds: Sequence[Row[str]]

    @property
    def outcomes(self) -> list[tuple[str, str, int]]:
        """Each conclusion with its count: name, words, number."""
        return self._of(OUTCOME, review_book().conclusions)

    @property
    def problems(self) -> list[tuple[str, str, int]]:
        """Each type of problem that was found, the most frequent first."""
        found = self._of(PROBLEM, review_book().problems)
        return sorted((row for row in found if row[2]), key=lambda row: -row[2])

    def _of(self, prefix: str, words: Mapping[str, str]) -> list[tuple[str, str, int]]:
        return [
            (prefix + code, said, self.counts[prefix + code])
            for code, said in words.items()
        ]


def read_period(raw: Mapping[str, str | None], today: date) -> Question:
    """Return the question of a period; the last twelve months if none begins.

    Raises:
        Invalid: A day is not understood, or the period ends before it begins.
    """
    names = ("from", "to", "as_of")
    question = read_question({name: raw.get(name) for name in names}, today)
    if question.from_on is not None:
        return question
    usual = months_before(question.last_day, review_book().usual_months - 1)
    return replace(question, from_on=usual)


def review_analysis(work: Work, question: Question) -> Analysis:
    """Return the analysis of the reviews the actor may see.

    The number of statements does not depend on how many there are.
    """
    roster, moments = read_roster(work), review_moments(work, question)
    days = [moment.on for moment in moments]
    first, last = min(days, default=question.last_day), question.last_day
    by_month = finest(first, last, MOST_MONTHS)
    by_quarter = finest(first, last, MOST_QUARTERS, (quarter, year))
    return Analysis(
        question=question,
        sees_all=work.actor is SYSTEM or work.actor.holds(Role.AUDITOR),
        roster=roster,
        moments=moments,
        counts=Counter(name for moment in moments for name in moment.names),
        trend=list(slots(first, last, by_month)),
        heat_slots=list(slots(first, last, by_quarter)),
        in_trend=Counter(
            (name, by_month(moment.on).key)
            for moment in moments
            for name in moment.names
        ),
        heat=_heat(moments, by_quarter),
        all=spread_of(moments),
        units=unit_rows(moments, roster),
        kinds=kind_rows(moments, roster),
    )


def _heat(moments: Sequence[Moment], cut: Cut) -> dict[tuple[int, str], Heat]:
    reviews: Counter[tuple[int, str]] = Counter()
    late: Counter[tuple[int, str]] = Counter()
    for moment in moments:
        if "reviews" not in moment.names:
            continue
        for key in ("", cut(moment.on).key):
            reviews[moment.unit_id, key] += 1
            late[moment.unit_id, key] += "late" in moment.names
    return {key: _cell(late[key], count) for key, count in reviews.items()}


def _cell(late: int, reviews: int) -> Heat:
    """Return a cell; what has too few is not coloured."""
    if review_book().is_few(reviews):
        return Heat(late, reviews, None)
    share = late * 100 / reviews
    return Heat(late, reviews, sum(share > limit for limit in review_book().heat))
