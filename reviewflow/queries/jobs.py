"""How far a job is."""

from reviewflow.model.job import Job
from reviewflow.work import Work


def find_job(work: Work, job_id: int) -> Job:
    """Return a job as it is now.

    Raises:
        Missing: There is no such job for the actor: it is for whoever asked, and
            for those who see its case.
    """
    return work.get(Job, job_id)
