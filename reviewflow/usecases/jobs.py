"""Long work beside the pages is asked for: one row, whoever asks twice."""

from typing import Any

import sqlalchemy as sa

from reviewflow.model.job import OPEN, Job
from reviewflow.work import Work


def ask_for(
    work: Work, kind: str, subject: str, case_id: int | None = None, **orders: Any
) -> Job:
    """Ask for long work; what was asked for already and still runs is not doubled.

    Args:
        work: Actor, instant and transaction.
        kind: A key of `job_kinds.KINDS`.
        subject: What it is about: `case:12`; one is open for each at a time.
        case_id: The case it is about, if any: who sees it sees the job.
        orders: What the work needs to know besides.

    Returns:
        The job, or the one that is open already, whoever asked for it.
    """
    is_same = sa.and_(Job.kind == kind, Job.subject == subject, Job.state.in_(OPEN))
    job = work.session.scalar(sa.select(Job).where(is_same))
    if job is None:
        job = Job(
            kind=kind,
            subject=subject,
            case_id=case_id,
            orders=orders,
            asked_by_id=work.actor.id,
            asked_at=work.now,
        )
        work.session.add(job)
        work.session.flush()
        work.has_jobs = True
    return job
