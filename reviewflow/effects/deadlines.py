"""Effects on the time for a review: asked to be put off, put off once (延期)."""

from functools import partial

from reviewflow import chinese, clocks, journal, notices
from reviewflow.effects.cases import review_limit
from reviewflow.errors import Invalid
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work


def ask_extension(work: Work, case: Case, answers: Answers) -> None:
    """Note that the handler asks for more time, if there can be more.

    Raises:
        Invalid: The limit cannot be put off, was before, or is over already; the
            sentence stands at the choice.

    Source: local practice (延长一次); `extension` of the limit says by how much.
    """
    _extensible(work, case, "outcome")
    reason = str(answers.get("reason") or "")
    journal.record(work, case, "review.extension_asked", reason=reason)


def extend_review(work: Work, case: Case, answers: Answers) -> None:
    """Put the review off, and tell the drafting unit till when and why.

    Raises:
        Invalid: As `ask_extension`, or it is put off by more than the limit allows.
    """
    row, limit = _extensible(work, case, "outcome")
    extra, most = int(answers["extra_days"]), limit.extension or 0
    if extra > most:
        too_long = f"最多可以延长 {most} 个{limit.unit}，请改小。"
        raise Invalid({"extra_days": too_long})
    before = clocks.extend_clock(work, case, row, extra)
    reason = str(answers.get("reason") or "")
    journal.record(
        work,
        case,
        "review.extended",
        extra=extra,
        before=before,
        due_on=row.due_on,
        reason=reason,
    )
    heads = notices.holders(work, Role.UNIT_HEAD, case.unit_id)
    to = [case.drafter_id, *heads]
    due = chinese.day(row.due_on)
    why = partial(clocks.explain, work, row)
    notices.notify(work, case, to, "review_extended", why, due=due, reason=reason)


def _extensible(work: Work, case: Case, field: str) -> tuple[CaseDeadline, TimeLimit]:
    """Return the clock of the review and its limit, while it may be put off."""
    limit_id = review_limit(work, case)
    row = clocks.running_clock(work, case, limit_id)
    if row is None:
        raise Invalid({field: "本轮审查没有正在计算的时限，不需要延长。"})
    limit = work.law.limit(limit_id, row.started_on)
    if not limit.extension:
        raise Invalid({field: f"“{limit.title}”没有可以延长的规定。"})
    if row.extended_on is not None:
        raise Invalid({field: "本轮审查的时限已经延长过一次，不能再延长。"})
    if row.due_on < work.today:
        raise Invalid({field: "审查时限已经届满，不能再延长；应当在届满前申请和批准。"})
    return row, limit
