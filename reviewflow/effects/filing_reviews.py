"""Effects of reviewing what was filed: decided, objected to, mended, referred."""

from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clocks, journal, notices, organs, progress
from reviewflow.effects.relations import Change, make_change
from reviewflow.errors import Invalid, Refused
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview, FilingVerdict, Ruling
from reviewflow.model.library import LibraryDocument, RelationSort
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work

KIND, REVIEW_STEP = "filing_review", "review_filing"
CORRECT_STEP = "correct_document"
RULED = {
    Ruling.CHANGED: "已决定改变",
    Ruling.REVOKED: "已决定撤销",
    Ruling.UPHELD: "已决定不予改变或者撤销",
}
DONE_BY = {
    # what a decision does to the document; none leaves it as it is
    Ruling.CHANGED: RelationSort.CHANGES,
    Ruling.REVOKED: RelationSort.REVOKES,
}
APART = "报送过本件备案的人员应当回避，请由本单位其他备案审查人办理。"


def review_of(work: Work, case: Case) -> FilingReview:
    """Return the review a case works off."""
    return work.session.scalars(
        sa.select(FilingReview).where(FilingReview.case_id == case.id)
    ).one()


def is_apart(work: Work, duty: FilingObligation) -> bool:
    """The actor did not file it (回避)."""
    return work.actor.id not in {sent.submitted_by_id for sent in duty.submissions}


def authority_id(work: Work, duty: FilingObligation) -> int | None:
    """Return the unit that examines and reviews for the receiver of a filing."""
    return work.session.scalar(
        sa.select(CaseParty.unit_id).where(
            CaseParty.case_id == duty.case_id, CaseParty.part == Part.FILING_AUTHORITY
        )
    )


def finish_review(work: Work, case: Case, answers: Answers) -> None:
    """Note that nothing was found (备案审查办结).

    Raises:
        Refused: The actor filed the document.

    Source: 《法规规章备案审查条例》第十一条 (two months for rules); local rules for
    documents (TL-18).
    """
    row = _apart(work, case)
    _decide(work, case, row, FilingVerdict.LAWFUL)
    case.phase, case.conclusion = "未发现问题", FilingVerdict.LAWFUL.value
    journal.record(
        work, case, "filing_review.finished", reason=str(answers.get("reason") or "")
    )
    _close(work, case, row, "未发现问题")


def object_document(work: Work, case: Case, answers: Answers) -> None:
    """Tell the maker what is wrong, and by when it reports (备案审查意见、纠错).

    Raises:
        Refused: The actor filed the document.

    Source: 《法规规章备案审查条例》第二十一条 (thirty days to report).
    """
    row = _apart(work, case)
    _decide(work, case, row, FilingVerdict.PROBLEM)
    clock = clocks.start_clock(work, case, _correction_limit(work, case))
    row.correct_by = clock.due_on
    row.settle()
    case.conclusion = FilingVerdict.PROBLEM.value
    findings = len(answers.get("findings") or [])
    journal.record(
        work,
        case,
        "filing_review.objected",
        findings=findings,
        due_on=clock.due_on,
        reason=str(answers.get("reason") or ""),
    )
    due = chinese.day(clock.due_on)
    why = partial(clocks.explain, work, clock)
    notices.notify(work, case, _filers(work, case), "filing_objected", why, due=due)
    _tell_filing(work, row, "有问题")


def report_correction(work: Work, case: Case, answers: Answers) -> None:
    """Note what the maker says it did about it (整改情况报告).

    Raises:
        Invalid: It says to have published what is not published yet.
    """
    published_on = answers.get("published_on")
    if published_on is not None and published_on > work.today:
        raise Invalid({"published_on": "公布日期不能晚于今天，请在公布后报告。"})
    row = review_of(work, case)
    row.reported_on = work.today
    row.settle()
    clocks.meet_clock(work, case, _correction_limit(work, case))
    journal.record(
        work, case, "filing_review.reported", decision=str(answers["decision"])
    )


def settle_review(work: Work, case: Case, answers: Answers) -> None:
    """Note that enough was done (整改到位).

    Raises:
        Refused: The actor filed the document.
    """
    row = _apart(work, case)
    row.settled_on = work.today
    row.settle()
    case.phase = "已整改"
    reason = str(answers.get("reason") or "")
    journal.record(work, case, "filing_review.settled", reason=reason)
    _close(work, case, row, "已整改")


def refer_document(work: Work, case: Case, answers: Answers) -> None:
    """Ask the government to change or annul what its maker will not mend.

    Raises:
        Refused: The actor filed the document.

    Source: 《地方各级人民代表大会和地方各级人民政府组织法》第七十三条（改变或者撤销）.
    """
    row = _apart(work, case)
    row.referred_on = work.today
    reason = str(answers.get("reason") or "")
    journal.record(work, case, "filing_review.referred", reason=reason)
    authority = row.obligation.authority
    body = organs.working_body(work, authority)  # a congress decides itself
    progress.add_party(work, case, Part.OFFICE, body)
    notices.notify(work, case, _filers(work, case), "filing_referred")
    _tell_filing(work, row, "提请改变或者撤销")


def rule_document(work: Work, case: Case, answers: Answers) -> None:
    """Note what was decided about a referred document, and do it in the library.

    A document that has ended by itself meanwhile stays as it is. That its maker has
    mended nothing stays true whatever was decided (I-6).

    Raises:
        Invalid: The day is before the referral, or has not come.

    Source: 《地方各级人民代表大会和地方各级人民政府组织法》第七十三条.
    """
    row = review_of(work, case)
    ruling, ruled_on = Ruling(answers["ruling"]), answers["ruled_on"]
    if row.referred_on is None or not row.referred_on <= ruled_on <= work.today:
        sentence = (
            f"应当在提请之日（{chinese.day(row.referred_on)}）以后，不能晚于今天。"
        )
        raise Invalid({"ruled_on": sentence})
    number = str(answers["number"]).strip()
    row.ruling, row.ruling_number, row.ruled_on = ruling, number, ruled_on
    ending = RULED[ruling]
    case.phase = ending
    journal.record(
        work,
        case,
        "filing_review.ruled",
        ruling=ruling,
        number=number,
        reason=str(answers.get("reason") or ""),
    )
    _change_document(work, row)
    _close(work, case, row, ending)


def _change_document(work: Work, row: FilingReview) -> None:
    """Let the library follow the decision."""
    document = work.session.scalar(
        sa.select(LibraryDocument).where(
            LibraryDocument.publication_id == row.obligation.publication_id
        )
    )
    sort = DONE_BY.get(row.ruling) if row.ruling else None
    is_over = document is None or document.ended_on is not None
    if document is None or sort is None or row.ruled_on is None or is_over:
        return
    if document.holds_on(work.today):
        basis = f"{row.obligation.authority.name}的决定（{row.ruling_number}）"
        make_change(work, Change(document, sort, row.ruled_on, basis=basis), "ruled_on")


def _apart(work: Work, case: Case) -> FilingReview:
    """Return the review, if the actor did not file what is reviewed."""
    row = review_of(work, case)
    if not is_apart(work, row.obligation):
        raise Refused(APART)
    return row


def _decide(work: Work, case: Case, row: FilingReview, verdict: FilingVerdict) -> None:
    row.verdict, row.decided_on = verdict, work.today
    row.settle()
    clocks.meet_clock(work, case, row.limit_id)


def _close(work: Work, case: Case, row: FilingReview, ending: str) -> None:
    notices.notify(work, case, _filers(work, case), "filing_reviewed", ending=ending)
    _tell_filing(work, row, ending)


def _tell_filing(work: Work, row: FilingReview, ending: str) -> None:
    """Write the outcome into the record of the filing too."""
    with work.beyond_sight():
        filing = work.get(Case, row.obligation.case_id, lock=True)
        journal.record(work, filing, "filing.reviewed", outcome=ending)


def _filers(work: Work, case: Case) -> list[int]:
    return notices.holders(work, Role.FILER, case.unit_id)


def _correction_limit(work: Work, case: Case) -> str:
    kind = work.process(case).kind
    return kind.limit_of(CORRECT_STEP, case.kind_code, case.facts)
