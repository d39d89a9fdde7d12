"""What a case counts for by the procedures it went through before its decision."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reviewflow.model.opinion import Adoption
from reviewflow.queries.case_counts import (
    CaseFact,
    CaseHistory,
    counted_fact,
    deciding,
    held_on,
    said,
)

OPENED, CLOSED = "consultation.opened", "consultation.closed"
EXCUSED, PUBLISHED = "consultation.excused", "document.published"
OUTSIDE = frozenset({"published_document", "published_rule", "omitted_document"})
"""Documents made outside the system; what was done before is not recorded."""
INVOLVED, BREACH, CONCLUDED = "INVOLVED", "BREACH", ("PASS", "EXCEPTION")
BUSINESS = "involves_business"
TOLD_ADOPTED, TOLD_REFUSED = "TOLD_ADOPTED", "TOLD_REFUSED"
ADOPTED = frozenset({Adoption.FULL.value, Adoption.PARTIAL.value, TOLD_ADOPTED})


class Remark(NamedTuple):
    """Comments that say the same: which they are, and what became of them."""

    words: str
    adoption: str
    """As opinions say it; `TOLD_…` if only the number of comments was told."""


class Asked(NamedTuple):
    """One consultation of a case.

    `remarks` are known once it is closed; until then `open_since` counts, the day
    each comment came.
    """

    starts_on: date
    ends_on: date | None
    due_on: date
    closed_on: date | None
    has_reason: bool
    remarks: Sequence[Remark] = ()
    open_since: Sequence[date] = ()

    def is_long_enough(self, day: date) -> bool:
        """It was over by that day, and as long as it should be, or said why not."""
        if self.closed_on is None or self.closed_on > day:
            return False
        last_day = min(self.closed_on, self.ends_on or self.closed_on)
        return last_day >= self.due_on or self.has_reason


class Verdict(NamedTuple):
    """What was held of fair competition, and when."""

    on: date
    verdict: str


def as_known(case: CaseHistory, asked: Sequence[Asked]) -> list[Asked]:
    """Return the consultations of a case as far as its journal has come."""
    closings = sum(line.kind == CLOSED for line in case.happened)
    return [
        one._replace(open_since=())
        if place < closings
        else one._replace(closed_on=None, remarks=())
        for place, one in enumerate(asked)
    ]


def consulted_facts(case: CaseHistory, asked: Sequence[Asked]) -> Iterator[CaseFact]:
    """Give a decided matter that had to be laid before the public.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    place = deciding(case.happened)
    if place is None:
        return
    met_on = held_on(case.happened[place])
    before = [one for one in asked if one.starts_on < met_on]
    is_excused = any(line.kind == EXCUSED for line in case.happened[:place])
    if is_excused and not before:
        excused = ["consultations_excused"]
        yield counted_fact(case, met_on, excused, ("excused", "excused"))
        return
    is_enough = any(one.is_long_enough(met_on) for one in before)
    names = [
        "consultations_due",
        "consulted" if before else "unconsulted",
        "consulted_enough" if is_enough else "consulted_short",
    ]
    values = (said(bool(before)), said(is_enough))
    yield counted_fact(case, met_on, names, values)


def comment_facts(case: CaseHistory, asked: Sequence[Asked]) -> Iterator[CaseFact]:
    """Give what the public said, answered or not yet."""
    for one in asked:
        for received_on in one.open_since:
            values = ("", "waiting")
            yield counted_fact(case, received_on, ["comments_open"], values)
        if one.closed_on is None:
            continue
        for remark in one.remarks:
            is_adopted = remark.adoption in ADOPTED
            outcome = "comments_adopted" if is_adopted else "comments_refused"
            yield counted_fact(
                case,
                one.closed_on,
                ["comments", outcome],
                (remark.words, remark.adoption),
            )


def competition_facts(
    case: CaseHistory, verdicts: Sequence[Verdict]
) -> Iterator[CaseFact]:
    """Give a decided matter that concerns business, if there was a conclusion.

    Source: 《公平竞争审查条例》 (审查后方可出台); the figure is a product rule.
    """
    place = deciding(case.happened)
    is_involved = any(one.verdict == INVOLVED for one in verdicts)
    if place is None or not (case.facts.get(BUSINESS) is True or is_involved):
        return
    met_on = held_on(case.happened[place])
    conclusions = (*CONCLUDED, BREACH)
    held = [
        one.verdict
        for one in verdicts
        if one.on <= met_on and one.verdict in conclusions
    ]
    is_reviewed = bool(held) and held[-1] in CONCLUDED
    outcome = "competition_reviewed" if is_reviewed else "competition_missing"
    yield counted_fact(case, met_on, ["competition_due", outcome], (said(is_reviewed),))


def deliberated_facts(case: CaseHistory) -> Iterator[CaseFact]:
    """Give a matter that was decided: by a meeting, or published without one.

    Source: 《重大行政决策程序暂行条例》第三十条; the figure is a product rule.
    """
    if case.kind in OUTSIDE:
        return
    place, published = deciding(case.happened), case.first(PUBLISHED)
    is_met = place is not None and (
        published is None or place < case.happened.index(published)
    )
    if place is not None and is_met:
        on = held_on(case.happened[place])
    elif published is not None:
        on = published.on
    else:
        return
    names = ["concluded", "deliberated" if is_met else "undeliberated"]
    yield counted_fact(case, on, names, (said(is_met),))
