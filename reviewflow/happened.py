"""What happened outside and is entered afterwards: it counts as of its own day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from reviewflow import chinese
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.work import Answers, Work

HAPPENED_ON = "happened_on"
"""The question of a form that asks for that day."""


@contextmanager
def as_it_happened(work: Work, answers: Answers) -> Iterator[None]:
    """Let a case move on as of the day its form names, or today if it asks for none.

    The journal keeps both: when it happened, and who entered it when.

    Raises:
        Invalid: The day is still to come.
    """
    day = answers.get(HAPPENED_ON)
    if not isinstance(day, date):
        yield
        return
    if day > work.today:
        raise Invalid({HAPPENED_ON: "日期不能晚于今天，请照原件核对。"})
    with work.telling(day):
        yield


def require_order(work: Work, obligation: FilingObligation, answers: Answers) -> None:
    """Insist that what is entered afterwards follows what is known by now.

    Raises:
        Invalid: It is said to have been before; the sentence names the day.
    """
    known = [(obligation.published_on, "公布日期")]
    for sent in obligation.submissions:
        known.append((sent.submitted_on, "送出日期"))
        known.append((sent.returned_on or sent.submitted_on, "退回日期"))
    for asked in obligation.corrections:
        known.append((asked.notice_on, "补正通知的日期"))
        known.append((asked.corrected_on or asked.notice_on, "补正送出日期"))
    day, what = max(known, key=lambda one: one[0])
    _require_after(work, answers, day, what)


def settle(work: Work, obligation: FilingObligation, answers: Answers) -> None:
    """Keep how a duty stands from now on; what is entered afterwards is marked (补录).

    Figures of past days change by it, so they show it in a column of its own.
    """
    if answers.get(HAPPENED_ON) is not None and work.today < work.written_on:
        obligation.backfilled_on = obligation.backfilled_on or work.written_on
    obligation.settle()


def way_of(work: Work, case: Case, step: str, answers: Answers) -> str:
    """Return in words how something went to a receiver outside, if it did."""
    form = work.process(case).kind.forms[step]
    asked = next((field for field in form.fields if field.name == "way"), None)
    said = answers.get("way")
    return asked.choices[str(said)] if asked is not None and said else ""


def reply_number(answers: Answers) -> str:
    """Return the number of the paper by which a receiver outside answered."""
    return str(answers.get("reply_number") or "")


def _require_after(work: Work, answers: Answers, day: date, what: str) -> None:
    if answers.get(HAPPENED_ON) is not None and work.today < day:
        earlier = chinese.day(day)
        raise Invalid({HAPPENED_ON: f"日期不能早于{what}（{earlier}），请照原件核对。"})
