"""Effects of asking for the emergency procedure: approved, or refused."""

from reviewflow import journal
from reviewflow.kinds.shelf import EMERGENCY
from reviewflow.model.case import Case
from reviewflow.work import Answers, Work


def approve_emergency(work: Work, case: Case, answers: Answers) -> None:
    """Let the short limits of the kind hold from now on, never for what is past.

    Source: 国办发〔2018〕115号（五）（应对突发事件、执行上级紧急命令的，不受一般审核
    时间限制）.
    """
    case.facts = {**case.facts, EMERGENCY: True}
    journal.record(
        work, case, "emergency.approved", approved_by=str(answers["approved_by"])
    )


def refuse_emergency(work: Work, case: Case, answers: Answers) -> None:
    """Go on at the usual pace: what was asked for at the beginning holds no more."""
    case.facts = {**case.facts, EMERGENCY: False}
    reason = str(answers.get("reason") or "")
    journal.record(work, case, "emergency.refused", reason=reason)
