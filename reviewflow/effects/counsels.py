"""Effects of asking legal counsel: appointed, heard, weighed, or not asked."""

from reviewflow import advising, journal
from reviewflow.effects.cases import choose_person
from reviewflow.effects.counsel_choice import Choice, choose_counsel
from reviewflow.errors import Invalid
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case
from reviewflow.model.opinion import Adoption
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work


def appoint_counsel(work: Work, case: Case, answers: Answers) -> None:
    """Let the chosen counsel see the case; each is to advise on it.

    Raises:
        Invalid: Nobody or too many are chosen, or somebody may not be.
    """
    choice = choose_counsel(work, case, answers)
    for user_id in choice.user_ids:
        choose_person(work, case, Role.COUNSEL, user_id, choice.at)
        work.session.add(_commission(work, case, user_id, choice))
    work.session.flush()
    journal.record(
        work,
        case,
        "counsel.appointed",
        counsel=choice.user_ids[0],
        counsels=choice.user_ids,
        manner=choice.manner,
        **choice.evidence,
    )


def take_advice(work: Work, case: Case, answers: Answers) -> None:
    """All opinions are in: from now on those who see the case may read them.

    The words stay in the answers of each task.
    """
    rows = advising.under_way(work, case)
    for row in rows:
        row.released_at = work.now
        name, verdict = row.counsel.display_name, row.verdict
        journal.record(work, case, "counsel.advised", counsel=name, verdict=verdict)
    if not rows:  # asked before there were commissions
        journal.record(work, case, "counsel.advised", verdict=answers.get("verdict"))


def weigh_advice(work: Work, case: Case, answers: Answers) -> None:
    """Keep whether each opinion is followed, and why not.

    Raises:
        Invalid: There are several, and one of them is not answered.
    """
    rows = advising.to_be_weighed(work, case)
    said = {int(one["advice_id"]): one for one in answers.get("advices") or []}
    if len(rows) > 1 and said.keys() != {row.id for row in rows}:
        raise Invalid({"advices": "请对每一份法律意见分别说明采信情况。"})
    for row in rows:
        one = said.get(row.id, answers)
        row.adoption = Adoption(str(one["adoption"]))
        row.reason = str(one.get("reason") or "")
    journal.record(work, case, "counsel.weighed", opinions=len(rows))


def waive_counsel(work: Work, case: Case, answers: Answers) -> None:
    """Note that no counsel is asked; where the law wants one, only with advice there.

    Raises:
        Invalid: Counsel has to be heard in this matter, or somebody has been.

    Source: 《重大行政决策程序暂行条例》第二十八条; the rows of
    `advice_duties.yaml` say for which matters.
    """
    if advising.under_way(work, case):
        sentence = "已有顾问出具意见，请另行委派顾问，替换有利害关系的顾问。"
        raise Invalid({"needs_advice": sentence})
    level = case.issuing_organ.level.value
    duty = work.law.advice_duty(case.kind_code, level, work.today)
    if duty is not None and not advising.has_advice(work, case):
        sentence = f"{duty.title}（{duty.basis}），请选“是”并委派法律顾问或者公职律师。"
        raise Invalid({"needs_advice": sentence})
    journal.record(
        work, case, "counsel.waived", reason=str(answers.get("reason") or "")
    )


def _commission(work: Work, case: Case, user_id: int, choice: Choice) -> Advice:
    return Advice(
        case_id=case.id,
        round=case.round,
        counsel_id=user_id,
        manner=choice.manner,
        because=choice.because,
        appointed_at=work.now,
    )
