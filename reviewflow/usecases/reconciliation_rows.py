"""Rows of lists are settled by people: the same document, none of ours, an omission."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clocks, journal, notices, numbering, organs, progress
from reviewflow.errors import Conflict, Invalid
from reviewflow.filing_desks import FINDERS, KIND, QUESTIONS, desk_of
from reviewflow.model.case import Case, CaseStatus, Part, Task
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role, Unit, User
from reviewflow.model.publication import Publication
from reviewflow.model.reconciliation import ReconciliationRow, RowState
from reviewflow.usecases.people import audit
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work

LONGEST_REASON = 500
ANSWERS = {"yes": True, "no": False}
SERIES = "漏登"


def confirm_match(work: Work, row_id: int) -> ReconciliationRow:
    """Say that a row is the known document it seems to be.

    Raises:
        Missing: There is no such row for the actor.
        Refused: The actor does not look after its maker's documents.
        Conflict: It is settled already.
    """
    row, _role = _row(work, row_id, RowState.PROBABLE)
    _settle(work, row, RowState.MATCHED, "reconciliation.confirmed")
    return row


def reject_match(work: Work, row_id: int) -> ReconciliationRow:
    """Say that a row is another document than the one it seems to be.

    Raises:
        Missing, Refused, Conflict: As `confirm_match`.
    """
    row, _role = _row(work, row_id, RowState.PROBABLE)
    row.publication_id, row.ground = None, ""
    _settle(work, row, RowState.UNMATCHED, "reconciliation.rejected")
    return row


def exclude_row(work: Work, row_id: int, typed: Mapping[str, str]) -> ReconciliationRow:
    """Say that a document need not be filed: it is none of the sort (不属于规范性文件).

    Args:
        work: Actor, instant and transaction.
        row_id: The row.
        typed: The four questions, each `yes` or `no`, and `reason`.

    Raises:
        Missing, Refused, Conflict: As `confirm_match`.
        Invalid: A question is not answered, all are yes, or no reason is given.

    Source: 《安徽省行政规范性文件管理办法》第二条.
    """
    row, _role = _row(work, row_id, RowState.UNMATCHED)
    said = {name: ANSWERS.get(typed.get(name, "")) for name in QUESTIONS}
    errors = {n: "请选择“是”或者“否”。" for n, answer in said.items() if answer is None}
    if not errors and all(said.values()):
        errors["repeated"] = (
            "四项都为“是”的属于规范性文件；没有报送备案的，请登记漏报。"
        )
    reason = typed.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        errors["reason"] = f"请写明认定的理由，不超过 {LONGEST_REASON} 字。"
    if errors:
        raise Invalid(errors)
    row.answers, row.reason = dict(said), reason
    _settle(work, row, RowState.NOT_NORMATIVE, "reconciliation.excluded")
    return row


def reopen_row(work: Work, row_id: int) -> ReconciliationRow:
    """Take back that a document need not be filed; what was said stays in the audit.

    Raises:
        Missing, Refused, Conflict: As `confirm_match`.
    """
    row, _role = _row(work, row_id, RowState.NOT_NORMATIVE)
    said = {"reason": row.reason, **row.answers}
    row.answers, row.reason = {}, ""
    _settle(work, row, RowState.UNMATCHED, "reconciliation.reopened", **said)
    return row


def record_omission(work: Work, row_id: int, answers: Mapping[str, Any]) -> Case:
    """Register a document that should have been filed and was not (漏报).

    A case of the kind `omitted_document` begins and ends: the document comes into
    the library, its duties to file arise, due from the day it was published on.

    Args:
        work: Actor, instant and transaction.
        row_id: The row.
        answers: To the form of the step at which the finder says so.

    Raises:
        Missing, Refused, Conflict: As `confirm_match`.
        Invalid: An answer breaks a rule, or nothing had to be filed on that day.
    """
    row, role = _row(work, row_id, RowState.UNMATCHED)
    found_by, step = FINDERS[role]
    case = _case(work, row, found_by)
    journal.record(
        work,
        case,
        "omission.found",
        source=row.reconciliation.source,
        list=row.reconciliation.name,
        line=row.line,
    )
    progress.start(work, case)
    work.session.flush()
    task_id = work.session.scalars(
        sa.select(Task.id).where(Task.case_id == case.id, Task.step == step)
    ).one()
    complete_task(work, task_id, answers)
    with work.beyond_sight():  # what hangs on the case, in whoever's hands it is
        _tell(work, case)
    publication_id = _publication_id(work, case)
    row.case, row.reason = case, str(answers["reason"]).strip()
    row.publication_id = publication_id
    _settle(work, row, RowState.OMITTED, "reconciliation.omission_recorded")
    return case


def _row(work: Work, row_id: int, state: RowState) -> tuple[ReconciliationRow, Role]:
    row = work.get(ReconciliationRow, row_id, lock=True)
    role = desk_of(work, row.keeper_id).role_for(row.maker_id)
    if row.state is not state:
        raise Conflict("这一行已经处理，请刷新后查看最新情况。")
    return row, role


def _settle(
    work: Work, row: ReconciliationRow, state: RowState, said: str, **facts: object
) -> None:
    row.state = state
    row.settled_at, row.settled_by_id = work.now, work.actor.id
    audit(work, said, f"reconciliation_row:{row.id}", **facts)


def _case(work: Work, row: ReconciliationRow, found_by: str) -> Case:
    process = work.processes.latest(work.session, KIND)
    maker, filer = row.maker, organs.filer_of(work, row.maker)
    code = next(
        c for c in process.kind.codes if organs.can_make(maker, process.kind, c)
    )
    facts = {"level": maker.level.value, "maker_sort": maker.sort.value}
    case = Case(
        number=numbering.next_number(work, SERIES),
        kind=KIND,
        kind_code=code,
        process_version_id=process.version_id,
        title=row.title,
        unit=filer,
        issuing_organ=maker,
        drafter=work.session.get_one(User, work.actor.id),
        status=CaseStatus.RUNNING,
        phase="认定漏报",
        facts=facts | {"kind_code": code, "found_by": found_by},
        state="",
        started_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    progress.add_party(work, case, Part.FILING_UNIT, filer)
    if found_by == "AUTHORITY":
        keeper = work.session.get_one(Unit, row.keeper_id)
        progress.add_party(work, case, Part.FILING_AUTHORITY, keeper)
    return case


def _tell(work: Work, case: Case) -> None:
    """Tell whoever files for the maker which duties it has missed.

    Raises:
        Invalid: There are none.
    """
    duties = work.session.scalars(
        sa.select(FilingObligation)
        .join(Case, Case.id == FilingObligation.case_id)
        .where(Case.parent_id == case.id)
        .order_by(FilingObligation.due_on)
    ).unique()
    found = list(duties)
    if not found:
        sentence = "按公布当时的规定，该文件不需要报送备案，不能登记为漏报。"
        raise Invalid({"published_on": sentence})
    filers = notices.holders(work, Role.FILER, case.unit_id)
    due_on = found[0].due_on
    running = clocks.running_clock(work, found[0].case, found[0].limit_id)
    notices.notify(
        work,
        case,
        filers,
        "omission_found",
        partial(clocks.explain, work, running) if running else None,
        due=chinese.day(due_on),
    )


def _publication_id(work: Work, case: Case) -> int | None:
    found = sa.select(Publication.id).where(Publication.case_id == case.id)
    return work.session.scalar(found)
