"""What the history of a case counts for: decided, reviewed, answered, in good time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from reviewflow.law.calendar import WorkCalendar, working_days_between
from reviewflow.model.opinion import Adoption
from reviewflow.queries.rates import Names

ACCEPTED, ANSWERED = "case.accepted", "opinion.answered"
ADVISED, HEARD = "counsel.advised", "hearing.recorded"
SIGNED, MET = "opinion.signed", "meeting.recorded"
PERMITTING = frozenset({"LEGAL", "REVISE", "RISK_FLAGGED"})
DECIDED = frozenset({"PASSED", "AMENDED"})
FLAGS = ("statutory_hearing", "touches_vital_interests")
ADOPTED = frozenset({Adoption.FULL, Adoption.PARTIAL})

Value = str | int | date | None


class Happened(NamedTuple):
    """One line of the journal, as far as figures need it."""

    kind: str
    on: date
    payload: Mapping[str, Any]


class CaseHistory(NamedTuple):
    """What is known of a case at the end of a day, oldest first."""

    id: int
    maker_id: int
    kind_code: str
    facts: Mapping[str, Any]
    happened: Sequence[Happened]
    kind: str = ""

    def first(self, kind: str) -> Happened | None:
        """Return the earliest line of a kind."""
        return next((h for h in self.happened if h.kind == kind), None)

    def last(self, kind: str) -> Happened | None:
        """Return the latest line of a kind."""
        return next((h for h in reversed(self.happened) if h.kind == kind), None)


class CaseFact(NamedTuple):
    """Something of a case that is counted, with what the list behind it shows."""

    id: int
    """Of the case."""
    maker_id: int
    kind_code: str
    counted_on: date
    names: Names
    """The counts it belongs to."""
    values: tuple[Value, ...]


def decided_facts(case: CaseHistory) -> Iterator[CaseFact]:
    """Give the matter, if a meeting has decided it.

    Source: the definitions in `indicators.yaml` (product rule).
    """
    place = deciding(case.happened)
    if place is None:
        return
    met_on = held_on(case.happened[place])
    before = case.happened[:place]
    opinions = [h for h in before if h.kind == SIGNED]
    is_reviewed = bool(opinions) and opinions[-1].payload["conclusion"] in PERMITTING
    names = ["matters", "matters_reviewed" if is_reviewed else "matters_unreviewed"]
    is_flagged = any(case.facts.get(name) is True for name in FLAGS)
    is_heard = any(h.kind == HEARD and held_on(h) < met_on for h in before)
    if is_flagged:
        names += ["hearings_due", "hearings_held" if is_heard else "hearings_missing"]
    values = (said(is_reviewed), said(is_flagged), said(is_heard))
    yield counted_fact(case, met_on, names, values)


def reviewed_facts(case: CaseHistory) -> Iterator[CaseFact]:
    """Give the matter, if an opinion on it has been signed."""
    signed = case.last(SIGNED)
    if signed is None:
        return
    before = case.happened[: case.happened.index(signed)]
    is_advised = any(h.kind == ADVISED for h in before)
    names = ["reviewed", "reviewed_advised" if is_advised else "reviewed_alone"]
    yield counted_fact(case, signed.on, names, (said(is_advised),))


def finding_facts(
    case: CaseHistory, findings: Sequence[tuple[int, date, Adoption | None]]
) -> Iterator[CaseFact]:
    """Give every finding of a signed opinion, answered or not.

    Args:
        case: Whose.
        findings: Id of the opinion, when it was signed, and what became of each.
    """
    answered = {h.payload["opinion"]: h.on for h in case.happened if h.kind == ANSWERED}
    for opinion_id, signed_on, adoption in findings:
        if opinion_id not in answered or adoption is None:
            yield counted_fact(case, signed_on, ["findings_waiting"], ("waiting",))
            continue
        is_adopted, is_full = adoption in ADOPTED, adoption is Adoption.FULL
        names = [
            "findings",
            "findings_adopted" if is_adopted else "findings_refused",
            "findings_full" if is_full else "findings_less",
        ]
        yield counted_fact(case, answered[opinion_id], names, (adoption.value,))


def reserve_facts(
    case: CaseHistory,
    accepted_on: date,
    requests: Sequence[tuple[date, date]],
    floor: int,
    calendar: WorkCalendar,
) -> Iterator[CaseFact]:
    """Give how much time the sender left for the review, if a day was named.

    Args:
        case: Whose.
        accepted_on: The day the packet was complete.
        requests: When it was sent, and by when the opinion was wanted.
        floor: Working days that should be left at least.
        calendar: Which days are worked.

    Source: 《重大行政决策程序暂行条例》第二十六条（应当保证必要的审查时间）.
    """
    wanted = [wanted_on for sent_on, wanted_on in requests if sent_on <= accepted_on]
    if not wanted or case.facts.get("is_emergency") is True:
        return
    left = working_days_between(accepted_on, wanted[-1], calendar)
    names = ["reserves", "reserves_enough" if left >= floor else "reserves_short"]
    yield counted_fact(case, accepted_on, names, (wanted[-1], left))


def counted_fact(
    case: CaseHistory, on: date, names: Sequence[str], values: tuple[Value, ...]
) -> CaseFact:
    """Return what a case counts for on a day."""
    return CaseFact(case.id, case.maker_id, case.kind_code, on, tuple(names), values)


def deciding(happened: Sequence[Happened]) -> int | None:
    """Return the place of the meeting that decided, if one has."""
    places = [
        place
        for place, line in enumerate(happened)
        if line.kind == MET and line.payload["decision"] in DECIDED
    ]
    return places[-1] if places else None


def held_on(line: Happened) -> date:
    """Return when a meeting or hearing was held that a line tells of."""
    return date.fromisoformat(line.payload["held_on"])


def said(so: bool) -> str:  # noqa: FBT001 - the one thing said
    """Return how a list says that something is so."""
    return "yes" if so else "no"
