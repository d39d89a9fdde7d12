"""Asking other units: whom, their answers, and what becomes of disagreement."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, journal
from reviewflow.consulted import may_consult
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case
from reviewflow.model.people import Unit
from reviewflow.model.unit_opinion import Settlement, Stance, UnitOpinion
from reviewflow.work import LARGEST_ID, Work

LONGEST = 2_000
WITH_TEXT = (Stance.AGREE_WITH_REMARKS, Stance.DISAGREE)


def ask_units(
    work: Work, case_id: int, unit_ids: Sequence[int], due_on: str
) -> list[UnitOpinion]:
    """Note which units are asked, and by which day their silence is taken for none.

    Who has been asked before is not asked again.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor does not draft in its unit.
        Conflict: The case is closed.
        Invalid: No unit is named, it is the drafting unit, or the day is over.
    """
    case = _own_case(work, case_id)
    wanted = {unit_id for unit_id in unit_ids if 0 < unit_id <= LARGEST_ID}
    units = work.session.scalars(sa.select(Unit).where(Unit.id.in_(wanted))).all()
    day = _day(due_on)
    errors = {}
    if not units or len(units) != len(set(unit_ids)):
        errors["unit_ids"] = "请选择要征求意见的部门。"
    elif case.unit_id in wanted:
        errors["unit_ids"] = "不用征求起草单位自己的意见，请去掉后再提交。"
    if day is None or day <= work.today:
        errors["due_on"] = "请填写今天以后的回复期限，例如：2026-03-16。"
    if errors or day is None:
        raise Invalid(errors)
    asked = work.session.scalars(
        sa.select(UnitOpinion.unit_id).where(UnitOpinion.case_id == case.id)
    ).all()
    rows = [
        UnitOpinion(case_id=case.id, unit_id=unit.id, asked_on=work.today, due_on=day)
        for unit in units
        if unit.id not in asked
    ]
    work.session.add_all(rows)
    if rows:
        journal.record(work, case, "units.asked", units=len(rows), due_on=day)
    return rows


def record_stance(
    work: Work, case_id: int, opinion_id: int, typed: Mapping[str, str]
) -> UnitOpinion:
    """Keep what a unit answered; a later answer replaces it, and what settled it.

    Raises:
        Missing, Refused, Conflict: As `ask_units`.
        Invalid: With a sentence for each answer that breaks a rule.
    """
    case, row = _own_row(work, case_id, opinion_id)
    stance, text = typed.get("stance", ""), typed.get("text", "").strip()
    day = _day(typed.get("answered_on", ""))
    errors = {}
    if stance not in set(Stance):
        errors["stance"] = "请选择部门的答复。"
    elif stance in WITH_TEXT and not text:
        errors["text"] = "附有意见或者不同意的，请写明意见内容。"
    if len(text) > LONGEST:
        errors["text"] = f"意见内容不超过 {LONGEST} 字，请精简。"
    if day is None or not row.asked_on <= day <= work.today:
        errors["answered_on"] = f"回复日期应在{chinese.day(row.asked_on)}至今天之间。"
    if errors:
        raise Invalid(errors)

    row.stance, row.text, row.answered_on = Stance(stance), text, day
    row.settlement, row.settlement_note = None, ""

    unit = row.unit.short_name
    journal.record(work, case, "units.answered", unit=unit, stance=row.stance)
    return row


def settle_dispute(
    work: Work, case_id: int, opinion_id: int, settlement: str, note: str
) -> UnitOpinion:
    """Say what became of a disagreement: settled, or carried to the meeting.

    Raises:
        Missing, Refused: As `ask_units`.
        Conflict: The unit does not disagree.
        Invalid: It is not said what, or how.

    Source: 《重大行政决策程序暂行条例》第十三条 (by analogy).
    """
    case, row = _own_row(work, case_id, opinion_id)
    if row.stance is not Stance.DISAGREE:
        raise Conflict("该部门没有不同意见，不用登记协商结果。")
    errors = {}
    if settlement not in set(Settlement):
        errors["settlement"] = "请选择已协商一致，或者提请会议决定。"
    if not 0 < len(note.strip()) <= LONGEST:
        errors["note"] = f"请写明协商经过和理由，不超过 {LONGEST} 字。"
    if errors:
        raise Invalid(errors)

    row.settlement, row.settlement_note = Settlement(settlement), note.strip()

    unit = row.unit.short_name
    journal.record(work, case, "units.settled", unit=unit, settlement=row.settlement)
    return row


def _own_case(work: Work, case_id: int) -> Case:
    case = work.get(Case, case_id, lock=True)
    if not may_consult(work.actor, case):
        raise Refused("部门会签由起草单位办理，请联系起草承办人。")
    if not case.is_running:
        raise Conflict("该事项已办结，不能再改动部门会签。")
    return case


def _own_row(work: Work, case_id: int, opinion_id: int) -> tuple[Case, UnitOpinion]:
    case = _own_case(work, case_id)
    row = work.get(UnitOpinion, opinion_id)
    if row.case_id != case.id:
        raise Missing
    return case, row


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
