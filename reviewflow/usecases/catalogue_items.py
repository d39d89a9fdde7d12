"""Items of yearly catalogues: proposed, argued, taken out, become cases."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.kinds.answers import visible
from reviewflow.model.case import Case
from reviewflow.model.catalogue import (
    Catalogue,
    CatalogueItem,
    CatalogueSort,
    Category,
    ItemState,
)
from reviewflow.model.people import Role, Unit
from reviewflow.usecases.catalogues import require_keeper
from reviewflow.usecases.people import audit
from reviewflow.work import Work

PROPOSING = (Role.DRAFTER, Role.UNIT_HEAD)
LONGEST_TITLE = 200
NOT_PROPOSING = "只有起草人或者单位主要负责人可以提出列入目录的建议。"
CLASSES: Mapping[CatalogueSort, tuple[Category, ...]] = {
    CatalogueSort.DECISIONS: (
        *(Category.POLICY, Category.PLAN, Category.RESOURCE),
        *(Category.PROJECT, Category.OTHER),
    ),
    CatalogueSort.RULES: (
        *(Category.RULE_NEW, Category.RULE_AMENDED),
        Category.RULE_REPEALED,
    ),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a unit wants to be listed."""

    sort: CatalogueSort
    year: int
    category: Category
    title: str
    schedule: str
    grounds: str


def propose_item(work: Work, raw: Mapping[str, str]) -> CatalogueItem:
    """Propose a matter for the catalogue of the unit's government.

    Args:
        work: Actor, instant and transaction.
        raw: As typed: `unit_id sort year category title schedule grounds`.

    Raises:
        Refused: The actor neither drafts for a unit nor heads one.
        Invalid: It is another unit, something is missing, or does not belong together.

    Source: 《重大行政决策程序暂行条例》第三条、第十条; 《规章制定程序条例》第十条.
    """
    unit = _proposing_unit(work, raw.get("unit_id", ""))
    proposal = _read(work, raw)
    organ = organs.government_of(unit)
    item = CatalogueItem(
        catalogue=_catalogue(work, organ, proposal.sort, proposal.year),
        state=ItemState.PROPOSED,
        category=proposal.category,
        title=proposal.title,
        undertaker=unit,
        schedule=proposal.schedule,
        grounds=proposal.grounds,
        proposed_at=work.now,
        proposed_by_id=work.actor.id,
    )
    work.session.add(item)
    work.session.flush()
    audit(work, "catalogue.proposed", f"catalogue_item:{item.id}", title=item.title)
    return item


def settle_item(
    work: Work, item_id: int, *, is_listed: bool, reason: str
) -> CatalogueItem:
    """List a proposed matter, or decline it; after publication this is an adjustment.

    Raises:
        Missing: There is no such item for the actor.
        Refused: The actor does not keep the catalogue.
        Conflict: It is settled already.
        Invalid: No reason is given where one is needed.
    """
    item = work.get(CatalogueItem, item_id, lock=True)
    require_keeper(work, item.catalogue.organ)
    if item.state is not ItemState.PROPOSED:
        raise Conflict("该事项已有处理结果，请刷新后查看。")
    is_published = item.catalogue.published_on is not None
    if not reason.strip() and (is_published or not is_listed):
        raise Invalid({"reason": "请写明不列入的理由，或者公布后补充列入的理由。"})
    item.state = ItemState.LISTED if is_listed else ItemState.DECLINED
    item.is_adjustment = is_listed and is_published
    return _settled(work, item, "catalogue.settled", reason)


def remove_item(work: Work, item_id: int, reason: str) -> CatalogueItem:
    """Take a listed matter out; it stays readable, with the reason.

    Raises:
        Missing, Refused: As for settling it.
        Conflict: It is not listed, or a case has been begun.
        Invalid: No reason is given.
    """
    item = work.get(CatalogueItem, item_id, lock=True)
    require_keeper(work, item.catalogue.organ)
    if item.state is not ItemState.LISTED:
        raise Conflict("该事项不在目录中，请刷新后查看。")
    if item.case_id is not None:
        raise Conflict("该事项已经启动，不能调出；请先由起草单位撤回。")
    if not reason.strip():
        raise Invalid({"reason": "请写明调出的理由。"})
    item.state = ItemState.REMOVED
    item.is_adjustment = item.catalogue.published_on is not None
    return _settled(work, item, "catalogue.removed", reason)


def link_case(work: Work, item_id: int, number: str) -> CatalogueItem:
    """Say which case a listed matter has become, by the number of the case.

    Raises:
        Missing, Refused: As for settling it.
        Conflict: It is not listed.
        Invalid: The actor knows no such case, or it belongs to another item.
    """
    item = work.get(CatalogueItem, item_id, lock=True)
    require_keeper(work, item.catalogue.organ)
    if item.state is not ItemState.LISTED:
        raise Conflict("只有列入目录的事项可以关联办理事项。")
    case = work.session.scalar(sa.select(Case).where(Case.number == number.strip()))
    if case is None:
        raise Invalid(
            {"number": "没有这个编号的事项，请核对，例如：审登〔2026〕12号。"}
        )
    taken = sa.select(CatalogueItem.id).where(
        CatalogueItem.case_id == case.id, CatalogueItem.id != item.id
    )
    if work.session.scalar(taken) is not None:
        raise Invalid({"number": "该事项已与目录中的另一项关联。"})
    item.case_id = case.id
    audit(work, "catalogue.linked", f"catalogue_item:{item.id}", case=case.number)
    return item


def proposing_units(work: Work) -> list[Unit]:
    """Return the units for which the actor may propose, in official order."""
    ids = {unit_id for role, unit_id in work.actor.posts if role in PROPOSING}
    select = sa.select(Unit).where(Unit.id.in_(ids)).order_by(Unit.position, Unit.id)
    return list(work.session.scalars(select))


def _proposing_unit(work: Work, unit_id: str) -> Unit:
    units = proposing_units(work)
    if not units:
        raise Refused(NOT_PROPOSING)
    for unit in units:
        if str(unit.id) == unit_id:
            return unit
    raise Invalid({"unit_id": "请选择本人任起草人或者主要负责人的单位。"})


def _read(work: Work, raw: Mapping[str, str]) -> Proposal:
    """Return what was typed.

    Raises:
        Invalid: A part of it is missing or cannot be; a sentence for each.
    """
    typed = {
        name: visible(raw.get(name, "")).strip()
        for name in ("title", "schedule", "grounds")
    }
    typed["title"] = typed["title"].strip("《》")
    years = [str(work.today.year), str(work.today.year + 1)]
    sort, category = raw.get("sort", ""), raw.get("category", "")
    classes = CLASSES[CatalogueSort(sort)] if sort in list(CatalogueSort) else ()
    errors = {
        "sort": "" if classes else "请选择目录。",
        "year": ""
        if raw.get("year") in years
        else f"年度请选 {' 或者 '.join(years)}。",
        "category": "" if category in classes else "请选择与目录相应的事项类别。",
        "title": ""
        if 0 < len(typed["title"]) <= LONGEST_TITLE
        else f"请填写事项名称，不超过 {LONGEST_TITLE} 个字。",
        "schedule": "" if typed["schedule"] else "请填写时间安排，例如：9月完成。",
        "grounds": "" if typed["grounds"] else "请写明必要性、依据和主要内容。",
    }
    if wrong := {name: text for name, text in errors.items() if text}:
        raise Invalid(wrong)
    title = typed.pop("title")
    year = int(raw["year"])
    return Proposal(CatalogueSort(sort), year, Category(category), title, **typed)


def _catalogue(work: Work, organ: Unit, sort: CatalogueSort, year: int) -> Catalogue:
    found = work.session.scalar(
        sa.select(Catalogue).where(
            Catalogue.organ_id == organ.id,
            Catalogue.sort == sort,
            Catalogue.year == year,
        )
    )
    if found is None:
        found = Catalogue(organ=organ, sort=sort, year=year)
        work.session.add(found)
    return found


def _settled(work: Work, item: CatalogueItem, kind: str, reason: str) -> CatalogueItem:
    item.reason, item.settled_at = reason.strip(), work.now
    item.settled_by_id = work.actor.id
    audit(work, kind, f"catalogue_item:{item.id}", state=item.state.value)
    return item
