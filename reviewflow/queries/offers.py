"""What can be chosen for the questions of a task: people, units, points."""

from collections.abc import Iterable

import sqlalchemy as sa

from reviewflow import advising, joint_makers, organs
from reviewflow.kinds.fields import Field, FieldType
from reviewflow.kinds.form_reading import columns
from reviewflow.law.checkpoints import Checkpoint
from reviewflow.model.advice import Verdict
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.opinion import Finding, Opinion
from reviewflow.model.people import Role, Unit
from reviewflow.queries.people import all_units, people_in_post
from reviewflow.work import Work

MAKER, JOINT = "maker", "joint_makers"
VERDICTS: dict[object, str] = {
    Verdict.LEGAL: "合法",
    Verdict.LEGAL_IF_REVISED: "修改后合法",
    Verdict.SERIOUS_PROBLEM: "存在重大合法性问题",
}
SHOWN_OF_FINDING = ("quote", "basis", "suggestion", "nature")

Choices = list[tuple[object, ...]]


def offers_for(
    work: Work, fields: Iterable[Field], case: Case | None, unit: Unit
) -> dict[str, Choices]:
    """Return what can be chosen, by the name of the question.

    Args:
        work: Who asks, and the day.
        fields: The questions.
        case: The case they are about; none while it is being registered.
        unit: The drafting unit.
    """
    offers: dict[str, Choices] = {}
    for question in fields:
        if question.type is FieldType.UNIT:
            offers[question.name] = _units(work, question, unit)
        elif question.type in (FieldType.PERSON, FieldType.PEOPLE):
            offers[question.name] = _people(work, question, case)
        elif question.type is FieldType.UNITS:
            offers[question.name] = _several_units(work, question, case)
        elif question.type is FieldType.GROUNDS and case is not None:
            offers[question.name] = _points(work, case)
        elif question.type is FieldType.ADOPTIONS and case is not None:
            offers[question.name] = _findings(work, case)
        elif question.type is FieldType.ADVICES and case is not None:
            offers[question.name] = _advices(work, case)
    return offers


def _units(work: Work, question: Field, unit: Unit) -> Choices:
    if question.name == MAKER:
        return [(organ.id, organ.name) for organ in organs.makers_for(work, unit)]
    return [(organ.id, organ.name) for organ in all_units(work) if organ.is_active]


def _several_units(work: Work, question: Field, case: Case | None) -> Choices:
    """Return units to tick; beside a maker those that may issue it together."""
    if question.name != JOINT:
        return [(organ.id, organ.name) for organ in all_units(work) if organ.is_active]
    found = joint_makers.candidates(work, case) if case is not None else []
    return [(organ.id, organ.name) for organ in found]


def _people(work: Work, question: Field, case: Case | None) -> Choices:
    """Return who holds the post in the unit that takes this part in the case."""
    if case is None or not question.role:
        return []
    ids = sa.select(CaseParty.unit_id).where(CaseParty.case_id == case.id)
    if question.part:
        ids = ids.where(CaseParty.part == Part(question.part))
    unit_ids = work.session.scalars(ids).all()
    people = people_in_post(work, Role(question.role), unit_ids)
    over = advising.out_of_term(work) if question.role == Role.COUNSEL else ()
    return [(one.id, one.display_name) for one in people if one.id not in over]


def _advices(work: Work, case: Case) -> Choices:
    """Return the opinions to be weighed one by one; a single one needs no list."""
    rows = advising.to_be_weighed(work, case)
    if len(rows) == 1:
        return []
    return [
        (row.id, row.counsel.display_name, [("结论性意见", VERDICTS.get(row.verdict))])
        for row in rows
    ]


def _points(work: Work, case: Case) -> Choices:
    return [
        (point.title, point.note)
        for point in work.law.checkpoints(work.today)
        if concerns(point, case)
    ]


def concerns(point: Checkpoint, case: Case) -> bool:
    """A review point is to be answered in a case of this sort."""
    return not point.applies or case.kind_code in point.applies


def _findings(work: Work, case: Case) -> Choices:
    """Return the findings of the latest opinion, each with its texts."""
    latest = (
        sa.select(sa.func.max(Opinion.id))
        .where(Opinion.case_id == case.id)
        .scalar_subquery()
    )
    findings = work.session.scalars(
        sa.select(Finding)
        .where(Finding.opinion_id == latest, Finding.adoption.is_(None))
        .order_by(Finding.position)
    )
    asked = {column.name: column for column in columns()[FieldType.FINDINGS]}
    return [
        (
            finding.position,
            " · ".join((finding.clause, _words(asked["problem"], finding.problem))),
            [
                (asked[name].label, _words(asked[name], getattr(finding, name)))
                for name in SHOWN_OF_FINDING
            ],
        )
        for finding in findings
    ]


def _words(column: Field, value: str) -> str:
    return column.choices.get(value, value)
