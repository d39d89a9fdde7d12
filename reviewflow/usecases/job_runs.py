"""Long work beside the pages is done by the worker, and how far it is is told."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from reviewflow import notices
from reviewflow.errors import ReviewflowError, Unavailable
from reviewflow.model.job import Job, JobState
from reviewflow.work import Runtime, Work

log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
"""Takes how much is done, and of how much."""
Finish = Callable[[Work], str]
"""Changes what is to be changed, in one transaction; returns what came of it."""
SILENT = timedelta(minutes=10)
"""Who has not been heard of for so long is taken to have stopped."""
TIMES_TOLD = 50
MOST_TRIES = 3
BROKEN = "系统没有办完这项工作。请稍后再试；仍不成功的，请联系管理员。"


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of long work."""

    title: str
    counted: str
    """What is counted while it runs, as a measure word."""
    prepare: Callable[[Runtime, Job, Tell], Finish]
    """Does what takes long, on a snapshot as of `told_at`, and changes nothing."""
    doing: str = "处理"
    """What is done to each while it is counted."""
    last: str = ""
    """What is said once all are counted, if what then follows takes long too."""
    is_told: bool = False
    """Whoever asked is sent a notice of how it ended."""


Kinds = Mapping[str, JobKind]


def run_jobs(runtime: Runtime, kinds: Kinds, at: datetime | None = None) -> int:
    """Do every job that waits, and those whose worker fell silent.

    Args:
        runtime: Opens the transactions.
        kinds: How each kind of job is done.
        at: The instant to look from; now, unless history is told.

    Returns:
        How many came to an end, done or refused.
    """
    ended = 0
    while (job := _claim(runtime, at)) is not None:
        try:
            ended += _run(runtime, kinds[job.kind], job, at)
        except Unavailable:  # the database is busy: the next round goes on
            log.warning("job put back", extra={"job": job.id})
            _put_back(runtime, job, at)
            break
    return ended


def _claim(runtime: Runtime, at: datetime | None) -> Job | None:
    with runtime.read(None, at) as work:
        if work.session.scalar(_next(work)) is None:
            return None
    with runtime.begin(None, at) as work:
        job = work.session.scalar(_next(work).with_for_update(skip_locked=True))
        if job is None:
            return None
        job.state, job.told_at, job.done, job.total = JobState.RUNNING, work.now, 0, 0
        job.tries += 1
        work.session.flush()
        work.session.expunge(job)
        return job


def _next(work: Work) -> sa.Select[Job]:
    is_silent = sa.and_(Job.state == JobState.RUNNING, Job.told_at <= work.now - SILENT)
    is_free = sa.or_(Job.state == JobState.WAITING, is_silent)
    return sa.select(Job).where(is_free).order_by(Job.id).limit(1)


def _run(runtime: Runtime, kind: JobKind, job: Job, at: datetime | None) -> bool:
    """Do one job; whatever goes wrong is told, and the others go on."""
    try:
        if job.tries > MOST_TRIES:
            return _end(runtime, kind, job, BROKEN, at)
        finish = kind.prepare(runtime, job, _teller(runtime, job, at))
        with runtime.begin(job.asked_by_id, at) as work:
            row = _own(work, job)
            if row is None:
                return False
            _close(work, kind, row, (JobState.DONE, finish(work)))
    except Unavailable:
        raise
    except ReviewflowError as error:
        return _end(runtime, kind, job, error.message, at)
    except Exception:  # the loop goes on; whoever asked is told
        log.exception("job failed", extra={"job": job.id})
        return _end(runtime, kind, job, BROKEN, at)
    return True


def _end(
    runtime: Runtime, kind: JobKind, job: Job, sentence: str, at: datetime | None
) -> bool:
    with runtime.begin(None, at) as work:
        row = _own(work, job)
        if row is not None:
            _close(work, kind, row, (JobState.REFUSED, sentence))
        return row is not None


def _put_back(runtime: Runtime, job: Job, at: datetime | None) -> None:
    with runtime.begin(None, at) as work:
        row = _own(work, job)
        if row is not None:
            row.state = JobState.WAITING


def _close(work: Work, kind: JobKind, row: Job, end: tuple[JobState, str]) -> None:
    (row.state, row.sentence), row.finished_at = end, work.now
    if kind.is_told:
        notices.tell_of_job(work, row, kind.title)


def _own(work: Work, job: Job) -> Job | None:
    """Return the job's row if nobody else has begun it again since."""
    with work.beyond_sight():
        row = work.get(Job, job.id, lock=True)
    is_ours = row.state is JobState.RUNNING and row.tries == job.tries
    return row if is_ours else None


def _teller(runtime: Runtime, job: Job, at: datetime | None) -> Tell:
    """Return what notes how far the job is, so many times in all."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        part = done * TIMES_TOLD // max(total, 1)
        if part == told:
            return
        told = part
        with runtime.begin(None, at) as work:
            row = _own(work, job)
            if row is not None:
                row.done, row.total, row.told_at = done, total, work.now

    return tell
