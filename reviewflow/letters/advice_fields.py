"""What the opinion of a counsel may say on paper (法律意见书)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case, CaseParty, Part, TaskAnswers
from reviewflow.model.counsel import Counsel, CounselSort
from reviewflow.work import Work

OUTLINE = ("scope", "facts_told", "advice", "risks")
NOT_SAID = "（未填写）"
SORT_NAMES = {
    CounselSort.ADVISER: "法律顾问",
    CounselSort.PUBLIC_LAWYER: "公职律师",
}


def advice_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return the signed opinions of counsel that may be read by now, oldest first."""
    rows = work.session.scalars(
        sa.select(Advice)
        .where(Advice.case_id == case.id, Advice.verdict.is_not(None))
        .order_by(Advice.id)
    ).all()
    if not rows:
        return
    places, said = letter_places(work, case), _said(work, rows)
    for row in rows:
        if row.signed_at is None or row.task_id not in said:
            continue
        since = clock.beijing_date(row.signed_at)
        fields = partial(advice_fields, work, case, row, said[row.task_id])
        sort = SORTS["legal_advice"]
        yield Occasion(
            sort,
            places[row.id],
            since,
            is_final=True,
            fields=fields,
            settled=partial(getattr, row, "signed_at"),
        )


def advice_fields(
    work: Work, case: Case, advice: Advice, said: Mapping[str, Any]
) -> Fields:
    """Return what the opinion of one counsel may say."""
    office = work.session.scalar(
        sa.select(CaseParty).where(
            CaseParty.case_id == case.id, CaseParty.part == Part.REVIEW_OFFICE
        )
    )
    asked, signed_at = last_answers(work, case, "appoint_counsel"), advice.signed_at
    outline = {name: chinese.end_of_sentence(said.get(name)) for name in OUTLINE}
    return {
        **{name: text or NOT_SAID for name, text in outline.items()},
        **_of_counsel(work, advice),
        "office_name": office.unit.name if office else "",
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        "question": chinese.end_of_sentence(asked.get("question")),
        "verdict": str(said.get("verdict") or ""),
        "letter_number": "",
        "signed_on": chinese.day(clock.beijing_date(signed_at)) if signed_at else "",
    }


def _of_counsel(work: Work, advice: Advice) -> Fields:
    """Return who signs, with what the register says."""
    entry = work.session.scalar(
        sa.select(Counsel).where(Counsel.user_id == advice.counsel_id)
    )
    firm = chinese.line(entry.firm) if entry else ""
    return {
        "counsel_name": advice.counsel.display_name,
        "counsel_sort": SORT_NAMES[entry.sort] if entry else "法律顾问",
        "licence": entry.licence if entry else "",
        "firm": firm,
        "letterhead": firm or "法律意见书",
    }


def _said(work: Work, rows: Sequence[Advice]) -> dict[int | None, dict[str, Any]]:
    answers = work.session.scalars(
        sa.select(TaskAnswers).where(TaskAnswers.task_id.in_([r.task_id for r in rows]))
    )
    return {row.task_id: row.answers for row in answers}


def letter_places(work: Work, case: Case) -> dict[int, int]:
    """Return the place of each opinion among all, those not to be read included."""
    with work.beyond_sight():
        ids = work.session.scalars(
            sa.select(Advice.id).where(Advice.case_id == case.id).order_by(Advice.id)
        ).all()
    return {row_id: place for place, row_id in enumerate(ids, start=1)}
