"""The minutes of a meeting as a document of the dossier."""

from reviewflow import meeting_rows, permissions, progress
from reviewflow.errors import Conflict
from reviewflow.model.case import Case
from reviewflow.model.document import DocumentVersion
from reviewflow.usecases.documents import Upload, attach_document
from reviewflow.work import Work


def file_minutes(work: Work, case_id: int, upload: Upload) -> DocumentVersion:
    """Put the minutes made from the record into the dossier.

    Raises:
        Missing, Invalid: As `attach_document`.
        Refused: The step that records the meeting is somebody else's.
        Conflict: The case does not wait there.
    """
    case = work.get(Case, case_id, lock=True)
    held = [t for t in progress.open_rows(work, case) if t.step == meeting_rows.HOLDING]
    if not held:
        raise Conflict("该事项不在会议记录环节，不能存入会议纪要。")
    permissions.require(work.actor, "task.complete", held[0])
    return attach_document(work, case_id, meeting_rows.MINUTES, upload)
