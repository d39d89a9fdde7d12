"""Whether opinions, answers, publications and filings still say what was done."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow import clock, joint_makers, journal
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.opinion import Opinion
from reviewflow.model.publication import Publication
from reviewflow.work import Work

SIGNED, ANSWERED = "opinion.signed", "opinion.answered"
NUMBERED, PUBLISHED = "document.numbered", "document.published"
COMPLETED = "task.completed"


def answers(work: Work, case: Case) -> Iterator[str]:
    """Every completed task has the answers it was completed with."""
    rows = work.session.scalars(
        sa.select(TaskAnswers).where(
            TaskAnswers.case_id == case.id, TaskAnswers.task_id.is_not(None)
        )
    )
    kept = {row.task_id or 0: _digest(row.answers) for row in rows}
    told = {e["task_id"]: e["answers"] for _event, e in _told(work, case, COMPLETED)}
    for task_id in sorted(told.keys() | kept.keys()):
        if kept.get(task_id) != told.get(task_id):
            yield f"任务 {task_id} 填写的内容缺失或被改动。"


def opinions(work: Work, case: Case) -> Iterator[str]:
    """Every opinion that was signed is there, and says what was signed."""
    rows = {
        row.id: row
        for row in work.session.scalars(
            sa.select(Opinion).where(Opinion.case_id == case.id)
        )
    }
    signed = {told["opinion"]: event for event, told in _told(work, case, SIGNED)}
    for opinion_id, row in rows.items():
        if row.signed_at is not None and opinion_id not in signed:
            yield f"审查意见书 {row.doc_number} 没有签发记录。"
    for opinion_id, event in signed.items():
        opinion = rows.get(opinion_id)
        if opinion is None or not _is_as_signed(opinion, event):
            yield f"审查意见书 {(event.payload or {})['number']} 缺失或被改动。"
    for _event, told in _told(work, case, ANSWERED):
        opinion = rows.get(told["opinion"])
        if opinion and [f.adoption for f in opinion.findings] != told["adoptions"]:
            yield f"审查意见书 {opinion.doc_number} 的采纳情况被改动。"


def publication(work: Work, case: Case) -> Iterator[str]:
    """The document has the number and the days it was published with."""
    told: dict[str, Any] = {}
    for kind in (NUMBERED, PUBLISHED):
        for _event, payload in _told(work, case, kind):
            told |= payload
    row = work.session.scalar(
        sa.select(Publication).where(Publication.case_id == case.id)
    )
    said = {
        "number": row and row.doc_number,
        "published_on": row and row.published_on,
        "effective_on": row and row.effective_on,
        "joint": joint_makers.told_of(row) if row else None,
    }
    if any(journal.plain(said)[name] != told.get(name) for name in said):
        yield "公布登记的文号、日期或联合制定机关缺失或被改动。"


def filing(work: Work, case: Case) -> Iterator[str]:
    """What is kept of a filing for the figures follows from what was done about it."""
    duty = work.session.scalar(
        sa.select(FilingObligation).where(FilingObligation.case_id == case.id)
    )
    if duty is None:
        return
    review = work.session.scalar(
        sa.select(FilingReview).where(FilingReview.obligation_id == duty.id)
    )
    is_as_published = (duty.kind_code, duty.backfilled_on) == (
        duty.publication.kind_code,
        _entered_on(work, duty),
    )
    is_unreviewed = duty.review_pace is None and duty.review_lasting_from is None
    is_kept = is_unreviewed if review is None else review.is_kept()
    if not (is_as_published and is_kept and duty.keeps_its_standing()):
        yield "报备统计所用的登记与报送、登记、审查的记录不一致。"


def _entered_on(work: Work, duty: FilingObligation) -> date | None:
    """Return the first day on which something of the past was entered, if any was."""
    told = sa.select(Event.at, Event.effective_at).where(
        Event.case_id == duty.case_id, Event.kind.startswith("filing.")
    )
    late = [
        clock.beijing_date(at)
        for at, effective_at in work.session.execute(told)
        if clock.beijing_date(effective_at) < clock.beijing_date(at)
    ]
    at = duty.publication.backfilled_at
    return min(late + ([clock.beijing_date(at)] if at else []), default=None)


def _is_as_signed(opinion: Opinion, event: Event) -> bool:
    told = event.payload or {}
    statement = opinion.statement or ""
    said = {
        "conclusion": opinion.conclusion,
        "number": opinion.doc_number,
        "statement": opinion.statement_digest,
    }
    return (
        said == {name: told[name] for name in said}
        and journal.text_digest(statement) == opinion.statement_digest
        and (opinion.signed_by_id, opinion.signed_at) == (event.actor_id, event.at)
        and _content(opinion) == _named(json.loads(statement))
    )


def _named(statement: Mapping[str, Any]) -> dict[str, Any]:
    return {name: statement[name] for name in ("reasons", "findings")}


def _content(opinion: Opinion) -> dict[str, Any]:
    return {
        "reasons": journal.text_digest(opinion.reasons),
        "findings": [
            [f.clause, f.problem, f.basis, f.suggestion, f.nature.value]
            for f in opinion.findings
        ],
    }


def _told(
    work: Work, case: Case, kind: str
) -> Iterator[tuple[Event, Mapping[str, Any]]]:
    events = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind == kind)
        .order_by(Event.seq)
    )
    for event in events:
        yield event, event.payload or {}


def _digest(value: Mapping[str, Any]) -> str:
    return journal.text_digest(journal.canonical(value))
