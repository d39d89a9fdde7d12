"""What goes with the task of a counsel: it is signed, or handed to another."""

from collections.abc import Mapping
from typing import Any

from reviewflow import advising, journal
from reviewflow.effects.cases import choose_person
from reviewflow.errors import Invalid
from reviewflow.model.case import Case, Task
from reviewflow.model.people import Role, User
from reviewflow.work import Work


def sign_advice(work: Work, case: Case, task: Task, answers: Mapping[str, Any]) -> None:
    """Note on the commission of a task that its counsel has signed.

    Who has an interest in the matter (利害关系) gives no opinion; that is known at
    once, so that the handler can choose another.

    Source: 《律师法》第三十九条 (by analogy: no conflict of interests).
    """
    advice = advising.find_advice(work, task) if task.role is Role.COUNSEL else None
    if advice is None:
        return
    advising.sign(work, advice, answers, journal.canonical(journal.plain(answers)))
    if not advice.no_conflict:
        name = advice.counsel.display_name
        journal.record(work, case, "counsel.recused", counsel=name)


def hand_over_advice(work: Work, case: Case, task: Task, person: User) -> None:
    """Let another counsel have the commission of a task (转办).

    Raises:
        Invalid: The other is asked in this case already, is not in term, or
            drafted it.
    """
    with work.beyond_sight():
        advice = advising.find_advice(work, task) if task.role is Role.COUNSEL else None
        if advice is None or advice.counsel_id == person.id:
            return
        asked = {row.counsel_id for row in advising.under_way(work, case)}
        if person.id in asked | advising.out_of_term(work):
            raise Invalid({"user_id": "该顾问已经受委派，或者不在聘期内，请另选顾问。"})
        choose_person(work, case, Role.COUNSEL, person.id, "user_id")
        advice.counsel_id = person.id
