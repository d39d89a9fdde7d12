"""The page of what other units say of a draft: asked, answered, silent, settled."""

from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.consulted import may_consult
from reviewflow.model.people import Unit
from reviewflow.model.unit_opinion import Stance, UnitOpinion
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.people import all_units
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit that was asked."""

    opinion: UnitOpinion
    is_silent: bool
    """Its last day is over without a word: 视为无意见."""

    @property
    def waits(self) -> bool:
        """It may still answer in time."""
        return self.opinion.stance is None and not self.is_silent


@dataclass(frozen=True, slots=True)
class UnitOpinionsPage:
    """All units that were asked, and whom else one can ask."""

    head: CaseHead
    rows: list[UnitRow]
    offered: list[Unit]
    can_work: bool

    @property
    def waiting(self) -> int:
        """Units that have not answered and still may."""
        return sum(row.waits for row in self.rows)

    @property
    def silent(self) -> int:
        """Units whose silence counts as no comment."""
        return sum(row.is_silent for row in self.rows)

    @property
    def against(self) -> int:
        """Units that disagree."""
        return sum(row.opinion.stance is Stance.DISAGREE for row in self.rows)

    @property
    def disputes(self) -> int:
        """Disagreements of which nothing has become yet."""
        return sum(row.opinion.is_open_dispute for row in self.rows)


def unit_opinions_page(work: Work, case_id: int) -> UnitOpinionsPage:
    """Return what other units say of a case's draft.

    Raises:
        Missing: There is no such case for the actor.
    """
    head = case_head(work, case_id)
    opinions = work.session.scalars(
        sa.select(UnitOpinion)
        .join(UnitOpinion.unit)
        .where(UnitOpinion.case_id == case_id)
        .order_by(Unit.position, UnitOpinion.id)
    ).all()
    asked = {opinion.unit_id for opinion in opinions} | {head.case.unit_id}
    return UnitOpinionsPage(
        head=head,
        rows=[UnitRow(row, row.is_silent(work.today)) for row in opinions],
        offered=[
            unit for unit in all_units(work) if unit.is_active and unit.id not in asked
        ],
        can_work=may_consult(work.actor, head.case) and head.case.is_running,
    )
