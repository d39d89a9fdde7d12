"""What the letters of filing may say of a published document."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.answered import last_answers
from reviewflow.letters.due_fields import due_fields
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.filing import (
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.work import Work

PREPARE_STEP = "prepare_filing"
RULE = "ZFGZ"
SENT_EVENT, REGISTERED_EVENT = "filing.submitted", "filing.registered"
CORRECTED_EVENT, RETURNED_EVENT = "filing.correction_requested", "filing.returned"
NOT_SENT = "（未报送）"


def filing_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter in a filing, in the order of its sorts."""
    duty = work.session.scalar(
        sa.select(FilingObligation).where(FilingObligation.case_id == case.id)
    )
    if duty is None:
        return
    yield _report(work, case, duty)
    at = partial(instant_of, work, case)
    for place, correction in enumerate(duty.corrections, start=1):
        fields = partial(correction_fields, work, duty, correction)
        settled = partial(at, CORRECTED_EVENT, place)
        yield _final("correction_notice", place, correction.notice_on, fields, settled)
    returned = [row for row in duty.submissions if row.returned_on]
    for place, submission in enumerate(returned, start=1):
        fields = partial(return_fields, work, duty, submission)
        since = submission.returned_on or submission.submitted_on
        settled = partial(at, RETURNED_EVENT, place)
        yield _final("return_notice", place, since, fields, settled)
    if duty.registered_on is not None:
        fields = partial(registration_fields, duty)
        since, settled = duty.registered_on, partial(at, REGISTERED_EVENT)
        yield _final("registration_notice", 1, since, fields, settled)


def _final(
    sort: str,
    place: int,
    since: date,
    fields: Callable[[], Fields],
    settled: Callable[[], datetime | None],
) -> Occasion:
    return Occasion(
        SORTS[sort], place, since, is_final=True, fields=fields, settled=settled
    )


def report_fields(work: Work, case: Case, duty: FilingObligation) -> Fields:
    """Return what a filing report may say (备案报告).

    Source: 《安徽省行政规范性文件管理办法》第三十条.
    """
    row = duty.publication
    sent_on = _sent_on(duty)
    return {
        **_common(duty),
        "joint_makers": row.joint_names,
        "meeting": chinese.line(row.meeting),
        "decided_on": chinese.day(row.decided_on),
        "issued_on": chinese.day(row.published_on),
        "published_on": chinese.day(row.published_on),
        "channel": chinese.line(row.channel),
        "effective_on": chinese.day(row.effective_on),
        "valid_until": chinese.day(row.valid_until),
        "early_reason": row.early_reason,
        "simplified_reason": row.simplified_reason,
        "note": str(last_answers(work, case, PREPARE_STEP).get("note") or ""),
        "signed_on": sent_on or NOT_SENT,
    }


def registration_fields(duty: FilingObligation) -> Fields:
    """Return what a notice of registration may say (备案登记通知)."""
    registered_on = chinese.day(duty.registered_on)
    return {
        **_common(duty),
        "submitted_on": _sent_on(duty),
        "register_number": duty.register_number,
        "registered_on": registered_on,
        "signed_on": registered_on,
    }


def correction_fields(
    work: Work, duty: FilingObligation, correction: FilingCorrection
) -> Fields:
    """Return what a notice to supplement a filing may say (备案补正通知书)."""
    sent = [s for s in duty.submissions if s.submitted_on <= correction.notice_on]
    return {
        **_common(duty),
        "submitted_on": chinese.day(sent[-1].submitted_on) if sent else "",
        "reason": correction.reason,
        "is_rule": "yes" if duty.case.kind_code == RULE else "",
        **due_fields(
            work, duty.case, correction.notice_on, correction.due_on, "correction_due"
        ),
        "signed_on": chinese.day(correction.notice_on),
    }


def return_fields(
    work: Work, duty: FilingObligation, submission: FilingSubmission
) -> Fields:
    """Return what a notice of return may say (不予备案登记通知书)."""
    return {
        **_common(duty),
        "submitted_on": chinese.day(submission.submitted_on),
        "reason": submission.return_reason,
        **due_fields(work, duty.case, duty.published_on, duty.due_on),
        "signed_on": chinese.day(submission.returned_on),
    }


def _report(work: Work, case: Case, duty: FilingObligation) -> Occasion:
    sent = duty.submissions
    return Occasion(
        SORTS["filing_report"],
        place=1,
        since=sent[-1].submitted_on if sent else duty.published_on,
        is_final=bool(sent) and sent[-1].returned_on is None,
        fields=partial(report_fields, work, case, duty),
        settled=partial(instant_of, work, case, SENT_EVENT),
    )


def _common(duty: FilingObligation) -> Fields:
    return {
        "maker_name": duty.maker.name,
        "authority_name": duty.authority.name,
        "title": chinese.line(duty.publication.title),
        "doc_number": duty.publication.doc_number,
        "letter_number": "",
    }


def _sent_on(duty: FilingObligation) -> str:
    return chinese.day(duty.submissions[-1].submitted_on) if duty.submissions else ""
