"""Short ways to bring a case to where a test begins."""

import io
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import docx
import sqlalchemy as sa

from reviewflow import notices, permissions
from reviewflow.model.case import Case, Task
from reviewflow.model.document import Document
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work
from tests.cast import Cast
from tests.outsiders import OUTSIDERS

As = Callable[..., AbstractContextManager[Work]]
NOON_MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)

START = {
    "is_confidential": "no",
    "kind_code": "ZFGFXWJ",
    "involves_business": "no",
    "touches_vital_interests": "no",
    "statutory_hearing": "no",
    "is_major": "no",
    "is_emergency": "no",
}
TEXT = "经研究，情况属实，程序符合规定。"
ANSWERS: dict[str, dict[str, Any]] = {
    # step: what is usually answered there
    "register_matter": {"purpose": TEXT, "grounds_told": TEXT},
    "list_matter": {"listed": "LISTED", "list_number": "2026年度第3项"},
    "start_decision": {"outcome": "START", "undertakers": "市住建局"},
    "classify": {
        **dict.fromkeys(("administrative", "external", "binding", "repeated"), "yes"),
        "is_normative": "yes",
        "reason": TEXT,
    },
    "endorse_emergency": {"outcome": "APPROVE"},
    "approve_emergency": {"outcome": "APPROVE", "approved_by": "市政府办主任王某"},
    "draft_text": {"assessment": TEXT, "plans": 1},
    "consult_units": {"units_consulted": "市发改委、市公安局", "has_dissent": "no"},
    "open_consultation": {
        "consultation_excused": "no",
        "starts_on": "2026-01-20",
        "ends_on": "2026-02-24",
        "channel": "市政府门户网站",
    },
    "close_consultation": {"closed_on": "2026-02-24", "comments": 12, "adopted": 9},
    "state_no_business": {"competition_verdict": "NOT_INVOLVED", "reason": TEXT},
    "decide_hearing": {"needs_hearing": "no", "reason": TEXT},
    **OUTSIDERS,
    "finalise_draft": {"changes": TEXT},
    "unit_legal_review": {"outcome": "APPROVE"},
    "unit_deliberation": {"outcome": "APPROVE", "unit_meeting": "局长办公会"},
    "sign_submission": {"outcome": "SUBMIT", "requested_on": "2026-03-12"},
    "office_check": {"outcome": "FORWARD"},
    "accept_submission": {"outcome": "ACCEPT"},
    "appoint_counsel": {"needs_advice": "yes"},
    "give_advice": {
        **dict.fromkeys(("scope", "facts_told", "advice", "risks"), TEXT),
        "no_conflict": "yes",
        "verdict": "LEGAL",
    },
    "weigh_advice": {"adoption": "FULL"},
    "draft_opinion": {"outcome": "CONCLUDE", "conclusion": "LEGAL", "reasons": TEXT},
    "check_opinion": {"outcome": "APPROVE"},
    "sign_opinion": {"outcome": "APPROVE"},
    "request_agenda": {"summary": TEXT},
    "approve_agenda": {"outcome": "APPROVE"},
    "hold_meeting": {
        "meeting": "市政府第80次常务会议",
        "held_on": "2026-03-02",
        "decision": "PASSED",
        "present": "周海、许明",
        "dissent": "无",
        "follows_majority": "yes",
    },
    "report_party": {"reported_on": "2026-03-02", "result": TEXT},
    "register_number": {"doc_number": "六政〔2026〕8号"},
    "publish": {
        "published_on": "2026-03-02",
        "channel": "市政府门户网站",
        "effective_on": "2026-05-01",
        "valid_until": "2031-04-30",
        "executor": "市住建局",
        "simplified": "no",
    },
    "archive_file": {"volume": "2026-规-8", "note": TEXT},
    "prepare_filing": {},
    "examine_filing": {"decision": "REGISTER", "materials_complete": "yes"},
    "correct_filing": {"note": TEXT},
}
PEOPLE = {
    # field: the person of the cast usually chosen
    "handler_id": "handler",
    "checker_id": "checker",
    "signer_id": "signer",
    "counsel_id": "counsel",
}


def new_case(
    as_: As, cast: Cast, kind: str = "normative_document", **fields: object
) -> int:
    """Register a matter as the drafter; return its id."""
    with as_(cast.drafter) as work:
        case = submit_case(
            work,
            kind,
            "六安市农村自建房屋安全管理办法",
            cast.units["housing"],
            {**START, **fields},
        )
        return case.id


def open_steps(as_: As, case_id: int) -> list[str]:
    """Return the steps a case waits at."""
    with as_(None) as work:
        return list(
            work.session.scalars(
                sa.select(Task.step)
                .where(Task.case_id == case_id, Task.closed_at.is_(None))
                .order_by(Task.id)
            )
        )


def waiting(as_: As, case_id: int, step: str) -> int:
    """Return the id of the open task at a step."""
    with as_(None) as work:
        return work.session.scalars(
            sa.select(Task.id).where(
                Task.case_id == case_id, Task.step == step, Task.closed_at.is_(None)
            )
        ).one()


def open_tasks_at(as_: As, case_id: int, step: str) -> dict[int | None, int]:
    """Return the open tasks at a step, by whose they are."""
    with as_(None) as work:
        tasks = work.session.scalars(
            sa.select(Task).where(
                Task.case_id == case_id, Task.step == step, Task.closed_at.is_(None)
            )
        )
        return {task.assignee_id: task.id for task in tasks}


def doer(as_: As, task_id: int) -> int:
    """Return somebody who may do a task."""
    with as_(None) as work:
        task = work.get(Task, task_id)
        acted = {
            user_id: {
                other.role
                for other in work.session.scalars(
                    sa.select(Task).where(
                        Task.case_id == task.case_id, Task.done_by_id == user_id
                    )
                )
            }
            for user_id in notices.doers(work, task)
        }
        return next(
            user_id
            for user_id, roles in acted.items()
            if not permissions.conflicting(task.role, roles)
        )


def do_next(
    as_: As,
    cast: Cast,
    case_id: int,
    step: str,
    at: datetime = NOON_MONDAY,
    /,
    **answers: Any,
) -> None:
    """Do one step as somebody who may, with the usual answers and documents."""
    task_id = waiting(as_, case_id, step)
    user_id = doer(as_, task_id)
    usual = {**ANSWERS.get(step, {}), **answers}
    with as_(user_id, at) as work:
        case, task = work.get(Case, case_id), work.get(Task, task_id)
        form = work.process(case).kind.forms[task.step]
        for question in form.fields:
            if question.name in PEOPLE:
                usual.setdefault(question.name, cast.people[PEOPLE[question.name]])
        parsed = form.parse(usual)
        upload(work, case_id, [need.role for need in form.needed(parsed)])
        complete_task(work, task_id, usual)


def upload(work: Work, case_id: int, roles: Iterable[str]) -> None:
    """Upload a small Word file for every role that is not there yet."""
    there = set(
        work.session.scalars(
            sa.select(Document.role).where(Document.case_id == case_id)
        )
    )
    for role in roles:
        if role not in there:
            source = io.BytesIO(word_file(role))
            received = receive_upload(work.files, f"{role}.docx", source)
            attach_document(work, case_id, role, received)


@cache
def word_file(text: str) -> bytes:
    """Return a Word file that says one line."""
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bring_to(
    as_: As, cast: Cast, case_id: int, step: str, **answers: dict[str, Any]
) -> None:
    """Do the usual at every step until a case waits at the one named."""
    for _ in range(60):
        steps = open_steps(as_, case_id)
        if step in steps or not steps:
            return
        do_next(as_, cast, case_id, steps[0], **answers.get(steps[0], {}))
    raise AssertionError(f"{step} was never reached")


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)
