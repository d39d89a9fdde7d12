"""What was answered at earlier steps of a case, ready to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from reviewflow.kinds.fields import Field, FieldType
from reviewflow.kinds.forms import Form
from reviewflow.kinds.shelf import START
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.people import Unit, User
from reviewflow.work import Work

EMPTY: tuple[object, ...] = (None, "", [])
ONE_OF = {FieldType.PEOPLE: FieldType.PERSON, FieldType.UNITS: FieldType.UNIT}
"""Questions that name several, and those that name one of the same sort."""

Answers = Mapping[str, object]
Filled = Sequence[tuple[Form, Answers]]
Names = Mapping[FieldType, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """One question with its answer; a person or unit by name."""

    question: Field
    answer: object


@dataclass(frozen=True, slots=True)
class Answered:
    """A form as somebody filled it in."""

    step: str
    title: str
    by: str
    at: datetime
    said: list[Said] = field(default_factory=list)


def answers_of(work: Work, case: Case) -> list[TaskAnswers]:
    """Return what was answered in a case, the latest first."""
    return list(
        work.session.scalars(
            sa.select(TaskAnswers)
            .where(TaskAnswers.case_id == case.id)
            .order_by(TaskAnswers.id.desc())
        )
    )


def known_facts(case: Case, rows: Sequence[TaskAnswers]) -> dict[str, object]:
    """Return the facts of a case with all that was answered since; the latest holds."""
    facts: dict[str, object] = dict(case.facts)
    for row in reversed(rows):
        if row.step == START:  # told by the facts, as they hold by now
            continue
        facts |= {name: said for name, said in row.answers.items() if said is not None}
    return facts


def answered_forms(
    work: Work, case: Case, rows: Sequence[TaskAnswers]
) -> list[Answered]:
    """Return forms as they were filled in, in the order of the answers."""
    forms = work.process(case).kind.forms
    filled = [(forms[row.step], row.answers) for row in rows]
    names = {
        FieldType.PERSON: _people(work, filled, [row.by_id for row in rows]),
        FieldType.UNIT: _units(work, filled),
    }
    return [
        Answered(
            step=row.step,
            title=forms[row.step].title,
            by=names[FieldType.PERSON].get(row.by_id, ""),
            at=row.at,
            said=_said(forms[row.step], row.answers, names),
        )
        for row in rows
    ]


def _said(form: Form, answers: Answers, names: Names) -> list[Said]:
    """Return the questions of a form that were answered."""
    said = []
    for question in form.fields:
        answer = answers.get(question.name)
        if isinstance(answer, int) and question.type in names:
            answer = names[question.type].get(answer)
        elif question.type in ONE_OF and isinstance(answer, list):
            named = names[ONE_OF[question.type]]
            answer = [named.get(one, "") for one in answer]
        if answer not in EMPTY:
            said.append(Said(question, answer))
    return said


def _people(work: Work, filled: Filled, others: list[int]) -> dict[int, str]:
    ids = [*_named(filled, FieldType.PERSON, FieldType.PEOPLE), *others]
    rows = work.session.execute(
        sa.select(User.id, User.display_name).where(User.id.in_(ids))
    )
    return {row.id: row.display_name for row in rows}


def _units(work: Work, filled: Filled) -> dict[int, str]:
    ids = _named(filled, FieldType.UNIT, FieldType.UNITS)
    if not ids:
        return {}
    rows = work.session.execute(sa.select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _named(filled: Filled, one: FieldType, several: FieldType) -> list[int]:
    """Return the numbers by which answers name people, or units."""
    answers = [
        said.get(question.name)
        for form, said in filled
        for question in form.fields
        if question.type in (one, several)
    ]
    lists = [answer if isinstance(answer, list) else [answer] for answer in answers]
    return [number for each in lists for number in each if isinstance(number, int)]
