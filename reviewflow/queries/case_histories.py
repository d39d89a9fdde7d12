"""The journals of cases as the figures need them, in few statements."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.event import Event
from reviewflow.model.opinion import Adoption, Finding, Opinion
from reviewflow.queries.case_counts import (
    ACCEPTED,
    ADVISED,
    ANSWERED,
    HEARD,
    MET,
    SIGNED,
    CaseFact,
    CaseHistory,
    Happened,
    decided_facts,
    finding_facts,
    reserve_facts,
    reviewed_facts,
)
from reviewflow.queries.procedure_counts import (
    CLOSED,
    EXCUSED,
    OPENED,
    PUBLISHED,
    as_known,
    comment_facts,
    competition_facts,
    consulted_facts,
    deliberated_facts,
)
from reviewflow.queries.procedures import consultations, verdicts
from reviewflow.queries.question import Question
from reviewflow.queries.review_facts import review_limits
from reviewflow.work import Work

TOLD = (
    *(ACCEPTED, SIGNED, ANSWERED, ADVISED, HEARD, MET),
    *(OPENED, CLOSED, EXCUSED, PUBLISHED),
)
SENT = ("sign_submission", "send_packet")
RESERVED = "TL-07"
"""What the sender has to leave, where the law says so for a kind of document."""

Requests = Mapping[int, Sequence[tuple[date, date]]]
Findings = Mapping[int, Sequence[tuple[int, date, Adoption | None]]]


def case_facts(work: Work, question: Question) -> Iterator[CaseFact]:
    """Give what the histories of cases count for in the period.

    Args:
        work: Actor, instant and transaction.
        question: Which period, and as of which day.
    """
    requests, findings = _requests(work), _findings(work, question)
    asked_public, held = consultations(work, question), verdicts(work, question)
    limits = review_limits(work)
    for version, case in _histories(work, question):
        found = [*decided_facts(case), *reviewed_facts(case)]
        found += finding_facts(case, findings.get(case.id, ()))
        public = as_known(case, asked_public.get(case.id, ()))
        found += [*consulted_facts(case, public), *comment_facts(case, public)]
        found += competition_facts(case, held.get(case.id, ()))
        found += deliberated_facts(case)
        accepted = next((h for h in case.happened if h.kind == ACCEPTED), None)
        asked = requests.get(case.id, ())
        if accepted is not None and version in limits:
            floor = _floor(work, case.kind_code, limits[version][0], accepted.on)
            found += reserve_facts(case, accepted.on, asked, floor, work.law.calendar)
        yield from (fact for fact in found if question.covers(fact.counted_on))


def _histories(work: Work, question: Question) -> Iterator[tuple[int, CaseHistory]]:
    """Give each case that has got so far, with its process version."""
    rows = work.session.execute(_lines(question))
    for case_id, lines in groupby(rows, key=lambda row: row.case_id):
        told = list(lines)
        first = told[0]
        happened = [
            Happened(line.kind, clock.beijing_date(line.at), line.payload or {})
            for line in told
        ]
        yield (
            first.process_version_id,
            CaseHistory(
                *(case_id, first.issuing_organ_id, first.kind_code, first.facts),
                *(happened, first.case_kind),
            ),
        )


def _lines(question: Question) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Event.case_id,
            Event.kind,
            Event.at,
            Event.payload,
            Case.issuing_organ_id,
            Case.kind_code,
            Case.facts,
            Case.kind.label("case_kind"),
            Case.process_version_id,
        )
        .join(Case, Case.id == Event.case_id)
        .where(Event.kind.in_(TOLD), Event.at < clock.end_of_day(question.as_of))
        .order_by(Event.case_id, Event.seq)
    )


def _findings(work: Work, question: Question) -> Findings:
    """Return the findings of signed opinions, by case: opinion, day, adoption."""
    rows = work.session.execute(
        sa.select(Opinion.case_id, Opinion.id, Opinion.signed_at, Finding.adoption)
        .join(Finding.opinion)
        .where(Opinion.signed_at < clock.end_of_day(question.as_of))
        .order_by(Opinion.id, Finding.position)
    )
    found: dict[int, list[tuple[int, date, Adoption | None]]] = {}
    for case_id, opinion_id, signed_at, adoption in rows:
        if signed_at is not None:
            row = (opinion_id, clock.beijing_date(signed_at), adoption)
            found.setdefault(case_id, []).append(row)
    return found


def _requests(work: Work) -> Requests:
    """Return when each case was sent, and by when the opinion was wanted."""
    rows = work.session.execute(
        sa.select(TaskAnswers.case_id, TaskAnswers.at, TaskAnswers.answers)
        .where(TaskAnswers.step.in_(SENT))
        .order_by(TaskAnswers.id)
    )
    found: dict[int, list[tuple[date, date]]] = {}
    for case_id, at, answers in rows:
        if answers.get("requested_on"):
            wanted = date.fromisoformat(answers["requested_on"])
            found.setdefault(case_id, []).append((clock.beijing_date(at), wanted))
    return found


def _floor(work: Work, kind_code: str, review_limit: str, on: date) -> int:
    """Return how many working days have to be left for a review."""
    reserved = work.law.limit(RESERVED, on)
    if kind_code in reserved.applies:
        return reserved.days
    return work.law.limit(review_limit, on).at_least or 0
