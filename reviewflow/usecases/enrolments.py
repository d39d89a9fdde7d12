"""Enrolling for a hearing: on the public page, or on paper and by telephone."""

import re
import secrets
from typing import Any

import sqlalchemy as sa

from reviewflow import hearing_rows, journal
from reviewflow.errors import Conflict, Invalid, KeyReused, Missing
from reviewflow.model.case import Case
from reviewflow.model.hearing import HearingGroup, HearingPlan
from reviewflow.model.hearing_list import HearingApplicant
from reviewflow.usecases.hearing_forms import Typed, answers_to
from reviewflow.usecases.hearing_steps import SELECTING, find_group, require_step
from reviewflow.work import Work

TELEPHONE = re.compile(r"\+?[0-9][0-9 \-]{4,20}")
CODE_BYTES = 16
SHORTEST_KEY, LONGEST_KEY = 16, 100


def enrol(work: Work, plan_id: int, typed: Typed, key: str) -> HearingApplicant:
    """Enrol somebody who filled in the public page; a second click enrols nobody.

    Args:
        work: Work of the system itself, for strangers have no name here.
        plan_id: The hearing.
        typed: What was sent.
        key: Of the form, no other has it.

    Raises:
        Missing: There is no such hearing for everybody to see.
        Conflict: Enrolment is over.
        KeyReused: The same form came with another name.
        Invalid: An answer is wrong, or the person is enrolled already.
    """
    plan = work.get(HearingPlan, plan_id)
    if not hearing_rows.is_public(work, plan):
        raise Missing
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise Invalid(message="页面不完整，请重新打开后再提交。")
    case = work.get(Case, plan.case_id, lock=True)
    answers = answers_to("enrol", typed)
    earlier = _by_key(work, key)
    if earlier is not None:
        if (earlier.name, earlier.case_id) != (answers["name"], case.id):
            raise KeyReused
        return earlier
    if not hearing_rows.is_open(work, plan):
        raise Conflict("报名已经截止，感谢您的关注。")
    return _add(work, case, answers, form_key=key)


def enter_applicant(work: Work, case_id: int, typed: Typed) -> HearingApplicant:
    """Enter an enrolment that came in time, but on paper or by telephone.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Conflict: The list is published already.
        Invalid: An answer is wrong, or the person is enrolled already.
    """
    case = require_step(work, case_id, SELECTING)
    answers = answers_to("enrol", typed)
    if hearing_rows.draws(work, case.id):
        raise Conflict("报名名册已经公布，不能再增加报名人。")
    return _add(work, case, answers)


def _add(
    work: Work, case: Case, answers: dict[str, Any], form_key: str | None = None
) -> HearingApplicant:
    group = _open_group(work, case, answers["group_id"])
    if not TELEPHONE.fullmatch(answers["contact"]):
        raise Invalid({"contact": "请填写联系电话，例如 13900000000 或 0564-3377777。"})
    _require_new(work, case, answers["name"], answers["contact"])
    row = HearingApplicant(
        case_id=case.id,
        group_id=group.id,
        name=answers["name"],
        contact=answers["contact"],
        represents=answers["represents"],
        reason=answers["reason"] or "",
        enrolled_at=work.now,
        entered_by_id=work.actor.id,
        code=secrets.token_urlsafe(CODE_BYTES),
        form_key=form_key,
    )
    work.session.add(row)
    work.session.flush()
    journal.record(work, case, "hearing.enrolled", group=group.name)
    return row


def _open_group(work: Work, case: Case, group_id: int) -> HearingGroup:
    try:
        group = find_group(work, case, group_id)
    except Missing:
        group = None
    if group is None or not group.is_drawn:
        raise Invalid({"group_id": "请选择要报名参加的组。"})
    return group


def _require_new(work: Work, case: Case, name: str, contact: str) -> None:
    """Insist that nobody enrols twice, in two groups neither."""
    known = sa.select(HearingApplicant.id).where(
        HearingApplicant.case_id == case.id,
        HearingApplicant.name == name,
        HearingApplicant.contact == contact,
    )
    if work.session.scalar(known.limit(1)) is not None:
        raise Invalid({"name": "该姓名和电话已经报名，不能重复报名。"})


def _by_key(work: Work, key: str) -> HearingApplicant | None:
    return work.session.scalar(
        sa.select(HearingApplicant).where(HearingApplicant.form_key == key)
    )
