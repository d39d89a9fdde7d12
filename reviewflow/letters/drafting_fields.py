"""What the drafting unit writes on its way: the public asked, review and meeting."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.answered import all_answers, last_answers
from reviewflow.letters.adoption_fields import answered_fields
from reviewflow.letters.case_fields import (
    case_fields,
    consulted_fields,
    hearing_day,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, Task, TaskAnswers
from reviewflow.model.consultation import Consultation
from reviewflow.model.document import Document
from reviewflow.work import Work

SIGNING, AGENDA = ("sign_submission", "send_packet"), "request_agenda"
LETTERS = {**dict.fromkeys(SIGNING, "submission_letter"), AGENDA: "agenda_request"}
"""Which step sends which letter."""
OWN_LETTERS = ("submission_letter", "agenda_request")
VERDICT, RETURNED, NO_UNITS = "competition_verdict", "RETURN", "无"
OPENED_EVENT = "consultation.opened"
NOT_SIGNED = "（未签署）"

Row = dict[str, str | int]


def drafting_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter of the drafting unit, in the order of life."""
    rows = work.session.scalars(
        sa.select(Consultation)
        .where(Consultation.case_id == case.id)
        .order_by(Consultation.id)
    )
    for place, row in enumerate(rows, start=1):
        fields = partial(notice_fields, case, row)
        at = partial(instant_of, work, case, OPENED_EVENT, place)
        sort, since = SORTS["consultation_notice"], row.starts_on
        yield Occasion(sort, place, since, is_final=True, fields=fields, settled=at)
    signed = approved_answers(work, case, SIGNING)
    yield from _sent(work, case, signed)
    waiting = sa.select(Task.step).where(
        Task.case_id == case.id, Task.step.in_(SIGNING), Task.closed_at.is_(None)
    )
    for place, step in enumerate(work.session.scalars(waiting), len(signed) + 1):
        fields = partial(submission_fields, work, case, step, None)
        sort = SORTS["submission_letter"]
        yield Occasion(sort, place, work.today, is_final=False, fields=fields)


def agenda_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a request: each time the case was sent to a meeting."""
    yield from _sent(work, case, approved_answers(work, case, (AGENDA,)))


def _sent(work: Work, case: Case, rows: list[TaskAnswers]) -> Iterator[Occasion]:
    """Return the letters that were sent with these answers, the first at the top."""
    for place, row in enumerate(rows, start=1):
        told = agenda_fields if row.step == AGENDA else submission_fields
        yield Occasion(
            SORTS[LETTERS[row.step]],
            place,
            clock.beijing_date(row.at),
            is_final=True,
            fields=partial(told, work, case, row.step, row),
            settled=partial(getattr, row, "at"),
        )


def approved_answers(
    work: Work, case: Case, steps: tuple[str, ...]
) -> list[TaskAnswers]:
    """Return what was answered at these steps, but for what was given back."""
    rows = all_answers(work, case, *steps)
    return [row for row in rows if row.answers.get("outcome") != RETURNED]


def notice_fields(case: Case, row: Consultation) -> Fields:
    """Return what a notice of consultation may say (征求意见公告).

    Source: 《重大行政决策程序暂行条例》第十五条 (by analogy: the reason for a short
    period is public).
    """
    return {
        "unit_name": case.unit.name,
        "maker_name": case.issuing_organ.name,
        "title": chinese.line(case.title),
        "starts_on": chinese.day(row.starts_on),
        "ends_on": chinese.day(row.ends_on),
        "days": row.days or "",
        "channel": chinese.line(row.channel),
        "is_public": "1" if row.is_public else "",
        "shortened_reason": chinese.end_of_sentence(row.shortened_reason),
        "letter_number": "",
        "signed_on": chinese.day(row.starts_on),
    }


def submission_fields(
    work: Work, case: Case, step: str, row: TaskAnswers | None
) -> Fields:
    """Return what a letter of submission may say (送审函)."""
    units = chinese.end_of_sentence(
        last_answers(work, case, "consult_units").get("units_consulted")
    )
    meeting = last_answers(work, case, "unit_deliberation").get("unit_meeting")
    said = row.answers if row else {}
    requested_on = said.get("requested_on")
    return {
        **case_fields(work, case, row.at if row else work.now),
        **consulted_fields(work, case),
        "units_consulted": "" if units == NO_UNITS else units,
        "hearing_held_on": hearing_day(work, case),
        "competition": competition_told(work, case),
        "unit_meeting": chinese.end_of_sentence(meeting),
        "requested_on": chinese.day(
            date.fromisoformat(requested_on) if requested_on else None
        ),
        "enclosures": _enclosures(work, case, step),
        "contact": case.drafter.display_name,
        "letter_number": "",
        "signed_on": _signed_on(row),
    }


def agenda_fields(
    work: Work, case: Case, _step: str, row: TaskAnswers | None
) -> Fields:
    """Return what a request to be put on an agenda may say (提请审议的请示)."""
    summary = row.answers.get("summary") if row else ""
    return {
        **case_fields(work, case, row.at if row else work.now),
        **answered_fields(work, case),
        "item_summary": chinese.end_of_sentence(summary),
        "letter_number": "",
        "signed_on": _signed_on(row),
    }


def _signed_on(row: TaskAnswers | None) -> str:
    return chinese.day(clock.beijing_date(row.at)) if row else NOT_SIGNED


def competition_told(work: Work, case: Case) -> str:
    """Return the conclusion on fair competition in the words of its form."""
    forms = work.process(case).kind.forms
    named = {
        step: field.choices
        for step, form in forms.items()
        for field in form.fields
        if field.name == VERDICT
    }
    row = work.session.scalar(
        sa.select(TaskAnswers)
        .where(TaskAnswers.case_id == case.id, TaskAnswers.step.in_(named))
        .order_by(TaskAnswers.id.desc())
        .limit(1)
    )
    return "" if row is None else named[row.step].get(row.answers.get(VERDICT, ""), "")


def _enclosures(work: Work, case: Case, step: str) -> list[Row]:
    """Return what goes along: of the papers the step asks for those that are there."""
    needs = work.process(case).kind.forms[step].documents
    there = set(
        work.session.scalars(
            sa.select(Document.role).where(Document.case_id == case.id)
        )
    )
    found = [n.label for n in needs if n.role in there and n.role not in OWN_LETTERS]
    return [{"number": n, "name": label} for n, label in enumerate(found, start=1)]
