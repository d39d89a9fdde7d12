"""What everybody may see of hearings: no names, no telephone numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import hearing_rows
from reviewflow.draw import mark, masked
from reviewflow.errors import Missing
from reviewflow.model.hearing import HearingGroup, HearingPlan
from reviewflow.model.hearing_list import (
    HearingApplicant,
    HearingDraw,
    HearingParticipant,
    Standing,
)
from reviewflow.queries.hearings import GroupRow, group_rows
from reviewflow.work import Work

MOST = 100


@dataclass(frozen=True, slots=True)
class PublicHearing:
    """A hearing as it is announced."""

    plan: HearingPlan
    title: str
    unit: str
    is_open: bool
    """People may enrol today."""

    def is_over(self, today: date) -> bool:
        """Its day has passed."""
        return self.plan.planned_on is not None and self.plan.planned_on < today


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """Somebody on the list of participants, without the name."""

    name: str
    represents: str
    """As the office wrote it; what people wrote of themselves is not published."""
    standing: Standing
    number: int | None


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A group with its list, draw and participants."""

    group: HearingGroup
    enrolled: int
    draw: HearingDraw | None
    people: Sequence[PublicPerson]


@dataclass(frozen=True, slots=True)
class PublicHearingPage:
    """A hearing with its groups."""

    hearing: PublicHearing
    groups: Sequence[PublicGroup]

    @property
    def open_groups(self) -> list[PublicGroup]:
        """The groups for which people may enrol."""
        return [row for row in self.groups if row.group.is_drawn]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody who enrolled may know."""

    hearing: PublicHearing
    applicant: HearingApplicant
    draw: HearingDraw | None
    standing: Standing | None
    """Whether there is a place; none before the draw."""
    substitute_place: int | None

    @property
    def name(self) -> str:
        """The name as it is published, for the page may be seen by others."""
        return masked(self.applicant.name)

    @property
    def mark(self) -> str:
        """What stands in the line of the published list."""
        return mark(self.applicant.code)


def list_public_hearings(work: Work) -> list[PublicHearing]:
    """Return the hearings that are announced, the latest first."""
    plans = work.session.scalars(
        sa.select(HearingPlan)
        .where(HearingPlan.announced_on.is_not(None))
        .order_by(HearingPlan.planned_on.desc(), HearingPlan.id.desc())
        .options(joinedload(HearingPlan.case))
        .limit(MOST)
    )
    return [_public(work, plan) for plan in plans if hearing_rows.is_public(work, plan)]


def public_hearing(work: Work, plan_id: int) -> PublicHearingPage:
    """Return one hearing that is announced.

    Raises:
        Missing: There is none, or it is not for everybody.
    """
    plan = work.get(HearingPlan, plan_id)
    if not hearing_rows.is_public(work, plan):
        raise Missing
    shows_people = plan.selected_on is not None
    rows = group_rows(work, plan.case_id)
    return PublicHearingPage(
        hearing=_public(work, plan),
        groups=[_group(row, shows_people=shows_people) for row in rows],
    )


def receipt(work: Work, code: str) -> Receipt:
    """Return what became of an enrolment.

    Raises:
        Missing: There is no such receipt.
    """
    one = work.session.scalar(
        sa.select(HearingApplicant).where(HearingApplicant.code == code)
    )
    plan = hearing_rows.find_plan(work, one.case_id) if one else None
    if one is None or plan is None or not hearing_rows.is_public(work, plan):
        raise Missing
    person = work.session.scalar(
        sa.select(HearingParticipant).where(HearingParticipant.applicant_id == one.id)
    )
    quota = one.group.quota
    return Receipt(
        hearing=_public(work, plan),
        applicant=one,
        draw=hearing_rows.draws(work, one.case_id).get(one.group_id),
        standing=person.standing if person else None,
        substitute_place=person.place - quota if person else None,
    )


def _public(work: Work, plan: HearingPlan) -> PublicHearing:
    case = plan.case
    return PublicHearing(
        plan, case.title, case.unit.name, hearing_rows.is_open(work, plan)
    )


def _group(row: GroupRow, *, shows_people: bool) -> PublicGroup:
    """Return what is public of a group; the draw shows the list before the names."""
    is_shown = shows_people or row.group.is_drawn
    numbers = {one.id: one.number for one in row.enrolled}
    people = [
        PublicPerson(
            name=masked(person.name),
            represents="" if person.applicant_id else person.represents,
            standing=person.standing,
            number=numbers.get(person.applicant_id or 0),
        )
        for person in row.listed
        if is_shown and person.standing is not Standing.EXCUSED
    ]
    return PublicGroup(row.group, len(row.enrolled), row.draw, people)
