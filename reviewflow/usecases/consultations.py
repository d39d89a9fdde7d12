"""What a drafting unit says to the comments of a consultation, by groups."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.consulted import find_consultation, may_consult
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.consultation import CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.work import LARGEST_ID, Work

LONGEST_REASON = 1_000
REASON_NEEDED = "部分采纳或者未采纳的，请写明理由。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a group, as it was typed; no adoption takes it back."""

    adoption: str
    reason: str


def running_consultation(work: Work, case_id: int) -> tuple[Case, Consultation]:
    """Return a case, locked, and its consultation while that can be worked on.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor does not draft in its unit.
        Conflict: The public is not asked, or the consultation is closed.
    """
    case = work.get(Case, case_id, lock=True)
    if not may_consult(work.actor, case):
        raise Refused("征求意见由起草单位办理，请联系起草承办人。")
    consultation = find_consultation(work, case)
    if consultation is None:
        raise Conflict("本事项还没有公开征求意见。")
    if consultation.closed_on is not None or not case.is_running:
        raise Conflict("征求意见已经结束，采纳情况已登记，不能再改动。")
    return case, consultation


def answer_groups(work: Work, case_id: int, answers: Mapping[int, Answer]) -> int:
    """Answer groups: adopted, in part, or not, and why; all of them or none.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        answers: By id of the group; what is as it was changes nothing.

    Returns:
        How many answers were given, changed or taken back.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
        Invalid: With a sentence for each answer that breaks a rule.

    Source: 《重大行政决策程序暂行条例》第十八条 (by analogy).
    """
    case, consultation = running_consultation(work, case_id)
    groups = work.session.scalars(
        sa.select(CommentGroup).where(
            CommentGroup.consultation_id == consultation.id,
            CommentGroup.id.in_([key for key in answers if key <= LARGEST_ID]),
        )
    ).all()
    if len(groups) != len(answers):
        raise Conflict("分组已有变化，请查看最新情况后再答复。")
    _check(answers)

    changed = [group for group in groups if _say(work, group, answers[group.id])]
    if changed:
        journal.record(work, case, "consultation.groups_answered", groups=len(changed))
    return len(changed)


def _check(answers: Mapping[int, Answer]) -> None:
    errors: dict[str, str] = {}
    for group_id, said in answers.items():
        if said.adoption and said.adoption not in set(Adoption):
            errors[f"adoption-{group_id}"] = "请从列出的答复中选择。"
        elif said.adoption not in ("", Adoption.FULL) and not said.reason.strip():
            errors[f"reason-{group_id}"] = REASON_NEEDED
        if len(said.reason) > LONGEST_REASON:
            errors[f"reason-{group_id}"] = f"理由不超过 {LONGEST_REASON} 字，请精简。"
        if said.reason.strip() and not said.adoption:
            errors[f"adoption-{group_id}"] = "已写理由，请选择是否采纳。"
    if errors:
        raise Invalid(errors)


def _say(work: Work, group: CommentGroup, said: Answer) -> bool:
    adoption = Adoption(said.adoption) if said.adoption else None
    reason = said.reason.strip()
    if (group.adoption, group.reason) == (adoption, reason):
        return False
    group.adoption, group.reason = adoption, reason
    group.answered_at = work.now if adoption else None
    group.answered_by_id = work.actor.id if adoption else None
    return True
