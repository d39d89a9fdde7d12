"""Effects of asking legal counsel: appointed, advice given."""

from reviewflow import journal
from reviewflow.effects.cases import choose_person
from reviewflow.model.case import Case
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work


def appoint_counsel(work: Work, case: Case, answers: Answers) -> None:
    """Let the chosen counsel see the case and advise on it."""
    user_id = int(answers["counsel_id"])
    choose_person(work, case, Role.COUNSEL, user_id, "counsel_id")
    journal.record(work, case, "counsel.appointed", counsel=user_id)


def take_advice(work: Work, case: Case, answers: Answers) -> None:
    """Note that signed advice is there; its text stays in the answers."""
    journal.record(work, case, "counsel.advised", verdict=answers.get("verdict"))
