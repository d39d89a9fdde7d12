"""Limits and holidays are changed: proposed by one, looked at, approved by another."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.law.amendments import (
    Amendment,
    Register,
    amended,
    limit_fields,
    limit_of,
    year_of,
)
from reviewflow.law.limits import Counting, TimeLimit
from reviewflow.law.notice_text import read_notice
from reviewflow.lawbooks import amendment_of
from reviewflow.model.job import Job
from reviewflow.model.law_change import LawChange
from reviewflow.model.people import Role
from reviewflow.recalculation import moves, recalculate
from reviewflow.usecases.jobs import ask_for
from reviewflow.usecases.people import audit
from reviewflow.work import Work

LONGEST_REASON = 500
NUMBERS = ("days", "at_least", "extension", "plan")
TEXTS = ("unit", "every_year", "first_day", "basis", "source", "place", "verified")


def propose_limit(work: Work, limit_id: str, typed: Mapping[str, str]) -> LawChange:
    """Propose another row of a limit, that holds from its first day on.

    What is not typed is as in the row in force today: what it counts and how.

    Args:
        work: Actor, instant and transaction.
        limit_id: Of the register.
        typed: `days`, `unit` (or `every_year`), `first_day`, `basis`, `source`,
            `place`, `verified`, `note`, `reason`; `at_least`, `extension` and
            `plan` where the limit has them.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such limit.
        Invalid: A field is wrong, or nothing is changed.
        Conflict: Another change of it waits for approval.
    """
    permissions.require_admin(work.actor)
    present = work.law.limit(limit_id, work.today)
    fields = limit_fields(present) | _typed(present, typed)
    amendment = Amendment(Register.LIMIT, limit_id, fields)
    if limit_of(amendment) in work.law.limits:
        raise Invalid({"days": "填写的内容与现行规则相同，没有需要变更的内容。"})
    return _propose(work, amendment, typed.get("reason", ""))


def propose_year(work: Work, typed: Mapping[str, str]) -> LawChange:
    """Propose the holidays of a year, from the text of the notice.

    Args:
        work: Actor, instant and transaction.
        typed: `title`, `address` and `text` of the notice; `reason`.

    Raises:
        Refused: The actor is not an administrator.
        Invalid: The text is not understood whole.
        Conflict: Another change of that year waits for approval.
    """
    permissions.require_admin(work.actor)
    blank = {name: "请填写。" for name in ("title", "address") if not typed.get(name)}
    if blank:
        raise Invalid(blank)
    fields = read_notice(typed.get("text", ""), typed["title"], typed["address"])
    amendment = Amendment(Register.YEAR, str(fields["year"]), fields)
    if year_of(amendment) == work.law.calendar.years.get(fields["year"]):
        raise Invalid(
            {"text": f"{fields['year']}年的安排与已有的相同，没有需要变更的内容。"}
        )
    return _propose(work, amendment, typed.get("reason", ""))


def approve_change(work: Work, change_id: int) -> Job:
    """Put a proposed change in force and have the clocks it moves set anew.

    Returns:
        The job that sets them.

    Raises:
        Missing: There is no such change.
        Refused: The actor does not sign reviews, or has proposed it.
        Conflict: It was approved or dropped before.
        Invalid: It does not fit the law as it is by now.
    """
    if not work.actor.holds(Role.REVIEW_SIGNER):
        raise Refused("规则变更由审查机构负责人批准，请联系签发人。")
    row = _pending(work, change_id)
    if row.proposed_by_id == work.actor.id:
        raise Refused("提出变更的人不能自己批准，请由另一名签发人批准。")
    work.law_here = amended(work.law, [amendment_of(row)])
    latest = work.session.scalar(sa.select(sa.func.max(LawChange.serial))) or 0
    row.serial, row.approved_at = latest + 1, work.now
    row.approved_by_id = work.actor.id
    audit(work, "law.changed", f"{row.register}:{row.key}", serial=row.serial)
    return _ask_to_recalculate(work, row)


def continue_change(work: Work, change_id: int) -> Job:
    """Ask again for the clocks that an approved change has not moved yet.

    Raises:
        Missing: There is no such change.
        Refused: The actor neither administers nor signs reviews.
        Conflict: It was not approved.
    """
    if not work.actor.roles & {Role.ADMIN, Role.REVIEW_SIGNER}:
        raise Refused("期限由管理员或者审查机构负责人继续重新计算。")
    row = work.get(LawChange, change_id)
    if row.serial is None:
        raise Conflict("这项变更没有批准，不需要重新计算期限。")
    return _ask_to_recalculate(work, row)


def _ask_to_recalculate(work: Work, row: LawChange) -> Job:
    return ask_for(work, "recalculate", f"change:{row.id}", change_id=row.id)


def drop_change(work: Work, change_id: int) -> LawChange:
    """Give up a proposed change.

    Raises:
        Missing: There is no such change.
        Refused: The actor neither administers nor signs reviews.
        Conflict: It was approved or dropped before.
    """
    if not work.actor.roles & {Role.ADMIN, Role.REVIEW_SIGNER}:
        raise Refused("规则变更由管理员或者审查机构负责人撤销。")
    row = _pending(work, change_id)
    row.dropped_at = work.now
    audit(work, "law.change_dropped", f"{row.register}:{row.key}")
    return row


def approved_moves(work: Work, change_id: int) -> list[int]:
    """Return the cases with clocks that an approved change still has to move."""
    row = work.get(LawChange, change_id)
    found = {move.row.case_id for move in moves(work, work.law, amendment_of(row))}
    return sorted(found)


def recalculate_cases(work: Work, change_id: int, case_ids: Sequence[int]) -> None:
    """Set the clocks of some cases anew; doing it again changes nothing."""
    change = work.get(LawChange, change_id)
    amendment = amendment_of(change)
    for move in list(moves(work, work.law, amendment, case_ids)):
        recalculate(work, move.row, change.reason)


def _propose(work: Work, amendment: Amendment, reason: str) -> LawChange:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Invalid({"reason": f"请写明变更的理由，不超过 {LONGEST_REASON} 字。"})
    same = sa.select(LawChange.id).where(
        LawChange.register == amendment.register,
        LawChange.key == amendment.key,
        LawChange.serial.is_(None),
        LawChange.dropped_at.is_(None),
    )
    if work.session.scalar(same) is not None:
        raise Conflict("这条规则已有一项变更等待批准，请先批准或者撤销。")
    row = LawChange(
        register=amendment.register.value,
        key=amendment.key,
        fields=dict(amendment.fields),
        reason=said,
        proposed_by_id=work.actor.id,
        proposed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    audit(work, "law.change_proposed", f"{row.register}:{row.key}", change_id=row.id)
    return row


def _pending(work: Work, change_id: int) -> LawChange:
    row = work.get(LawChange, change_id, lock=True)
    if not row.is_pending:
        raise Conflict("这项变更已经批准或者撤销，请查看最新情况。")
    return row


def _typed(present: TimeLimit, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed as fields of a row; each wrong one is named.

    Raises:
        Invalid: A number is none, or something is left out.
    """
    fields: dict[str, Any] = {"note": typed.get("note", "").strip()}
    errors: dict[str, str] = {}
    is_date = present.counting is Counting.FIXED_DATE
    asked = [name for name in TEXTS if (name == "every_year") == is_date]
    asked = [name for name in asked if name != "unit" or not is_date]
    for name in asked:
        fields[name] = typed.get(name, "").strip()
        if not fields[name]:
            errors[name] = "请填写。"
    for name in NUMBERS:
        text = typed.get(name, "").strip()
        if text.isascii() and text.isdigit() and 0 < len(text) <= len("3650"):
            fields[name] = int(text)
        elif text or (name == "days" and not is_date):
            errors[name] = "请填写正整数。"
    if errors:
        raise Invalid(errors)
    return fields
