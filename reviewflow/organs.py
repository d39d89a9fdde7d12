"""Which organ does what for whom: the roster of units, asked by relation."""

import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.people import Level, Role, Unit, UnitDuty, UnitSort, User
from reviewflow.model.unit_term import UnitTerm, UnitTermSort
from reviewflow.work import Work

KEEPING = (Role.REVIEW_INTAKE, Role.REVIEW_SIGNER)


def government_of(unit: Unit) -> Unit:
    """Return the government a unit belongs to; a government is its own.

    Raises:
        Invalid: The roster does not say.
    """
    if unit.sort is UnitSort.GOVERNMENT:
        return unit
    if unit.government is None:
        raise _not_in_roster(f"“{unit.name}”所属的人民政府")
    return unit.government


def unit_with(work: Work, government: Unit, duty: UnitDuty) -> Unit:
    """Return the unit that has a duty for a government, or for the one above.

    A town without a body of its own is served by its county's.

    Raises:
        Invalid: Nobody has the duty.

    Source: 国办发〔2018〕115号（四）: 乡镇、街道由县级确定的机构统一审核.
    """
    level: Unit | None = government
    while level is not None:
        found = own_unit_with(work, level, duty)
        if found is not None:
            return found
        level = level.government
    raise _not_in_roster(f"“{government.name}”的{DUTIES[duty]}")


def own_unit_with(work: Work, government: Unit, duty: UnitDuty) -> Unit | None:
    """Return the government's own unit with a duty, if it has one."""
    return work.session.scalar(
        sa.select(Unit)
        .where(Unit.government_id == government.id, Unit.duty == duty, Unit.is_active)
        .order_by(Unit.position)
        .limit(1)
    )


def working_body(work: Work, organ: Unit) -> Unit:
    """Return whose people hold an organ's meetings and publish for it.

    A government acts through its office; every other organ acts itself.
    """
    if organ.sort is not UnitSort.GOVERNMENT:
        return organ
    return own_unit_with(work, organ, UnitDuty.OFFICE) or organ


def actor_is_its_clerk(work: Work, government: Unit) -> bool:
    """The actor receives papers in the government's own office (办公室收文)."""
    office = own_unit_with(work, government, UnitDuty.OFFICE)
    return office is not None and work.actor.holds(Role.OFFICE_INTAKE, office.id)


def congress_of(work: Work, government: Unit) -> Unit:
    """Return the standing committee of the congress at a government's level.

    Raises:
        Invalid: The roster has none.
    """
    found = work.session.scalar(
        sa.select(Unit).where(
            Unit.government_id == government.id, Unit.sort == UnitSort.CONGRESS
        )
    )
    if found is None:
        raise _not_in_roster(f"“{government.name}”的同级人大常委会")
    return found


def highest_above(government: Unit) -> Unit:
    """Return the central government, at the top of the line above a government.

    Raises:
        Invalid: The roster ends below it.
    """
    level: Unit | None = government
    while level is not None and level.level is not Level.NATION:
        level = level.government
    if level is None:
        raise _not_in_roster(f"“{government.name}”之上的国务院")
    return level


def receiver(work: Work, relation: str, maker: Unit) -> Unit:
    """Return the organ that stands in a relation to the maker of a document.

    Args:
        work: Actor, instant and transaction.
        relation: As the register of filing routes names it.
        maker: Who made the document.

    Raises:
        Invalid: The roster does not have that organ.
    """
    government = government_of(maker)
    above = {
        "superior_government": government.government,
        "own_government": government,
        "founding_government": maker.government,
        "superior_department": maker.superior,
        "managing_body": maker.superior or maker.government,
    }
    if relation == "same_level_congress":
        return congress_of(work, government)
    if relation == "superior_congress" and government.government is not None:
        return congress_of(work, government.government)
    if relation == "state_council":
        return highest_above(government)
    found = above.get(relation)
    if found is None:
        raise _not_in_roster(f"“{maker.name}”的备案机关")
    return found


def handler_of(work: Work, authority: Unit) -> Unit:
    """Return who does a filing authority's work: a government has its office.

    One whose office is not in the roster stands for it itself.
    """
    if authority.sort is not UnitSort.GOVERNMENT:
        return authority
    return own_unit_with(work, authority, UnitDuty.REVIEW) or authority


def is_outside(work: Work, authority: Unit) -> bool:
    """It is registered that a filing authority does not receive filings here today."""
    terms = work.session.scalars(
        sa.select(UnitTerm).where(
            UnitTerm.unit_id == authority.id, UnitTerm.sort == UnitTermSort.OUTSIDE
        )
    )
    return any(term.in_force(work.written_on) for term in terms)


def units_under(work: Work, government: Unit) -> frozenset[int]:
    """Return the ids of a government and of every unit below it, at all levels."""
    below: dict[int | None, list[int]] = {}
    rows = work.session.execute(sa.select(Unit.id, Unit.government_id))
    for unit_id, above in rows:
        below.setdefault(above, []).append(unit_id)
    found, waiting = {government.id}, [government.id]
    while waiting:
        new = set(below.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)


def filer_of(work: Work, maker: Unit) -> Unit:
    """Return who files for a maker: for governments, their own review office."""
    if maker.sort not in {UnitSort.GOVERNMENT, UnitSort.OFFICE}:
        return maker
    return own_unit_with(work, government_of(maker), UnitDuty.REVIEW) or maker


def makers_for(work: Work, unit: Unit) -> list[Unit]:
    """Return the organs in whose name a unit's draft can be issued."""
    government = government_of(unit)
    office = work.session.scalar(
        sa.select(Unit).where(
            Unit.government_id == government.id, Unit.sort == UnitSort.OFFICE
        )
    )
    found = [government, *([office] if office else []), unit]
    return [organ for organ in dict.fromkeys(found) if organ.is_active]


def can_make(organ: Unit, kind: ProcessKind, code: str) -> bool:
    """An organ can make a document of that code by that kind of process."""
    sorts = kind.makers.get(code)
    is_at_level = not kind.levels or organ.level in kind.levels
    return is_at_level and (sorts is None or organ.sort in sorts)


MAKING = (
    *(UnitSort.GOVERNMENT, UnitSort.DEPARTMENT, UnitSort.VERTICAL),
    *(UnitSort.DISPATCHED, UnitSort.AUTHORISED),
)
"""Organs that make documents in their own name; an office stands for its government."""

DUTIES = {
    UnitDuty.OFFICE: "办公机构",
    UnitDuty.REVIEW: "合法性审查机构",
    UnitDuty.COMPETITION: "公平竞争审查机构",
    UnitDuty.COUNSEL: "法律顾问库",
}


def _not_in_roster(what: str) -> Invalid:
    return Invalid(
        message=f"机构名册中没有{what}，请管理员在“用户与机构”中补充后再办理。"
    )


def counsel_pools(work: Work, user: User) -> list[Unit]:
    """Return the pools in which somebody is counsel today."""
    return [
        post.unit
        for post in user.memberships
        if post.role is Role.COUNSEL and post.in_force(work.today)
    ]


def actor_keeps_counsel(work: Work, pools: list[Unit]) -> bool:
    """The actor keeps the register of counsel of one of these pools.

    Administrators keep all of them, the review office that of its government.
    """
    if work.actor.user is None or work.actor.holds(Role.ADMIN):
        return True
    offices = [
        own_unit_with(work, government_of(pool), UnitDuty.REVIEW) for pool in pools
    ]
    return any(
        office is not None and work.actor.holds(role, office.id)
        for office in offices
        for role in KEEPING
    )
