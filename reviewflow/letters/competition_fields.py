"""What the conclusion on fair competition may say (公平竞争审查结论)."""

from collections.abc import Iterator, Sequence
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import all_answers
from reviewflow.letters.drafting_fields import VERDICT
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, Task, TaskAnswers
from reviewflow.work import Work

SCREENING, OWN, BY_AUTHORITY = (
    "screen_competition",
    "conclude_competition",
    "review_competition",
)
SUPPLEMENT = "SUPPLEMENT"
WAITING, NOT_CONCLUDED = "WAITING", "（未作出）"
EXCEPTION = ("reason", "exception_ground", "milder_way", "exception_ends")

Round = tuple[TaskAnswers, TaskAnswers | None]
"""A screening by the drafter, and the conclusion on it once there is one."""


def competition_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a conclusion: each time the drafter screened its text."""
    rounds = _rounds(all_answers(work, case, SCREENING, OWN, BY_AUTHORITY))
    for place, (screened, concluded) in enumerate(rounds, start=1):
        if concluded is None and place < len(rounds):
            continue
        yield Occasion(
            SORTS["competition_conclusion"],
            place,
            clock.beijing_date((concluded or screened).at),
            is_final=concluded is not None,
            fields=partial(conclusion_fields, work, case, screened, concluded),
            settled=partial(getattr, concluded, "at", None),
        )


def conclusion_fields(
    work: Work, case: Case, screened: TaskAnswers, concluded: TaskAnswers | None
) -> Fields:
    """Return what the conclusion may say.

    Source: 《公平竞争审查条例》第十二条、第十六条、第十七条 (who was heard; the
    conclusion; an exception with its ground, that no way is milder, its end).
    """
    said = concluded.answers if concluded else {VERDICT: WAITING}
    done_on = chinese.day(clock.beijing_date(concluded.at)) if concluded else ""
    task = _concluding(work, case)
    return {
        "unit_name": case.unit.name,
        "maker_name": case.issuing_organ.name,
        "title": chinese.line(case.title),
        "concluder_name": task.unit.name if task else "",
        "is_own": "1" if task and task.step == OWN else "",
        "operators_heard": chinese.end_of_sentence(
            screened.answers.get("operators_heard")
        ),
        "screened_on": chinese.day(clock.beijing_date(screened.at)),
        "screening": chinese.end_of_sentence(screened.answers.get("screening")),
        "verdict": str(said.get(VERDICT) or ""),
        **{name: chinese.end_of_sentence(said.get(name)) for name in EXCEPTION},
        "letter_number": "",
        "signed_on": done_on or NOT_CONCLUDED,
    }


def _rounds(rows: Sequence[TaskAnswers]) -> list[Round]:
    """Return the screenings; what was only to be supplemented concludes none."""
    found: list[Round] = []
    for row in rows:
        if row.step == SCREENING:
            found.append((row, None))
        elif found and row.answers.get(VERDICT) != SUPPLEMENT:
            found[-1] = (found[-1][0], row)
    return found


def _concluding(work: Work, case: Case) -> Task | None:
    """Return the last task to conclude: whose unit it is says who concludes."""
    return work.session.scalar(
        sa.select(Task)
        .where(Task.case_id == case.id, Task.step.in_((OWN, BY_AUTHORITY)))
        .order_by(Task.id.desc())
        .limit(1)
    )
