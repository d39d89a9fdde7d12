"""Notice and draft of a consultation as files for everybody."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import sqlalchemy as sa

from reviewflow.consulted import get_public
from reviewflow.errors import Missing
from reviewflow.letters.render_docx import render_docx
from reviewflow.model.consultation import Consultation
from reviewflow.queries.letters import letter
from reviewflow.storage.intake import SORTS
from reviewflow.work import Work

NOTICE = "consultation_notice"


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file everybody may have."""

    name: str
    media_type: str
    source: BinaryIO


def public_file(work: Work, consultation_id: int, paper: str) -> PublicFile:
    """Return the notice or the draft of a consultation, and nothing else.

    A notice that was not uploaded is written from what was registered.

    Raises:
        Missing: There is no such file for everybody.
        Invalid: Something the notice has to say is not known.
    """
    row = get_public(work, consultation_id)
    version = {"notice": row.notice, "draft": row.draft}.get(paper)
    if version is not None:
        source = work.files.open(version.sha256)
        return PublicFile(version.name, version.media_type, source)
    if paper != "notice":
        raise Missing
    earlier = sa.select(sa.func.count(Consultation.id)).where(
        Consultation.case_id == row.case_id, Consultation.id <= row.id
    )
    written = letter(work, row.case_id, f"{NOTICE}-{work.session.scalar(earlier)}")
    source = BytesIO(render_docx(written))
    return PublicFile(written.file_name, SORTS["docx"].media_type, source)
