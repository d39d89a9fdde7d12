"""Whose documents a filing desk is about: those it files, those filed with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.kinds.decisions import decide, find_table
from reviewflow.kinds.tables import Table
from reviewflow.law.routes import FilingRoute
from reviewflow.model.people import Role, Unit, UnitDuty, UnitSort
from reviewflow.model.reconciliation import ReconciliationRow
from reviewflow.visibility import FILING_DESK
from reviewflow.work import Work

KIND, DECISION = "omitted_document", "filing_rule"
MAKERS = (*organs.MAKING, UnitSort.OFFICE)
NOT_AT_A_DESK = "应报未报核对由报备人和备案审查人办理，请联系本单位的报备人。"

JOB = "reconcile"
"""The job that matches a list."""
QUESTIONS = {
    # question: how it is asked
    "administrative": "行政性：制定主体合法，事项属于行政管理",
    "external": "外部性：涉及机关以外的公民、法人和其他组织的权利义务",
    "binding": "普遍约束力：针对不特定的对象",
    "repeated": "反复适用：在一定时期内可以反复适用",
}
"""Source: 《安徽省行政规范性文件管理办法》第二条."""
FINDERS = {
    # post: who found it, and at which step that is said
    Role.FILING_REVIEWER: ("AUTHORITY", "confirm_omission"),
    Role.FILER: ("MAKER", "admit_omission"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit in which the actor files or receives filings, and for whom."""

    keeper: Unit
    makers: Mapping[int, tuple[Unit, Role]]
    """By id, each with the post in which the actor looks after its documents."""

    def role_for(self, maker_id: int) -> Role:
        """Return in which post the actor acts for a maker.

        Raises:
            Refused: In none.
        """
        if maker_id not in self.makers:
            raise Refused("该制定机关的文件不由您报送，也不向您单位报备，不能核对。")
        return self.makers[maker_id][1]


def desks(work: Work) -> list[Desk]:
    """Return the desks of the actor that are about somebody, in official order."""
    keepers = {unit_id for role, unit_id in work.actor.posts if role in FILING_DESK}
    if not keepers:
        return []
    units = list(
        work.session.scalars(
            sa.select(Unit).where(Unit.is_active).order_by(Unit.position, Unit.id)
        )
    )
    found = [_desk(work, unit, units) for unit in units if unit.id in keepers]
    return [desk for desk in found if desk.makers]


def desk_of(work: Work, keeper_id: int) -> Desk:
    """Return one of the actor's desks.

    Raises:
        Refused: The actor neither files nor receives filings there.
    """
    for desk in desks(work):
        if desk.keeper.id == keeper_id:
            return desk
    raise Refused(NOT_AT_A_DESK)


def step_of(work: Work, row: ReconciliationRow) -> str:
    """Return at which step the actor says that a document was not filed.

    Raises:
        Refused: The actor does not look after its maker's documents.
    """
    return FINDERS[desk_of(work, row.keeper_id).role_for(row.maker_id)][1]


def organ_key(maker: Unit) -> int:
    """Return by what an issuer is known: a government and its office are one."""
    if maker.sort is UnitSort.OFFICE and maker.government_id is not None:
        return maker.government_id
    return maker.id


def _desk(work: Work, keeper: Unit, units: list[Unit]) -> Desk:
    makers: dict[int, tuple[Unit, Role]] = {}
    among = [unit for unit in units if unit.sort in MAKERS]
    if work.actor.holds(Role.FILING_REVIEWER, keeper.id):
        authorities = _authorities(work, keeper)
        table = find_table(work.processes.latest(work.session, KIND).kind, DECISION)
        receives = partial(_receives, work, table, authorities)
        makers |= {u.id: (u, Role.FILING_REVIEWER) for u in among if receives(u)}
    if work.actor.holds(Role.FILER, keeper.id):
        mine = [unit for unit in among if _may_file(unit, keeper)]
        mine = [unit for unit in mine if organs.filer_of(work, unit).id == keeper.id]
        makers |= {unit.id: (unit, Role.FILER) for unit in mine}
    return Desk(keeper, makers)


def _may_file(maker: Unit, keeper: Unit) -> bool:
    """A unit files for itself; a review office for its government besides."""
    if maker.id == keeper.id:
        return True
    is_governmental = maker.sort in {UnitSort.GOVERNMENT, UnitSort.OFFICE}
    return is_governmental and keeper.government_id == organ_key(maker)


def _authorities(work: Work, keeper: Unit) -> set[int]:
    """Return for which filing authorities a unit does the work."""
    found = {keeper.id}
    government = keeper.government
    if (
        keeper.duty is UnitDuty.REVIEW
        and government is not None
        and organs.handler_of(work, government).id == keeper.id
    ):
        found.add(government.id)
    return found


def _receives(
    work: Work, table: Table | None, authorities: set[int], maker: Unit
) -> bool:
    """Say whether documents of a maker are filed with one of these authorities."""
    return any(
        receiver in authorities
        for route in _routes(work, table, maker)
        if (receiver := _receiver(work, route, maker)) is not None
    )


def _routes(work: Work, table: Table | None, maker: Unit) -> list[FilingRoute]:
    facts = {"maker_sort": maker.sort.value, "level": maker.level.value}
    key = None if table is None else decide(table, facts)
    try:
        return [] if key is None else work.law.routes(str(key), work.today)
    except Missing:
        return []


def _receiver(work: Work, route: FilingRoute, maker: Unit) -> int | None:
    try:
        return organs.receiver(work, route.receiver, maker).id
    except Invalid:
        return None  # the roster lacks it
