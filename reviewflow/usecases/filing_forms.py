"""The form of a duty to file, answered with what belongs to the package."""

from collections.abc import Iterable, Mapping
from typing import Any

from reviewflow.errors import Missing
from reviewflow.model.case import Task
from reviewflow.model.filing import FilingObligation
from reviewflow.usecases.documents import Upload, attach_document
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work


def answer_filing(
    work: Work,
    filing_id: int,
    task_id: int,
    raw: Mapping[str, Any],
    uploads: Iterable[tuple[str, Upload]] = (),
    version: int | None = None,
) -> FilingObligation:
    """Do what a duty to file waits for: send, examine or supplement it.

    Args:
        work: Actor, instant and transaction.
        filing_id: The duty.
        task_id: The task the answers were made for.
        raw: Answers as they were sent, by field name.
        uploads: Files for the package, each with its item.
        version: The version of the task the answers were made for.

    Raises:
        Missing: There is no such duty, or that task is not one of it.
        Refused: It is not the actor's to do.
        Conflict: Somebody has done it already, or changed it meanwhile.
        Invalid: An answer breaks a rule of its field, or a document is missing.
    """
    duty = work.get(FilingObligation, filing_id)
    task = work.get(Task, task_id)
    if task.case_id != duty.case_id:
        raise Missing
    if task.is_open:
        for role, upload in uploads:
            attach_document(work, duty.case_id, role, upload)
    complete_task(work, task_id, raw, version)
    return duty
