"""The emergency procedure, asked for once a matter is under way (紧急程序)."""

from collections.abc import Mapping
from functools import partial

from reviewflow import chinese, clocks, journal, notices, progress
from reviewflow.effects.emergencies import (
    approve_emergency,
    let_office_see,
    may_decide,
    office_of,
    running_review,
    waiting_request,
    why_not,
)
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.emergency import EmergencyRequest
from reviewflow.model.people import Role
from reviewflow.usecases.documents import Upload, add_document
from reviewflow.work import Work

NOTE = "emergency_note"
LONGEST = 1000
APPROVE, REFUSE = "APPROVE", "REFUSE"


def ask_emergency(
    work: Work, case_id: int, reason: str, note: Upload | None
) -> EmergencyRequest:
    """Ask that a matter under way be treated as urgent; that is the first approval.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        reason: The sudden event or the urgent order.
        note: 紧急程序说明, for the dossier.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor does not head the drafting unit.
        Conflict: As `why_not`.
        Invalid: The reason or the note is missing.

    Source: domain 7.5, 13.6 (product rule on 国办发〔2018〕115号（五）): the head of
    the drafting unit, with approval of the office, before the opinion is signed.
    """
    case = work.get(Case, case_id, lock=True)
    if not work.actor.holds(Role.UNIT_HEAD, case.unit_id):
        raise Refused("紧急程序由起草单位主要负责人申请。")
    _require_possible(work, case)
    if waiting_request(work, case) is not None:
        raise Conflict("已经申请按紧急程序办理，正等待办公室批准。")
    errors = {} if reason.strip() else {"reason": "请写明突发事件或者紧急命令的情况。"}
    if len(reason.strip()) > LONGEST:
        errors["reason"] = f"理由不超过 {LONGEST} 字，请精简。"
    if note is None:
        errors[NOTE] = "请上传紧急程序说明。"
    if errors or note is None:
        raise Invalid(errors)
    row = EmergencyRequest(
        case_id=case.id,
        reason=reason.strip(),
        asked_at=work.now,
        asked_by_id=work.actor.id,
    )
    work.session.add(row)
    let_office_see(work, case)
    add_document(work, case, NOTE, note)
    journal.record(work, case, "emergency.asked", reason=row.reason)
    to = notices.holders(work, Role.OFFICE_INTAKE, office_of(work, case))
    notices.notify(work, case, to, "emergency_asked", reason=row.reason)
    return row


def decide_emergency(
    work: Work, case_id: int, raw: Mapping[str, str]
) -> EmergencyRequest:
    """Approve or refuse what was asked; short limits begin today, never before.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        raw: As typed: `outcome approved_by refusal`.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor does not receive papers in the office, or asked herself.
        Conflict: Nothing waits for a decision, or as `why_not`.
        Invalid: Who approved, or why not, is missing.
    """
    case = work.get(Case, case_id, lock=True)
    row = waiting_request(work, case)
    if not may_decide(work, case, row):
        raise Refused("紧急程序由办公室收文人员批准；申请人不能批准自己的申请。")
    if row is None:
        raise Conflict("没有等待批准的紧急程序申请，请刷新后查看。")
    said = {name: raw.get(name, "").strip() for name in ("approved_by", "refusal")}
    is_approved = raw.get("outcome") == APPROVE
    _require_said(raw.get("outcome", ""), said)
    row.is_approved, row.decided_at = is_approved, work.now
    row.decided_by_id = work.actor.id
    if is_approved:
        _require_possible(work, case)
        row.approved_by = said["approved_by"]
        approve_emergency(work, case, said)
    else:
        row.refusal = said["refusal"]
        journal.record(work, case, "emergency.refused", reason=row.refusal)
    _tell(work, case, row)
    return row


def _require_possible(work: Work, case: Case) -> None:
    refusal = why_not(work, case)
    if refusal:
        raise Conflict(refusal)


def _require_said(outcome: str, said: Mapping[str, str]) -> None:
    errors = {}
    if outcome not in {APPROVE, REFUSE}:
        errors["outcome"] = "请选择批准或者不批准。"
    if outcome == APPROVE and not said["approved_by"]:
        errors["approved_by"] = "请填写批准的负责人，例如：市政府办公室主任王某。"
    if outcome == REFUSE and not said["refusal"]:
        errors["refusal"] = "请写明不批准的理由。"
    if errors:
        raise Invalid(errors)


def _tell(work: Work, case: Case, row: EmergencyRequest) -> None:
    """Tell the unit, and once it is urgent all who have a task, what was decided."""
    heads = notices.holders(work, Role.UNIT_HEAD, case.unit_id)
    to = [case.drafter_id, *heads]
    if not row.is_approved:
        notices.notify(work, case, to, "emergency_refused", reason=row.refusal)
        return
    for task in progress.open_rows(work, case):
        to += notices.doers(work, task)
    review = running_review(work, case)
    due, because = "", None
    if review is not None:
        on = review.due_on
        due = f"，审查应于{chinese.day(on)}前办结"
        because = partial(clocks.explain, work, review)
    notices.notify(work, case, to, "emergency_approved", because, due=due)
