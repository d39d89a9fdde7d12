"""What holds of units from a day on: entered and ended by administrators."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, notices, organs, permissions
from reviewflow.days import read_day
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.model.people import Role, Unit
from reviewflow.model.unit_term import UnitTerm, UnitTermSort
from reviewflow.usecases.people import audit
from reviewflow.work import LARGEST_ID, Work

LONGEST = 200


def enter_unit_term(work: Work, unit_id: int, typed: Mapping[str, str]) -> UnitTerm:
    """Enter what holds of a unit from a day on.

    Args:
        work: Actor, instant and transaction.
        unit_id: Which unit.
        typed: As typed: `sort holder valid_from valid_to`, the last may be empty.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such unit.
        Invalid: With a sentence for each answer that breaks a rule.
    """
    permissions.require_admin(work.actor)
    unit = work.session.get(Unit, unit_id) if 0 < unit_id <= LARGEST_ID else None
    if unit is None:
        raise Missing
    errors: dict[str, str] = {}
    row = _read(typed, errors)
    if row is None:
        raise Invalid(errors)
    row.unit_id = unit.id
    _require_new(work, row)
    if row.sort is UnitTermSort.OUTSIDE:
        _require_nobody_receives(work, unit, max(row.valid_from, work.today))

    row.entered_at, row.entered_by_id = work.now, work.actor.id
    work.session.add(row)
    work.session.flush()
    audit(work, "unit_term.entered", f"unit:{unit.id}", **_told(row))
    return row


def end_unit_term(
    work: Work, unit_id: int, term_id: int, typed: Mapping[str, str]
) -> UnitTerm:
    """Let something hold of a unit no longer than a day (`last_day`).

    The day may be over: what ended is often told later.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such row of that unit.
        Conflict: It has ended already.
        Invalid: The day is none, is before the first, or after the one agreed.
    """
    permissions.require_admin(work.actor)
    row = work.get(UnitTerm, term_id, lock=True)
    if row.unit_id != unit_id:
        raise Missing
    if row.valid_to is not None and row.valid_to < work.today:
        raise Conflict(f"这一项已于{row.valid_to}终止，请刷新页面查看。")
    errors: dict[str, str] = {}
    last_day = read_day(typed, "last_day", errors)
    if last_day is None:
        raise Invalid(errors or {"last_day": "请填写最后一日。"})
    if last_day < row.valid_from:
        raise Invalid({"last_day": f"最后一日不能早于起始日期 {row.valid_from}。"})
    if row.valid_to is not None and last_day > row.valid_to:
        sentence = f"约定至 {row.valid_to}，延长的请另行登记一项。"
        raise Invalid({"last_day": sentence})
    row.valid_to = last_day
    audit(work, "unit_term.ended", f"unit:{unit_id}", **_told(row))
    return row


def _read(typed: Mapping[str, str], errors: dict[str, str]) -> UnitTerm | None:
    """Return the row as typed; none if a rule is broken."""
    sort, holder = typed.get("sort", ""), typed.get("holder", "").strip()
    if sort not in set(UnitTermSort):
        errors["sort"] = "请选择登记的事项。"
    if not holder:
        errors["holder"] = "请填写机构、人员或者依据，例如：市司法局规范性文件审查科。"
    elif len(holder) > LONGEST:
        errors["holder"] = f"不超过 {LONGEST} 字，请精简。"
    first, last = (
        read_day(typed, "valid_from", errors),
        read_day(typed, "valid_to", errors),
    )
    if first is None:
        errors.setdefault("valid_from", "请填写起始日期，例如：2026-01-01。")
    elif last is not None and last < first:
        errors["valid_to"] = "终止日期不能早于起始日期，请核对。"
    if errors or first is None:
        return None
    return UnitTerm(
        sort=UnitTermSort(sort), holder=holder, valid_from=first, valid_to=last
    )


def _require_new(work: Work, row: UnitTerm) -> None:
    """Insist that the same is not entered for the same days."""
    same = sa.select(UnitTerm).where(
        UnitTerm.unit_id == row.unit_id,
        UnitTerm.sort == row.sort,
        UnitTerm.holder == row.holder,
    )
    for other in work.session.scalars(same):
        if _overlap(row, other):
            sentence = (
                f"“{row.holder}”已经登记，自{chinese.day(other.valid_from)}起，请核对。"
            )
            raise Invalid({"holder": sentence})


def _require_nobody_receives(work: Work, unit: Unit, day: date) -> None:
    """Insist that nobody examines filings for an organ that is outside from a day."""
    handler = organs.handler_of(work, unit)
    if notices.holders(work, Role.FILING_REVIEWER, handler.id, day):
        sentence = (
            f"“{handler.name}”{chinese.day(day)}有在岗的备案审查人，"
            "请先结束其岗位，起始日期在其最后一日以后。"
        )
        raise Invalid({"sort": sentence})


def _overlap(one: UnitTerm, other: UnitTerm) -> bool:
    ends = (one.valid_to or date.max, other.valid_to or date.max)
    return max(one.valid_from, other.valid_from) <= min(ends)


def _told(row: UnitTerm) -> dict[str, str]:
    """Return what the audit keeps of a row."""
    return {
        "sort": row.sort.value,
        "holder": row.holder,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
    }
