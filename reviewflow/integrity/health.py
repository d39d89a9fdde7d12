"""Whether database, files, tables, clock and background work are right."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from reviewflow.errors import ReviewflowError
from reviewflow.model.deadline import Incident, Timer, TimerState
from reviewflow.model.event import Event
from reviewflow.model.outbox import OutboxMessage
from reviewflow.storage import schema
from reviewflow.work import Runtime, Work

LATE_AFTER = timedelta(hours=1)
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is right, and a sentence."""

    name: str
    is_right: bool
    sentence: str
    is_vital: bool = True
    """The system is not ready without it."""


def health(runtime: Runtime) -> list[Check]:
    """Look at everything the program stands on.

    Returns:
        One check per thing; nothing is raised for what is wrong.
    """
    try:
        current = schema.is_current(runtime.engine)
    except ReviewflowError as error:
        return [Check("数据库", is_right=False, sentence=error.message)]
    if not current:
        sentence = "数据库版本与程序不一致，请运行 reviewflow init。"
        return [Check("数据库", is_right=False, sentence=sentence)]
    with runtime.read(None) as work:
        return [
            Check("数据库", is_right=True, sentence="可以读取，版本与程序一致。"),
            _files(runtime),
            _clock(work),
            _calendar(work),
            _timers(work),
            _outbox(work),
            _incidents(work),
        ]


def is_ready(checks: list[Check]) -> bool:
    """Everything vital is right."""
    return all(check.is_right for check in checks if check.is_vital)


def _files(runtime: Runtime) -> Check:
    if runtime.files.is_ready:
        return Check("文件存储", is_right=True, sentence="可以写入。")
    sentence = "目录不存在或不能写入，请运行 reviewflow init 或检查磁盘。"
    return Check("文件存储", is_right=False, sentence=sentence)


def _clock(work: Work) -> Check:
    last = work.session.scalar(sa.select(sa.func.max(Event.at)))
    if last is not None and work.now < last - CLOCK_SLACK:
        sentence = "系统时间早于最近一次办理记录，请校准服务器时间后再办理。"
        return Check("系统时间", is_right=False, sentence=sentence)
    return Check("系统时间", is_right=True, sentence="与办理记录先后一致。")


def _calendar(work: Work) -> Check:
    year = work.today.year
    if not work.law.calendar.covers(year):
        sentence = f"{year}年放假安排尚未导入，时限按暂定日历计算。"
        return Check("工作日历", is_right=False, sentence=sentence, is_vital=False)
    following = "" if work.law.calendar.covers(year + 1) else f"{year + 1}年尚未公布。"
    sentence = f"{year}年放假安排已导入。{following}"
    return Check("工作日历", is_right=True, sentence=sentence, is_vital=False)


def _timers(work: Work) -> Check:
    late = work.session.scalar(
        sa.select(sa.func.count(Timer.id)).where(
            Timer.state == TimerState.ARMED, Timer.due_at < work.now - LATE_AFTER
        )
    )
    if late:
        sentence = f"{late} 个到期提醒超过一小时未处理，请检查后台任务是否在运行。"
        return Check("后台任务", is_right=False, sentence=sentence, is_vital=False)
    return Check("后台任务", is_right=True, sentence="没有积压。", is_vital=False)


def _outbox(work: Work) -> Check:
    late = work.session.scalar(
        sa.select(sa.func.count(OutboxMessage.id)).where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.created_at < work.now - LATE_AFTER,
        )
    )
    if late:
        sentence = f"{late} 条消息超过一小时未送出，请检查后台任务。"
        return Check("消息", is_right=False, sentence=sentence, is_vital=False)
    return Check("消息", is_right=True, sentence="全部送出。", is_vital=False)


def _incidents(work: Work) -> Check:
    waiting = work.session.scalar(
        sa.select(sa.func.count(Incident.id)).where(Incident.closed_at.is_(None))
    )
    if waiting:
        sentence = f"有 {waiting} 个事件待处理。"
        return Check("异常事件", is_right=False, sentence=sentence, is_vital=False)
    return Check("异常事件", is_right=True, sentence="没有。", is_vital=False)
