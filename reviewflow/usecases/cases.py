"""Starting a case and taking it back."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow import (
    clock,
    journal,
    notices,
    numbering,
    organs,
    permissions,
    progress,
)
from reviewflow.effects import library
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.kinds.answers import UNPRINTABLE, visible
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.case import Case, CaseStatus, Part, Task, TaskAnswers
from reviewflow.model.event import Event
from reviewflow.model.people import Role, Unit, User
from reviewflow.work import Work

LONGEST_TITLE = 200
START = "start"
CONFIDENTIAL = "涉密事项不能在本系统办理，请按保密规定线下送审。"


def submit_case(
    work: Work, kind: str, title: str, unit_id: int, fields: Mapping[str, Any]
) -> Case:
    """Register a matter and start its process (登记).

    Args:
        work: Actor, instant and transaction; the actor becomes the drafter.
        kind: Key of a startable kind.
        title: Title of the document, without 《》.
        unit_id: The drafting unit; the actor is a drafter there.
        fields: Answers to the kind's start form.

    Raises:
        Missing: There is no such kind, or it is not started by people.
        Refused: The actor is not a drafter of that unit.
        Invalid: An answer breaks a rule of its field.
    """
    process = work.processes.latest(work.session, kind)
    if not process.kind.startable:
        raise Missing
    drafter, unit = _drafter_in(work, unit_id)
    form = process.kind.forms[START]
    answers = form.parse(fields)
    if answers.get("is_confidential"):
        raise Invalid({"is_confidential": CONFIDENTIAL})
    organ = _organ(process.kind, answers, organs.makers_for(work, unit))
    case = Case(
        number=numbering.next_number(work, "审登"),
        kind=kind,
        kind_code=answers["kind_code"],
        process_version_id=process.version_id,
        title=clean_title(title),
        unit=unit,
        issuing_organ=organ,
        drafter=drafter,
        status=CaseStatus.RUNNING,
        phase="起草",
        facts=facts_of(process.kind, answers, organ),
        state="",
        started_at=work.now,
    )
    _begin(work, case, drafter, answers)
    return case


def _drafter_in(work: Work, unit_id: int) -> tuple[User, Unit]:
    drafter, unit = work.actor.user, work.session.get(Unit, unit_id)
    if drafter is None or unit is None or not work.actor.holds(Role.DRAFTER, unit_id):
        raise Refused("只有该单位的起草人可以登记送审，请核对起草单位。")
    return drafter, unit


def _begin(work: Work, case: Case, drafter: User, answers: Mapping[str, Any]) -> None:
    work.session.add(case)
    work.session.flush()
    work.session.add(
        TaskAnswers(
            case_id=case.id,
            step=START,
            answers=journal.plain(answers),
            at=work.now,
            by_id=drafter.id,
        )
    )
    progress.add_party(work, case, Part.DRAFTING_UNIT, case.unit)
    journal.record(
        work, case, "case.submitted", title=case.title, drafter=drafter.display_name
    )
    progress.start(work, case)


def _organ(kind: ProcessKind, answers: Mapping[str, Any], choices: list[Unit]) -> Unit:
    """Return the chosen maker, or the one that goes without saying."""
    code, organ_id = answers["kind_code"], answers.get("maker")
    for organ in choices:
        if organs.can_make(organ, kind, code) and organ_id in (None, organ.id):
            return organ
    raise Invalid({"maker": "制定机关与文件类别不一致，请从列表中重新选择。"})


def facts_of(
    kind: ProcessKind, answers: Mapping[str, Any], organ: Unit
) -> dict[str, Any]:
    """Return what is known of a case from its start, for its process to go by."""
    system = {"level": organ.level.value, "maker_sort": organ.sort.value}
    return dict(kind.forms[START].deciding(answers)) | system | dict(kind.facts)


def clean_title(title: str) -> str:
    """Return the title of a document without 《》.

    Raises:
        Invalid: There is none that can be seen, or it is too long.
    """
    clean = " ".join(visible(title).split()).strip("《》")
    if UNPRINTABLE.search(clean):
        raise Invalid({"title": "文件名称中有无法显示的字符，请删除后再提交。"})
    if not clean:
        raise Invalid({"title": "请填写文件名称，与送审稿标题一致。"})
    if len(clean) > LONGEST_TITLE:
        raise Invalid({"title": f"文件名称请不超过 {LONGEST_TITLE} 个字。"})
    return clean


def withdraw_case(work: Work, case_id: int, reason: str) -> Case:
    """Take a case back before its opinion is signed (撤回).

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor neither drafted it nor heads the drafting unit.
        Conflict: It has gone too far, or is closed.
        Invalid: No reason is given.

    Source: the product's rule; withdrawal after signing is not provided for.
    """
    case = work.get(Case, case_id, lock=True)
    tasks = progress.open_rows(work, case)
    if not permissions.may_withdraw(work.actor, case):
        raise Refused("只有起草人或起草单位负责人可以撤回。")
    if case.status is CaseStatus.WITHDRAWN:
        raise Conflict(f"该事项已经撤回（{_who_withdrew(work, case)}），不能再次撤回。")
    if not case.is_running or not can_be_withdrawn(tasks):
        raise Conflict("审查意见已签发或事项已办结，不能撤回。可联系承办人。")
    if not reason.strip():
        raise Invalid({"reason": "请填写撤回理由。"})

    library.take_out(work, case)
    for task in tasks:
        notices.notify(
            work, case, notices.doers(work, task), "case_withdrawn", reason=reason
        )
    case.status = CaseStatus.WITHDRAWN
    case.conclusion = CaseStatus.WITHDRAWN.value
    case.phase = "撤回"

    journal.record(work, case, "case.withdrawn", reason=reason.strip())
    progress.finish(work, case, CaseStatus.WITHDRAWN, "起草单位撤回")
    return case


def _who_withdrew(work: Work, case: Case) -> str:
    line = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind == "case.withdrawn")
        .order_by(Event.seq.desc())
        .limit(1)
    ).one()
    who = line.actor.display_name if line.actor else "系统"
    return f"{who}，{line.at.astimezone(clock.BEIJING):%m-%d %H:%M}"


def can_be_withdrawn(tasks: list[Task]) -> bool:
    """Every step the case waits at still allows it to be taken back."""
    return bool(tasks) and all("withdraw" in task.allows for task in tasks)
