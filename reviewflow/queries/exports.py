"""Registers made beside the pages for the actor: on their way, ready, or refused."""

from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.days import read_day
from reviewflow.errors import Missing
from reviewflow.model.export import JOB, Export
from reviewflow.model.job import Job, JobState
from reviewflow.model.people import Unit
from reviewflow.queries.groups import read_roster
from reviewflow.register_columns import Register, find_register
from reviewflow.work import Work

MOST_SHOWN = 20
GONE = "这份文件已过保存期，请重新导出。"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One register that was asked for."""

    job: Job
    register: Register
    wanted: tuple[str, ...]
    """Which rows, in words."""
    export: Export | None
    is_there: bool
    """It can be fetched."""

    @property
    def is_refused(self) -> bool:
        """It could not be made."""
        return self.job.state is JobState.REFUSED

    @property
    def form(self) -> dict[str, str]:
        """What asks for the same once more."""
        orders = self.job.orders
        columns = ",".join(orders["columns"])
        return {"register": self.register.name, "columns": columns, **orders["wanted"]}


def exports(work: Work) -> list[ExportRow]:
    """Return the latest registers the actor has asked for, the last first."""
    jobs = work.session.scalars(_asked(work).order_by(Job.id.desc()).limit(MOST_SHOWN))
    by_id = {job.id: job for job in jobs}
    made = work.session.scalars(sa.select(Export).where(Export.job_id.in_(by_id)))
    exports_of = {export.job_id: export for export in made}
    rows = [(job, exports_of.get(job.id)) for job in by_id.values()]
    names = _names(work, list(by_id.values()))
    return [
        ExportRow(
            job=job,
            register=find_register(job.orders["register"]),
            wanted=_wanted(job, names),
            export=export,
            is_there=export is not None and export.can_be_fetched(work.today),
        )
        for job, export in rows
        if job.state is not JobState.DONE or export is not None
    ]


def has_exports(work: Work) -> bool:
    """The actor has asked for a register."""
    return work.session.scalar(_asked(work).limit(1)) is not None


def find_export(work: Work, export_id: int) -> Export:
    """Return a file that can be fetched.

    Raises:
        Missing: There is none, it is somebody else's, or its days are over.
    """
    row = work.get(Export, export_id)
    if not row.can_be_fetched(work.today):
        raise Missing(GONE)
    return row


def _asked(work: Work) -> sa.Select[Job]:
    return sa.select(Job).where(Job.kind == JOB, Job.asked_by_id == work.actor.id)


def _names(work: Work, jobs: list[Job]) -> dict[str, str]:
    """Return what units and kinds are called that rows were asked for by."""
    ids = [int(one) for job in jobs if (one := job.orders["wanted"].get("unit"))]
    units = work.session.execute(sa.select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    kinds = read_roster(work).kinds
    return {**kinds, **{str(row.id): row.name for row in units}}


def _wanted(job: Job, names: dict[str, str]) -> tuple[str, ...]:
    wanted = job.orders["wanted"]
    from_on, to_on = read_day(wanted, "from", {}), read_day(wanted, "to", {})
    said = [
        f"{chinese.day(from_on)}起" if from_on else "",
        f"至{chinese.day(to_on)}" if to_on else "",
        *(names.get(wanted.get(name, ""), "") for name in ("unit", "kind")),
    ]
    return tuple(one for one in said if one)
