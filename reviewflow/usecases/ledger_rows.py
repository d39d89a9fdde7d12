"""What a row of a ledger tells becomes a case: published, filed, answered."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from reviewflow import journal, numbering, progress
from reviewflow import ledger_columns as of
from reviewflow.engine.workflow import Workflow
from reviewflow.model.case import Case, CaseStatus, Part, TaskAnswers
from reviewflow.model.filing import FilingObligation
from reviewflow.model.ledger import LedgerEntry, LedgerImport
from reviewflow.model.people import User
from reviewflow.usecases.cases import facts_of
from reviewflow.usecases.ledger_filings import Step, steps_by_duty
from reviewflow.usecases.ledger_forms import Entry
from reviewflow.work import Work

NORMATIVE = {"is_normative": True}
DOCUMENT, RULE = "published_document", "published_rule"
KINDS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    # what registers what was published elsewhere: its steps, and what steers them
    DOCUMENT: {"register_document": {}, "confirm_classification": NORMATIVE},
    RULE: {"register_rule": {}},
}
SERIES = "审登"
NEXT_DAY = timedelta(days=1)


def record_entry(work: Work, ledger: LedgerImport, drafter: User, entry: Entry) -> None:
    """Enter a document of the past with its filings, each fact on its day.

    The same processes and effects do it that would have done it then; there are
    no answers of people, as none was given here.

    Raises:
        Invalid: The roster lacks the receiver, or a filing is told nobody owed.
    """
    with work.telling(entry.days[of.PUBLISHED]):
        case = _register(work, ledger, drafter, entry)
    for duty, steps in steps_by_duty(work, entry, _duties(work, case)):
        _file(work, duty, steps)


def _register(work: Work, ledger: LedgerImport, drafter: User, entry: Entry) -> Case:
    case = _case(work, drafter, entry)
    answers = _answers(entry)
    _keep(work, ledger, case, entry, answers)
    progress.add_party(work, case, Part.DRAFTING_UNIT, entry.unit)
    journal.record(
        work,
        case,
        "ledger.imported",
        row=entry.number,
        name=ledger.name,
        sha256=ledger.sha256,
    )

    def act(workflow: Workflow) -> None:
        for step, decisions in KINDS[case.kind].items():
            _complete(workflow, step, decisions)

    progress.start(work, case, answers, act)
    case.finished_at = work.written_at  # the registration itself was made today
    return case


def _case(work: Work, drafter: User, entry: Entry) -> Case:
    process = work.processes.latest(work.session, RULE if entry.is_rule else DOCUMENT)
    known = {"kind_code": entry.kind_code}
    case = Case(
        number=numbering.next_number(work, SERIES),
        kind=process.kind.key,
        kind_code=entry.kind_code,
        process_version_id=process.version_id,
        title=entry.texts[of.TITLE],
        unit=entry.unit,
        issuing_organ=entry.maker,
        drafter=drafter,
        status=CaseStatus.RUNNING,
        phase="补录",
        facts=facts_of(process.kind, known, entry.maker),
        state="",
        started_at=work.written_at,
    )
    work.session.add(case)
    work.session.flush()
    return case


def _answers(entry: Entry) -> dict[str, Any]:
    """Return what the form of a published document would have been answered."""
    days, texts = entry.days, entry.texts
    return {
        "order_number" if entry.is_rule else "doc_number": entry.doc_number,
        "joint_makers": [unit.id for unit in entry.joint],
        "meeting": texts[of.MEETING],
        "decided_on": days.get(of.DECIDED),
        "published_on": days[of.PUBLISHED],
        "channel": texts[of.CHANNEL],
        "effective_on": days[of.EFFECTIVE],
        "valid_until": days.get(of.UNTIL),
    }


def _keep(
    work: Work,
    ledger: LedgerImport,
    case: Case,
    entry: Entry,
    answers: dict[str, Any],
) -> None:
    work.session.add(
        TaskAnswers(
            case_id=case.id,
            step=next(iter(KINDS[case.kind])),
            answers=journal.plain(answers),
            at=work.written_at,
            by_id=ledger.imported_by_id,
        )
    )
    work.session.add(
        LedgerEntry(
            case_id=case.id,
            import_id=ledger.id,
            number=entry.number,
            digest=entry.digest,
            review_conclusion=of.CONCLUSIONS.get(entry.texts[of.CONCLUSION], ""),
            reviewed_on=entry.days.get(of.REVIEWED),
        )
    )


def _complete(workflow: Workflow, step: str, decisions: dict[str, Any]) -> None:
    waiting = next(task for task in workflow.open_tasks() if task.step == step)
    workflow.complete(waiting.engine_id, decisions)


def _duties(work: Work, case: Case) -> list[FilingObligation]:
    select = (
        sa.select(FilingObligation)
        .join(FilingObligation.case)
        .where(Case.parent_id == case.id)
        .order_by(FilingObligation.id)
    )
    return list(work.session.scalars(select).unique())


def _file(work: Work, duty: FilingObligation, steps: list[Step]) -> None:
    """Let the case of a filing go through what was done, and stay where it stood."""
    answers: dict[str, Any] = {}

    def act(workflow: Workflow) -> None:
        for one in steps:
            _lapse(work, duty, workflow, one.on)
            answers.clear()
            answers.update(one.answers)
            with work.telling(one.on):
                steering = {"decision": answers["decision"]} if answers else {}
                _complete(workflow, one.step, steering)
        _lapse(work, duty, workflow, work.written_on)

    with work.telling(steps[-1].on):
        progress.move(work, duty.case, answers, act)


def _lapse(
    work: Work, duty: FilingObligation, workflow: Workflow, before: date
) -> None:
    """Let the time to supplement run out, if it had by then."""
    for due_on in _open_corrections(duty):
        if due_on < before:
            with work.telling(due_on + NEXT_DAY):
                for timer in workflow.timers():
                    workflow.fire(timer.engine_id)


def _open_corrections(duty: FilingObligation) -> Iterator[date]:
    for asked in duty.corrections:
        if asked.corrected_on is None and asked.lapsed_on is None:
            yield asked.due_on
