"""How far the platform itself is: rules verified, processes, matters, organs served."""

from datetime import date

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.law.rows import Verified
from reviewflow.model.case import Case
from reviewflow.model.people import Membership, Unit, UnitSort
from reviewflow.model.process_version import ProcessVersion
from reviewflow.queries.item_book import Measure
from reviewflow.queries.item_proofs import MET, Proof, Proofs
from reviewflow.queries.organ_facts import organ_facts
from reviewflow.queries.question import Question
from reviewflow.work import Work

ORGANS = "organs"


def limits(work: Work, question: Question, measure: Measure) -> Proofs:
    """Return the limits of the place in force on the day, verified or not."""
    law, day = work.law, question.as_of
    ids = dict.fromkeys(limit.id for limit in law.limits)
    rows = [law.limit(one, day) for one in ids if law.knows(one, day)]
    return [
        Proof(
            None,
            f"{row.id} {row.title}",
            f"/rules/{row.id}",
            row.source,
            MET if row.verified is Verified.YES else "unverified",
        )
        for row in rows
        if row.place in measure.words
    ]


def kinds(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the processes deployed by the day, or at work by then.

    What was told afterwards, from a ledger, is older than the installation.
    """
    over = clock.end_of_day(question.as_of)
    at_work = sa.select(Case.process_version_id).where(Case.started_at < over)
    select = (
        sa.select(ProcessVersion.key, ProcessVersion.title)
        .where((ProcessVersion.deployed_at < over) | ProcessVersion.id.in_(at_work))
        .order_by(ProcessVersion.id)
    )
    with work.beyond_sight():
        titles = {row.key: row.title for row in work.session.execute(select)}
    return [Proof(None, title, "") for title in titles.values()]


def cases(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the matters begun in the period, of those the actor may see."""
    begins = question.from_on or question.last_day
    select = (
        sa.select(Case.id, Case.unit_id, Case.title, Case.number)
        .where(
            Case.parent_id.is_(None),
            Case.started_at >= clock.beijing_instant(begins),
            Case.started_at < clock.end_of_day(question.last_day),
        )
        .order_by(Case.id)
    )
    return [
        Proof(unit_id, title, f"/cases/{case_id}", number)
        for case_id, unit_id, title, number in work.session.execute(select)
    ]


def connected_organs(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the organs in force on the day, and whether somebody serves in each.

    Who serves in the office of a government serves the government.
    """
    served = _served(work, question.as_of)
    units = work.session.execute(sa.select(Unit.id, Unit.name))
    names = {unit.id: unit.name for unit in units}
    return [
        Proof(
            fact.id,
            names[fact.id],
            f"/units/{fact.id}",
            lack=MET if fact.id in served else "unconnected",
        )
        for fact in organ_facts(work, question, {})
        if ORGANS in fact.names
    ]


def _served(work: Work, day: date) -> set[int | None]:
    select = (
        sa.select(Unit.id, Unit.sort, Unit.government_id)
        .join(Membership, Membership.unit_id == Unit.id)
        .where(
            Membership.valid_from <= day,
            sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        )
        .distinct()
    )
    found: set[int | None] = set()
    for unit_id, sort, government_id in work.session.execute(select):
        found |= {unit_id, government_id if sort is UnitSort.OFFICE else unit_id}
    return found
