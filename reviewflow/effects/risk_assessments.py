"""Effects of assessing risks: controllable, or why it was not assessed."""

from datetime import date

from reviewflow import journal
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.work import Answers, Work


def record_risk(work: Work, case: Case, answers: Answers) -> None:
    """Note that the risks can be controlled; without that nobody goes on.

    Raises:
        Invalid: The assessment lies in the future.

    Source: 《重大行政决策程序暂行条例》第二十三条、第二十四条.
    """
    assessed_on: date = answers["assessed_on"]
    if assessed_on > work.today:
        raise Invalid({"assessed_on": "评估日期不能晚于今天，请在评估完成后登记。"})
    journal.record(work, case, "risk_assessment.recorded", assessed_on=assessed_on)


def waive_risk(work: Work, case: Case, _answers: Answers) -> None:
    """Note that no assessment is made; the reason stays in the answers."""
    journal.record(work, case, "risk_assessment.waived")
