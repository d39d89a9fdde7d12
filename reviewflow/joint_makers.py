"""Organs that issue a document together with its maker (联合制定机关)."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.people import Unit, UnitSort
from reviewflow.model.publication import JointMaker, Publication
from reviewflow.work import Work

FIELD = "joint_makers"
ISSUED_TOGETHER = ("ZFGFXWJ", "BMGFXWJ")
"""Codes of what several organs may issue; a rule or a decision has one maker.

Source: 《党政机关公文处理工作条例》第十七条（同级机关联合行文，条文待核）; 《立法法》
第九十三条 and 《重大行政决策程序暂行条例》第二条 know one organ only, by analogy.
"""


def candidates(work: Work, case: Case) -> list[Unit]:
    """Return who may issue a case's document together with its maker.

    They are of the maker's level; those of its own government come first.

    Source: 《党政机关公文处理工作条例》第十七条（同级，条文待核）.
    """
    maker = case.issuing_organ
    if case.kind_code not in ISSUED_TOGETHER:
        return []
    found = work.session.scalars(
        sa.select(Unit)
        .where(
            Unit.level == maker.level,
            Unit.sort.in_((*organs.MAKING, UnitSort.OFFICE)),
            Unit.id != maker.id,
            Unit.is_active,
        )
        .order_by(Unit.government_id != maker.government_id, Unit.position, Unit.id)
    )
    return list(found)


def take(
    work: Work, case: Case, row: Publication, unit_ids: Iterable[int]
) -> dict[str, Any]:
    """Note who issued a document together with its maker, in the order named.

    Returns:
        What the journal tells of it; nothing if the maker issued it alone.

    Raises:
        Invalid: One of them cannot issue it together with the maker.
    """
    named = list(dict.fromkeys(unit_ids))
    if named:
        _require_fit(work, case, named)
    row.joint_makers = [
        JointMaker(unit_id=unit_id, position=position)
        for position, unit_id in enumerate(named, start=1)
    ]
    work.session.flush()
    told = told_of(row)
    return {"joint": told} if told else {}


def told_of(row: Publication) -> list[int] | None:
    """Return the ids of the others, as the journal tells them; None if none."""
    return [one.unit_id for one in row.joint_makers] or None


def _require_fit(work: Work, case: Case, unit_ids: list[int]) -> None:
    if case.kind_code not in ISSUED_TOGETHER:
        raise Invalid({FIELD: "这一类文件只有一个制定机关，请不要选联合制定机关。"})
    if case.issuing_organ_id in unit_ids:
        raise Invalid({FIELD: "主办机关已经是制定机关，请从联合制定机关中去掉。"})
    if work.told_at is not None:
        return  # a fact of the past, by units of the roster
    known = {unit.id for unit in candidates(work, case)}
    if not known.issuperset(unit_ids):
        raise Invalid({FIELD: "请从列表中选择与主办机关同级的联合制定机关。"})
