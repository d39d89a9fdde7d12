"""A receiver begins to review what it has registered (备案审查)."""

import sqlalchemy as sa

from reviewflow import clocks, journal, numbering, progress
from reviewflow.effects.filing_reviews import (
    APART,
    KIND,
    REVIEW_STEP,
    authority_id,
    is_apart,
)
from reviewflow.effects.obligations import carry_over
from reviewflow.errors import Conflict, Refused
from reviewflow.model.case import Case, CaseParty, CaseStatus, Part
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.people import Role
from reviewflow.work import Work

SERIES = "备审"
PARTS = (Part.FILING_UNIT, Part.FILING_AUTHORITY)


def begin_filing_review(work: Work, filing_id: int) -> FilingReview:
    """Begin to review a filing; its clock has run since the registration.

    Args:
        work: Actor, instant and transaction.
        filing_id: The duty to file that was registered.

    Raises:
        Missing: There is no such duty for the actor.
        Refused: The actor does not review filings for the receiver, or filed it.
        Conflict: It is not registered yet, or its review has begun.

    Source: 外地备案审查规定 (TL-18); 《法规规章备案审查条例》第十一条.
    """
    duty = work.get(FilingObligation, filing_id)
    filing = work.get(Case, duty.case_id, lock=True)
    _require_open(work, duty)
    case = _case(work, filing)
    for part, unit_id in _units(work, filing).items():
        work.session.add(
            CaseParty(case_id=case.id, part=part, unit_id=unit_id, seen_from=work.now)
        )
    limit = work.process(case).kind.limit_of(REVIEW_STEP, case.kind_code, case.facts)
    clock = clocks.start_clock(work, case, limit, started_on=duty.registered_on)
    row = FilingReview(
        obligation=duty,
        case=case,
        limit_id=limit,
        begun_on=work.today,
        due_on=clock.due_on,
    )
    row.settle()
    work.session.add(row)
    carry_over(work, filing, case)
    for one, kind in ((filing, "filing.review_begun"), (case, "filing_review.begun")):
        journal.record(work, one, kind, due_on=clock.due_on)
    progress.start(work, case)
    return row


def _require_open(work: Work, duty: FilingObligation) -> None:
    if not work.actor.holds(Role.FILING_REVIEWER, authority_id(work, duty)):
        raise Refused("备案审查由备案机关的备案审查人办理。")
    if not is_apart(work, duty):
        raise Refused(APART)
    if duty.registered_on is None:
        raise Conflict("该件还没有备案登记，登记以后才能开始备案审查。")
    begun = sa.select(FilingReview.id).where(FilingReview.obligation_id == duty.id)
    if work.session.scalar(begun) is not None:
        raise Conflict("该件已经开始备案审查，请刷新后查看。")


def _units(work: Work, filing: Case) -> dict[Part, int]:
    rows = work.session.scalars(
        sa.select(CaseParty).where(
            CaseParty.case_id == filing.id, CaseParty.part.in_(PARTS)
        )
    )
    return {row.part: row.unit_id for row in rows}


def _case(work: Work, filing: Case) -> Case:
    process = work.processes.latest(work.session, KIND)
    case = Case(
        number=numbering.next_number(work, SERIES),
        kind=KIND,
        kind_code=filing.kind_code,
        process_version_id=process.version_id,
        title=filing.title,
        unit_id=filing.unit_id,
        issuing_organ_id=filing.issuing_organ_id,
        drafter_id=filing.drafter_id,
        parent_id=filing.id,
        status=CaseStatus.RUNNING,
        phase="备案审查",
        facts={"kind_code": filing.kind_code},
        state="",
        started_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    return case
