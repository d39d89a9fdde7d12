"""The minutes of a meeting, made from its record and stored before they are filed."""

from io import BytesIO

from reviewflow.letters.render_docx import render_docx
from reviewflow.meeting_rows import MINUTES
from reviewflow.queries.letters import letter
from reviewflow.usecases.documents import Upload, receive_upload
from reviewflow.work import Work
from web.sessions import runtime


def make_minutes(work: Work, case_id: int) -> Upload:
    """Return the minutes of a case as a stored file.

    Raises:
        Missing: There is no such case for the actor, or nothing to write minutes of.
        Invalid: The file cannot be taken.
    """
    found = letter(work, case_id, MINUTES)
    source = BytesIO(render_docx(found))
    return receive_upload(runtime().files, f"{found.sort}.docx", source)
