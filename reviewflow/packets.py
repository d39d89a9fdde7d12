"""What a case lacks before it may be deliberated (议题材料)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from reviewflow.model.case import Case
from reviewflow.model.document import Document
from reviewflow.model.opinion import Conclusion, Opinion
from reviewflow.model.people import Unit
from reviewflow.model.unit_opinion import Stance, UnitOpinion
from reviewflow.work import Work


def missing_for_meeting(work: Work, case: Case) -> list[str]:
    """Return what a case lacks before it may be deliberated."""
    return missing_by_case(work, [case])[case.id]


def missing_by_case(work: Work, cases: Sequence[Case]) -> Mapping[int, list[str]]:
    """Return what each case lacks before it may be deliberated."""
    ids = [case.id for case in cases]
    opinions = _opinions(work, ids)
    disputed = disputes(work, ids)
    there = {
        tuple(row)
        for row in work.session.execute(
            sa.select(Document.case_id, Document.role).where(Document.case_id.in_(ids))
        )
    }
    return {
        case.id: [
            *_of_opinion(opinions.get(case.id)),
            *(
                f"{row.unit.short_name}不同意见的协商结果"
                for row in disputed
                if row.case_id == case.id and row.is_open_dispute
            ),
            *(
                need.label
                for need in work.process(case).kind.checklist
                if (case.id, need.role) not in there and need.is_needed(case.facts)
            ),
        ]
        for case in cases
    }


def disputes(work: Work, case_ids: Sequence[int]) -> list[UnitOpinion]:
    """Return what units said who do not agree, in official order."""
    return list(
        work.session.scalars(
            sa.select(UnitOpinion)
            .join(UnitOpinion.unit)
            .where(
                UnitOpinion.case_id.in_(case_ids),
                UnitOpinion.stance == Stance.DISAGREE,
            )
            .order_by(Unit.position, UnitOpinion.id)
        )
    )


def _opinions(work: Work, case_ids: Sequence[int]) -> dict[int, Opinion]:
    """Return the latest opinion on each case, signed or not."""
    rows = work.session.scalars(
        sa.select(Opinion).where(Opinion.case_id.in_(case_ids)).order_by(Opinion.id)
    )
    return {row.case_id: row for row in rows}


def _of_opinion(opinion: Opinion | None) -> list[str]:
    if opinion is None or opinion.signed_at is None:
        return ["已签发的合法性审查意见书"]
    if opinion.conclusion is Conclusion.ILLEGAL:
        return ["允许提交审议的审查结论（现为不合法）"]
    return [] if opinion.is_answered else ["对审查意见的逐条答复"]
