"""What the note that goes with a draft may say (起草说明)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import last_answers
from reviewflow.letters.case_fields import consulted_fields, hearing_day
from reviewflow.letters.drafting_fields import (
    NO_UNITS,
    SIGNING,
    approved_answers,
    competition_told,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.people import Unit
from reviewflow.model.unit_opinion import UnitOpinion
from reviewflow.work import Work

DRAFTING, CONSULTING = "draft_text", "consult_units"
REGISTERING = ("register_matter", "apply_project")
CONTROLLABLE = "CONTROLLABLE"
NOT_SENT = "（未送审）"

Row = dict[str, str | int]


def drafting_note_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for the note: a text was drafted; sending makes it final."""
    drafted = approved_answers(work, case, (DRAFTING,))
    if not drafted:
        return
    sent = approved_answers(work, case, SIGNING)
    last = sent[-1] if sent else None
    yield Occasion(
        SORTS["drafting_note"],
        place=1,
        since=clock.beijing_date((last or drafted[-1]).at),
        is_final=bool(sent),
        fields=partial(note_fields, work, case, last),
        settled=partial(getattr, last, "at", None),
    )


def note_fields(work: Work, case: Case, sent: TaskAnswers | None) -> Fields:
    """Return what the note may say; what nobody recorded is empty.

    Source: 《规章制定程序条例》第十八条 (by analogy: need, main measures, opinions
    and how they were settled).
    """
    dissent = last_answers(work, case, CONSULTING).get("dissent")
    return {
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        **background_fields(work, case),
        "dissent": chinese.end_of_sentence(dissent),
        "unit_opinions": _unit_opinions(work, case),
        "letter_number": "",
        "signed_on": chinese.day(clock.beijing_date(sent.at)) if sent else NOT_SENT,
    }


def background_fields(work: Work, case: Case) -> Fields:
    """Return why a text was drafted, who was asked, how it was weighed."""
    told = [last_answers(work, case, step) for step in REGISTERING]
    drafted, asked, final, experts, risk = (
        last_answers(work, case, step)
        for step in (
            *(DRAFTING, CONSULTING, "finalise_draft"),
            *("hold_appraisal", "assess_risk"),
        )
    )
    units = asked.get("units_consulted") or drafted.get("units_consulted")
    return {
        "purpose": _first(told, "purpose"),
        "grounds_told": _first(told, "grounds_told"),
        "assessment": chinese.end_of_sentence(drafted.get("assessment")),
        **consulted_fields(work, case),
        "changes": _said(final.get("changes")),
        "units_consulted": _said(units),
        "competition": competition_told(work, case),
        "hearing_held_on": hearing_day(work, case),
        "has_experts": "1" if experts else "",
        "is_controllable": "1" if risk.get("risk_verdict") == CONTROLLABLE else "",
    }


def _first(told: Sequence[Mapping[str, Any]], name: str) -> str:
    return next((chinese.end_of_sentence(one[name]) for one in told if name in one), "")


def _said(answer: object) -> str:
    """Return an answer; nothing for the one that says there is nothing."""
    text = chinese.end_of_sentence(answer)
    return "" if text == NO_UNITS else text


def _unit_opinions(work: Work, case: Case) -> list[Row]:
    """Return what other units answered, in official order."""
    rows = work.session.scalars(
        sa.select(UnitOpinion)
        .join(UnitOpinion.unit)
        .where(UnitOpinion.case_id == case.id, UnitOpinion.stance.is_not(None))
        .order_by(Unit.position, UnitOpinion.id)
    )
    return [
        {
            "name": row.unit.name,
            "stance": row.stance.value if row.stance else "",
            "text": chinese.end_of_sentence(row.text),
            "settlement_note": chinese.end_of_sentence(row.settlement_note),
        }
        for row in rows
    ]
