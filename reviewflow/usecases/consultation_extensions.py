"""A drafting unit gives the public more time than it announced (延期)."""

from datetime import date

from reviewflow import chinese, journal
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.consultation import Consultation
from reviewflow.usecases.consultations import LONGEST_REASON, running_consultation
from reviewflow.work import Work


def extend_consultation(
    work: Work, case_id: int, ends_on: str, reason: str
) -> Consultation:
    """Put off the last day for comments, while they are still taken.

    The public page shows the new day, the one first announced and the reason.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        ends_on: The new last day, as 2026-04-01.
        reason: Why; everybody may read it.

    Raises:
        Missing, Refused: As `running_consultation`.
        Conflict: As `running_consultation`, or the last day is over.
        Invalid: The day is none or not later, or the reason is missing or too long.

    Source: 征求意见延期应当重新公布截止日期 (product rule on 713号第十五条).
    """
    case, row = running_consultation(work, case_id)
    before = row.ends_on
    if before is None or before < work.today:
        raise Conflict("征求意见的期限已经届满，不能延期；需要补充征求的，请另行公告。")
    last, why = _read(ends_on, before), reason.strip()
    errors: dict[str, str] = {}
    if last is None:
        errors["ends_on"] = f"请填写晚于{chinese.day(before)}的日期，例如：2026-04-01。"
    if not why:
        errors["extension_reason"] = "请写明延期的理由，理由将在公开页面公布。"
    elif len(why) > LONGEST_REASON:
        errors["extension_reason"] = f"理由不超过 {LONGEST_REASON} 字，请精简。"
    if errors or last is None:
        raise Invalid(errors)
    row.first_ends_on = row.first_ends_on or before
    row.ends_on, row.extension_reason = last, why
    journal.record(
        work, case, "consultation.extended", before=before, ends_on=last, reason=why
    )
    return row


def _read(typed: str, before: date) -> date | None:
    """Return the day that was typed, if it is one and a later one."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return day if day > before else None
