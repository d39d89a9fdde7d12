"""Effects of asking experts: chosen, heard, or why nobody was."""

from datetime import date

from reviewflow import journal
from reviewflow.answered import last_answers
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.work import Answers, Work

CHOSEN = "appoint_experts"


def appoint_experts(work: Work, case: Case, answers: Answers) -> None:
    """Note who is asked; nobody with a direct interest may be.

    Raises:
        Invalid: Somebody has an interest, or is named twice.

    Source: 《重大行政决策程序暂行条例》第二十条（不得选择与决策事项有直接利害关系
    的专家）.
    """
    experts = answers.get("experts") or []
    interested = [row["name"] for row in experts if not row["no_interest"]]
    if interested:
        sentence = f"{'、'.join(interested)}有直接利害关系，不能选用，请另选专家。"
        raise Invalid({"experts": sentence})
    names = [row["name"] for row in experts]
    if len(set(names)) < len(names):
        raise Invalid({"experts": "同一位专家只能填写一次，请删去重复的。"})
    journal.record(work, case, "expert_evaluation.appointed", experts=len(names))


def record_appraisal(work: Work, case: Case, answers: Answers) -> None:
    """Keep what the experts held; each of those chosen has been heard.

    Raises:
        Invalid: An expert is missing, or was never chosen.

    Source: 《重大行政决策程序暂行条例》第十九条、第二十一条（独立、署名）.
    """
    chosen = [row["name"] for row in last_answers(work, case, CHOSEN)["experts"]]
    told = [row["name"] for row in answers["expert_opinions"]]
    held_on: date = answers["held_on"]
    if held_on > work.today:
        raise Invalid({"held_on": "论证日期不能晚于今天，请在论证后登记。"})
    if missing := [name for name in chosen if name not in told]:
        raise _at_opinions(f"还缺少{'、'.join(missing)}的意见，请补充。")
    if strangers := [name for name in told if name not in chosen]:
        raise _at_opinions(f"{'、'.join(strangers)}不在选聘的专家之中，请核对姓名。")
    journal.record(
        work, case, "expert_evaluation.heard", held_on=held_on, experts=len(told)
    )


def waive_experts(work: Work, case: Case, _answers: Answers) -> None:
    """Note that no experts are asked; the reason stays in the answers."""
    journal.record(work, case, "expert_evaluation.waived")


def _at_opinions(sentence: str) -> Invalid:
    return Invalid({"expert_opinions": sentence})
