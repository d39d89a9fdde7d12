"""The hearing of a case: plan, groups, lists, delivery, sitting, opinions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow import hearing_rows, permissions
from reviewflow.answered import last_answers
from reviewflow.errors import Missing
from reviewflow.hearing_rows import Notice
from reviewflow.model.case import Task
from reviewflow.model.hearing import Hearing, HearingGroup, HearingPlan
from reviewflow.model.hearing_list import (
    HearingApplicant,
    HearingDraw,
    HearingOpinion,
    HearingParticipant,
    Standing,
)
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work

DECIDED, ANNOUNCING = "decide_hearing", "announce_hearing"
STEPS = (
    *(ANNOUNCING, "select_participants", "deliver_materials"),
    *("hold_hearing", "report_hearing"),
)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with those who enrolled, its list and draw, and who takes part."""

    group: HearingGroup
    enrolled: Sequence[HearingApplicant]
    draw: HearingDraw | None
    listed: Sequence[HearingParticipant]

    @property
    def chosen(self) -> int:
        """How many have a place."""
        return sum(p.standing is Standing.CHOSEN for p in self.listed)

    @property
    def has_places_left(self) -> bool:
        """Somebody may still be named; drawn groups are not named."""
        return not self.group.is_drawn and self.chosen < self.group.quota


@dataclass(frozen=True, slots=True)
class HearingDays:
    """The days the register makes of the day of a hearing."""

    notice: Notice
    latest_delivery: date
    planned_delivery: date


@dataclass(frozen=True, slots=True)
class HearingPage:
    """All that the page of a hearing shows."""

    head: CaseHead
    is_wanted: bool | None
    """Whether there is to be one; none while nobody has decided."""
    reason: str
    plan: HearingPlan | None
    days: HearingDays | None
    rows: Sequence[GroupRow]
    people: Sequence[HearingParticipant]
    """Those who have a place, in the order in which they speak."""
    least_present: int
    opinions: Sequence[HearingOpinion]
    result: Hearing | None
    task: Task | None
    """The step of the hearing that waits for the actor, if one does."""
    is_public: bool
    today: date

    @property
    def step(self) -> str:
        """Which step of the hearing waits for the actor; nothing for none."""
        return self.task.step if self.task else ""

    @property
    def drawn(self) -> list[GroupRow]:
        """The groups whose places are drawn."""
        return [row for row in self.rows if row.group.is_drawn]

    @property
    def seed_is_needed(self) -> bool:
        """Somebody has to be left out."""
        return any(len(row.enrolled) > row.group.quota for row in self.drawn)

    @property
    def enrolment_is_over(self) -> bool:
        """Nobody enrols any more, so that the lists may be published."""
        until = self.plan.enrol_until if self.plan else None
        return until is None or until < self.today

    @property
    def lists_are_public(self) -> bool:
        """The numbered lists are published."""
        return any(row.draw for row in self.drawn)

    @property
    def is_drawn(self) -> bool:
        """The draw has been made."""
        return any(row.draw and row.draw.drawn_at for row in self.drawn)

    @property
    def undelivered(self) -> int:
        """How many participants have no documents yet."""
        return sum(person.delivered_on is None for person in self.people)

    @property
    def unmarked(self) -> int:
        """Of how many it is not known if they came, or if they signed."""
        return sum(
            person.attended is None or (person.attended and person.signature is None)
            for person in self.people
        )

    @property
    def present(self) -> int:
        """How many came."""
        return sum(bool(person.attended) for person in self.people)


def hearing_page(work: Work, case_id: int) -> HearingPage:
    """Return the hearing of a case.

    Raises:
        Missing: There is no such case for the actor, or its kind has no hearings.
    """
    head = case_head(work, case_id)
    if not head.has_hearing:
        raise Missing
    decision = last_answers(work, head.case, DECIDED)
    plan = hearing_rows.find_plan(work, case_id)
    people = hearing_rows.participants(work, case_id)
    on = plan.planned_on if plan and plan.planned_on else work.today
    return HearingPage(
        head=head,
        is_wanted=_is_wanted(work, head, decision),
        reason=str(decision.get("reason") or ""),
        plan=plan,
        days=_days(work, head, plan),
        rows=group_rows(work, case_id),
        people=hearing_rows.in_turn(people),
        least_present=hearing_rows.least_present(work, len(people), on),
        opinions=hearing_rows.opinions(work, case_id),
        result=work.session.scalar(
            sa.select(Hearing).where(Hearing.case_id == case_id).limit(1)
        ),
        task=_own(work, head),
        is_public=plan is not None and hearing_rows.is_public(work, plan),
        today=work.today,
    )


def group_rows(work: Work, case_id: int) -> list[GroupRow]:
    """Return the groups of a hearing with everything that belongs to them."""
    enrolled = hearing_rows.applicants(work, case_id)
    listed = hearing_rows.listed(work, case_id)
    draws = hearing_rows.draws(work, case_id)
    return [
        GroupRow(
            group=group,
            enrolled=[one for one in enrolled if one.group_id == group.id],
            draw=draws.get(group.id),
            listed=[one for one in listed if one.group_id == group.id],
        )
        for group in hearing_rows.groups(work, case_id)
    ]


def _is_wanted(work: Work, head: CaseHead, decision: Mapping[str, Any]) -> bool | None:
    """Return what was decided; a hearing the law wants is held whatever was said."""
    if not decision:
        return None
    announcing = sa.select(Task.id).where(
        Task.case_id == head.case.id, Task.step == ANNOUNCING
    )
    is_announced = work.session.scalar(announcing.limit(1)) is not None
    return bool(decision.get("needs_hearing")) or is_announced


def _own(work: Work, head: CaseHead) -> Task | None:
    """Return the actor's step of the hearing; beside it others may wait."""
    waiting = (task for task in head.waiting if task.step in STEPS)
    may = permissions.may
    return next((t for t in waiting if may(work.actor, "task.complete", t)), None)


def _days(work: Work, head: CaseHead, plan: HearingPlan | None) -> HearingDays | None:
    if plan is None or plan.planned_on is None:
        return None
    return HearingDays(
        notice=hearing_rows.notice(work, head.case, plan.planned_on),
        latest_delivery=hearing_rows.latest_delivery(work, plan.planned_on),
        planned_delivery=hearing_rows.planned_delivery(work, plan.planned_on),
    )
