"""Notices to people: rows in the outbox, written with the act they tell of."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.law.deadlines import Deadline
from reviewflow.model.case import Case, Task
from reviewflow.model.job import Job
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.people import Membership, Role, User
from reviewflow.work import Work

TEXTS = {
    "task_opened": "《{title}》到了“{step}”环节，请{till}办理。",
    "task_due_soon": "《{title}》的“{step}”将于{due}到期，请尽快办理。",
    "task_overdue": "《{title}》的“{step}”已逾期（时限{due}），请立即办理。",
    "task_escalated": "《{title}》的“{step}”已逾期{days}个工作日，请督办。",
    "task_returned": "《{title}》被退回：{reason}",
    "supplement_requested": "《{title}》需要补正：{reason}",
    "review_extended": "《{title}》的审查时限经批准延长至{due}，理由：{reason}",
    "opinion_signed": "《{title}》的合法性审查意见书已签发，结论为{conclusion}。",
    "case_withdrawn": "《{title}》已由起草单位撤回：{reason}",
    "case_closed": "《{title}》已办结：{ending}。",
    "meeting_moved": "《{title}》列入的“{meeting}”改为{day}召开{place}，"
    "原因：{reason}。{lacking}",
    "cleanup_started": "《{title}》{others}列入“{cleanup}”，"
    "请在{due}前到“文件库”的“文件清理”中逐件提出处理意见。",
    "validity_ending": "《{title}》将于{due}有效期届满，还没有处理意见，请尽快评估。",
    "document_expired": "《{title}》的有效期已于{due}届满，文件自动失效，请公布。",
    "emergency_asked": "《{title}》申请改按紧急程序办理：{reason}请审批。",
    "emergency_approved": "《{title}》已批准按紧急程序办理{due}。",
    "emergency_refused": "《{title}》没有批准按紧急程序办理：{reason}",
    "document_corrected": "《{title}》（{number}）已于{day}公告更正："
    "{wrong}，应为：{corrected}。更正不改变权利义务，不需要重新报送备案。",
    "basis_changed": "《{title}》所依据的《{basis}》{what}（{day}起），"
    "请核对有关条款是否需要修改或者废止。",
    "filing_due": "《{title}》已公布，请在{due}前报送备案（{authority}）。",
    "omission_found": "核对发文清单发现《{title}》没有报送备案，报备期限为{due}，"
    "请到“报备”尽快补报。",
    "filing_returned": "《{title}》的备案材料被退回：{reason}",
    "filing_correction": "《{title}》的备案材料需要补正：{reason}，请在{due}前完成。",
    "filing_lapsed": "《{title}》未在{due}前补正，视作未按时报送备案。",
    "filing_objected": "《{title}》的备案审查发现问题，请在{due}前整改并报告。",
    "filing_reviewed": "《{title}》的备案审查已办结：{ending}。",
    "filing_referred": "《{title}》的备案审查意见没有落实，已提请改变或者撤销。",
    "filing_registered": "《{title}》已备案登记，登记号{number}。",
    "job_ended": "{title}：{sentence}",
}


_DAY = sa.bindparam("day", type_=sa.Date)
_HOLDERS = (
    sa.select(Membership.user_id)
    .join(Membership.user)
    .where(
        User.is_active,
        Membership.role == sa.bindparam("role"),
        Membership.unit_id == sa.bindparam("unit_id"),
        Membership.valid_from <= _DAY,
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= _DAY),
    )
)


def notify(
    work: Work,
    case: Case,
    to: Iterable[int],
    template: str,
    because: Callable[[], Deadline] | None = None,
    /,
    **facts: str,
) -> None:
    """Put one notice per person in the outbox; of the past, nobody is told.

    Args:
        work: Actor, instant and transaction.
        case: The case it is about.
        to: User ids; each gets it once.
        template: Key of `TEXTS`.
        because: Gives the due date it tells; how that begins is said in the same
            breath, the rest line by line below.
        facts: What the text needs besides the title.
    """
    if work.told_at is not None:
        return
    people = sorted(set(to))
    text = TEXTS[template].format(title=case.title, **facts)
    if because is not None and people:
        text = text.removesuffix("。") + "。" + _reasons(because())
    for user_id in people:
        work.session.add(
            OutboxMessage(
                case_id=case.id,
                user_id=user_id,
                template=template,
                text=text,
                dedupe_key=secrets.token_hex(16),
                created_at=work.now,
            )
        )


def tell_of_job(work: Work, job: Job, title: str) -> None:
    """Put a notice in the outbox for whoever asked for long work: how it ended.

    Args:
        work: Actor, instant and transaction.
        job: What is over, with its sentence.
        title: What it is called.
    """
    template = "job_ended"
    text = TEXTS[template].format(title=title, sentence=job.sentence)
    work.session.add(
        OutboxMessage(
            job_id=job.id,
            user_id=job.asked_by_id,
            template=template,
            text=text,
            dedupe_key=secrets.token_hex(16),
            created_at=work.now,
        )
    )


def _reasons(found: Deadline) -> str:
    first, *rest = (step.text for step in found.steps)
    return "\n".join([f"{first}。", *rest])


def till(due_on: date | None) -> str:
    """Return by when something is to be done, as a text goes on; nothing for never."""
    return "" if due_on is None else f"在{chinese.day(due_on)}前"


def holders(work: Work, role: Role, unit_id: int, day: date | None = None) -> list[int]:
    """Return the ids of those who hold a post on a day, today, and may sign in."""
    post = {"role": role, "unit_id": unit_id, "day": day or work.today}
    return list(work.session.scalars(_HOLDERS, post))


def doers(work: Work, task: Task) -> list[int]:
    """Return the ids of those who may do a task: its assignee, or the post."""
    if task.assignee_id is not None:
        return [task.assignee_id]
    return holders(work, task.role, task.unit_id)
