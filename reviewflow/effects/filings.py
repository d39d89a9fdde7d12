"""Effects of filing: duties arise, are fulfilled, answered and lapse."""

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clocks, journal, notices, numbering, organs
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.happened import reply_number, require_order, settle, way_of
from reviewflow.law.deadlines import Deadline
from reviewflow.model.case import Case
from reviewflow.model.filing import (
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.model.people import Role, Unit
from reviewflow.receipts import give_receipt, seal_manifest
from reviewflow.work import Answers, Work

CORRECT_STEP = "correct_filing"
HAS_LEFT = "备案机关已不在本系统办理，不能在系统内报送，请先在报备页面转为系统外报备。"


def obligation_of(work: Work, case: Case) -> FilingObligation:
    """Return the duty a filing case works off."""
    return work.session.scalars(
        sa.select(FilingObligation).where(FilingObligation.case_id == case.id)
    ).one()


def submit_filing(work: Work, case: Case, answers: Answers) -> None:
    """Send the filing: its day decides whether it is in time (报送备案).

    To a receiver outside it has gone already, in a way that is told; there the
    system confirms nothing, but keeps what was sent.

    Raises:
        Missing: The system itself sends nothing.
        Conflict: The receiver has left the system; nobody would receive it.
        Invalid: It is said to have gone before it was published or given back.
    """
    if work.actor.id is None:
        raise Missing
    obligation = obligation_of(work, case)
    if work.told_at is None and organs.is_outside(work, obligation.authority):
        raise Conflict(HAS_LEFT)
    require_order(work, obligation, answers)
    row = FilingSubmission(
        submitted_on=work.today,
        submitted_at=work.now,
        submitted_by_id=work.actor.id,
        way=way_of(work, case, "prepare_filing", answers),
    )
    obligation.submissions.append(row)
    settle(work, obligation, answers)
    if work.told_at is None:  # the system has received nothing of the past
        give_receipt(work, case, row)
    elif row.way:
        seal_manifest(work, case, row)
    clocks.meet_clock(work, case, obligation.limit_id)
    case.phase = "已报送"
    journal.record(
        work,
        case,
        "filing.submitted",
        to=obligation.authority.name,
        receipt=row.receipt_number,
        digest=row.manifest_digest,
        way=row.way,
    )


def register_filing(work: Work, case: Case, answers: Answers) -> None:
    """Register the filing; its number is given by the receiver (备案登记).

    Raises:
        Conflict: It is registered already.
        Invalid: It is said to have been before it was sent.
    """
    obligation = obligation_of(work, case)
    if obligation.registered_on is not None:
        raise Conflict("该文件已经备案登记。")
    require_order(work, obligation, answers)
    number = str(answers.get("register_number") or "")
    handler = organs.handler_of(work, obligation.authority)
    prefix = handler.document_prefix
    obligation.registered_on = work.today
    obligation.report_is_complete = answers.get("materials_complete") is not False
    settle(work, obligation, answers)
    if not number and work.told_at is None:
        number = numbering.next_number(work, f"{prefix}备")
    obligation.register_number = number
    case.phase = "已登记"
    case.conclusion = "REGISTERED"
    journal.record(
        work,
        case,
        "filing.registered",
        number=obligation.register_number,
        reply=reply_number(answers),
    )
    _tell(work, case, case.unit, "filing_registered", obligation=obligation)


def request_correction(work: Work, case: Case, answers: Answers) -> None:
    """Ask the maker to supplement the filing, with its own clock (补正).

    The registration of a rule is deferred till then (暂缓办理备案登记).

    Source: 《安徽省行政规范性文件管理办法》第三十一条; 《法规规章备案审查条例》第九条.
    """
    obligation = obligation_of(work, case)
    require_order(work, obligation, answers)
    clock = clocks.start_clock(work, case, _correction_limit(work, case))
    reason = str(answers["reason"])
    obligation.corrections.append(
        FilingCorrection(notice_on=work.today, due_on=clock.due_on, reason=reason)
    )
    settle(work, obligation, answers)
    case.phase = "待补正"
    journal.record(
        work,
        case,
        "filing.correction_requested",
        reason=reason,
        due_on=clock.due_on,
        reply=reply_number(answers),
    )
    _tell(
        work,
        case,
        case.unit,
        "filing_correction",
        obligation=obligation,
        because=partial(clocks.explain, work, clock),
        reason=reason,
        due=chinese.day(clock.due_on),
    )


def correct_filing(work: Work, case: Case, answers: Answers) -> None:
    """Note that the filing was supplemented today.

    What is entered late may have been in time: then nothing has lapsed.
    """
    obligation = obligation_of(work, case)
    require_order(work, obligation, answers)
    correction = obligation.corrections[-1]
    correction.corrected_on = work.today
    if work.today <= correction.due_on:
        correction.lapsed_on = None
    settle(work, obligation, answers)
    clocks.meet_clock(work, case, _correction_limit(work, case))
    case.phase = "已报送"
    way = way_of(work, case, CORRECT_STEP, answers)
    journal.record(work, case, "filing.corrected", way=way)


def lapse_filing(work: Work, case: Case, _answers: Answers) -> None:
    """Note that it was not supplemented in time: it counts as not filed in time.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（视作未按时报送备案）.
    """
    correction = obligation_of(work, case).corrections[-1]
    correction.lapsed_on = correction.due_on
    journal.record(work, case, "filing.lapsed", due_on=correction.due_on)
    running = clocks.running_clock(work, case, _correction_limit(work, case))
    _tell(
        work,
        case,
        case.unit,
        "filing_lapsed",
        obligation=obligation_of(work, case),
        because=partial(clocks.explain, work, running) if running else None,
        due=chinese.day(correction.due_on),
    )


def return_filing(work: Work, case: Case, answers: Answers) -> None:
    """Give back what was sent to the wrong organ; the clock never stopped.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（不予备案登记，退回）.
    """
    obligation = obligation_of(work, case)
    if not obligation.submissions:
        raise Invalid(message="该文件还没有报送，不能退回。")
    require_order(work, obligation, answers)
    submission = obligation.submissions[-1]
    submission.returned_on = work.today
    submission.return_reason = str(answers["reason"])
    settle(work, obligation, answers)
    clocks.start_clock(
        work, case, obligation.limit_id, started_on=obligation.published_on
    )
    case.phase = "待报备"
    journal.record(
        work,
        case,
        "filing.returned",
        reason=submission.return_reason,
        reply=reply_number(answers),
    )
    _tell(
        work,
        case,
        case.unit,
        "filing_returned",
        obligation=obligation,
        reason=submission.return_reason,
    )


def _correction_limit(work: Work, case: Case) -> str:
    kind = work.process(case).kind
    return kind.limit_of(CORRECT_STEP, case.kind_code, case.facts)


def _tell(
    work: Work,
    case: Case,
    unit: Unit,
    template: str,
    *,
    obligation: FilingObligation,
    because: Callable[[], Deadline] | None = None,
    **facts: str,
) -> None:
    notices.notify(
        work,
        case,
        notices.holders(work, Role.FILER, unit.id),
        template,
        because,
        authority=obligation.authority.name,
        number=obligation.register_number or "",
        **facts,
    )
