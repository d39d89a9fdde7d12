"""A long register is made beside the pages and kept for a while (台账文件)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.errors import Conflict
from reviewflow.model.export import JOB, Export
from reviewflow.model.job import OPEN, Job
from reviewflow.register_columns import find_register
from reviewflow.usecases.jobs import ask_for
from reviewflow.work import Runtime, Work

NAME = re.compile(r"(\d+)-\d+")
"""Job and try; files called otherwise are nobody's business here."""
BUSY = "您有一份台账正在后台生成，请等它完成后再导出另一份，进度见“台账文件”。"


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook that lies in the folder of made files."""

    name: str
    rows: int
    at: datetime
    """The instant whose rows it has."""


def ask_for_export(
    work: Work, register: str, columns: Sequence[str], wanted: Mapping[str, str]
) -> Job:
    """Ask for a register to be made as a workbook; one at a time for each person.

    Args:
        work: Actor, instant and transaction.
        register: Its name.
        columns: Ids of the columns, in order; the usual ones if there are none.
        wanted: Which rows: `from to unit kind`, as `read_filter` takes them.

    Raises:
        Missing: There is no such register.
        Conflict: Another one is being made for the actor.
    """
    known = find_register(register).known(tuple(columns))
    orders: dict[str, Any] = {
        "register": register,
        "columns": [column.id for column in known],
        "wanted": {name: value for name, value in wanted.items() if value},
    }
    job = ask_for(work, JOB, f"user:{work.actor.id}", **orders)
    if job.orders != orders:
        raise Conflict(BUSY)
    return job


def name_of(job: Job) -> str:
    """Return what the workbook of a job is called in its folder, at this try."""
    return f"{job.id}-{job.tries}"


def keep_export(work: Work, job: Job, made: Made) -> str:
    """Let whoever asked fetch what was made; return what is said of it.

    Raises:
        Missing: There is no such register any more.
    """
    title = find_register(job.orders["register"]).title
    day = work.today
    row = Export(
        job_id=job.id,
        owner_id=job.asked_by_id,
        name=made.name,
        title=f"{title}-{day}.xlsx",
        rows=made.rows,
        size_bytes=work.files.made.size_bytes(made.name),
        made_at=made.at,
        kept_until=day + timedelta(days=work.files.made.days_kept),
    )
    work.session.add(row)
    until = chinese.day(row.kept_until)
    return f"“{title}”已经生成，共 {made.rows} 行，请在{until}前（含当日）下载。"


def clear_exports(runtime: Runtime, at: datetime | None = None) -> int:
    """Do away with files whose days are over, and with those no job will tell of.

    The file goes first: whoever stops between the two finds the row again.

    Returns:
        How many files were done away with.
    """
    made = runtime.files.made
    there = made.names()  # before the rows are read: what is made meanwhile stays
    with runtime.read(None, at) as work:
        rows = work.session.scalars(sa.select(Export)).all()
        opened = set(work.session.scalars(sa.select(Job.id).where(Job.state.in_(OPEN))))
        over = {row.name for row in rows if not row.can_be_fetched(work.today)}
    nobodys = {
        name
        for name in there.difference(row.name for row in rows)
        if (found := NAME.fullmatch(name)) and int(found[1]) not in opened
    }
    for name in over | nobodys:
        made.remove(name)
    if over:
        with runtime.begin(None, at) as work:
            work.session.execute(sa.delete(Export).where(Export.name.in_(over)))
    return len(over | nobodys)
