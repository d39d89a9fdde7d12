"""What the reports on experts and on risks may say."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.work import Work

CHOSEN, HEARD, WEIGHED = "appoint_experts", "hold_appraisal", "weigh_experts"
ASSESSED, ADJUSTED, CONTROLLABLE = "assess_risk", "adjust_draft", "CONTROLLABLE"
FINDINGS = ("assessor", "risk_points", "measures", "contingency")
NOT_RECORDED = "（未登记）"

Row = dict[str, str | int]


def assessment_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a report: experts that were heard, risks assessed."""
    yield from _on_experts(work, case)
    found = _latest(work, case, ASSESSED)
    if found is not None:
        is_final = found.answers.get("risk_verdict") == CONTROLLABLE
        yield Occasion(
            SORTS["risk_report"],
            place=1,
            since=clock.beijing_date(found.at),
            is_final=is_final,
            fields=partial(risk_fields, work, case, found, is_final=is_final),
            settled=partial(getattr, found, "at"),
        )


def _on_experts(work: Work, case: Case) -> Iterator[Occasion]:
    heard, weighed = _latest(work, case, HEARD), _latest(work, case, WEIGHED)
    if heard is not None:
        is_final = weighed is not None and weighed.id > heard.id
        done = weighed if is_final else None
        yield Occasion(
            SORTS["expert_report"],
            place=1,
            since=clock.beijing_date((done or heard).at),
            is_final=is_final,
            fields=partial(expert_fields, work, case, heard.answers, done),
            settled=partial(getattr, done, "at", None),
        )


def expert_fields(
    work: Work, case: Case, heard: Mapping[str, Any], weighed: TaskAnswers | None
) -> Fields:
    """Return what the report on an expert evaluation may say (专家论证报告)."""
    chosen = last_answers(work, case, CHOSEN)
    result = weighed.answers if weighed else {}
    experts = list(enumerate(chosen.get("experts") or [], start=1))
    opinions = enumerate(heard.get("expert_opinions") or [], start=1)
    done_on = chinese.day(clock.beijing_date(weighed.at)) if weighed else NOT_RECORDED
    return {
        **_head(case),
        "form": str(heard.get("form") or ""),
        "held_on": chinese.day(date.fromisoformat(heard["held_on"])),
        "selection": chinese.end_of_sentence(chosen.get("selection")),
        "expert_count": str(len(experts) or ""),
        "experts": [_cells(n, row, "organisation", "specialty") for n, row in experts],
        "expert_opinions": [
            _cells(n, row, "opinion") | {"verdict": str(row.get("verdict") or "")}
            for n, row in opinions
        ],
        "adoption": str(result.get("adoption") or ""),
        "reason": chinese.end_of_sentence(result.get("reason")),
        "signed_on": done_on,
    }


def risk_fields(
    work: Work, case: Case, found: TaskAnswers, *, is_final: bool
) -> Fields:
    """Return what the report on the last assessment may say (风险评估报告)."""
    said, adjusted = found.answers, _latest(work, case, ADJUSTED)
    is_again = adjusted is not None and adjusted.id < found.id
    changes = adjusted.answers.get("changes") if adjusted and is_again else ""
    assessed_on = chinese.day(date.fromisoformat(said["assessed_on"]))
    return {
        **_head(case),
        **{name: chinese.end_of_sentence(said.get(name)) for name in FINDINGS},
        "assessed_on": assessed_on,
        "verdict": str(said.get("risk_verdict") or ""),
        "changes": chinese.end_of_sentence(changes),
        "signed_on": assessed_on if is_final else NOT_RECORDED,
    }


def _head(case: Case) -> Fields:
    return {
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        "letter_number": "",
    }


def _cells(place: int, row: Mapping[str, Any], *columns: str) -> Row:
    said = {one: chinese.end_of_sentence(row.get(one)) for one in ("name", *columns)}
    return {"number": chinese.count(place), **said}


def _latest(work: Work, case: Case, step: str) -> TaskAnswers | None:
    return work.session.scalar(
        sa.select(TaskAnswers)
        .where(TaskAnswers.case_id == case.id, TaskAnswers.step == step)
        .order_by(TaskAnswers.id.desc())
        .limit(1)
    )
