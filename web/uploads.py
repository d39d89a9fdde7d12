"""Files that came with a form: checked and stored before any transaction."""

from typing import BinaryIO, cast

from flask import request

from reviewflow.errors import Invalid
from reviewflow.usecases.documents import Upload, attach_document, receive_upload
from reviewflow.work import Work
from web.sessions import runtime

Uploads = list[tuple[str, Upload]]


def receive_files() -> Uploads:
    """Return the files of the form with the item of the dossier each is for.

    Raises:
        Invalid: With a sentence for each file that cannot be taken.
        Unavailable: One could not be written.
    """
    uploads: Uploads = []
    errors: dict[str, str] = {}
    for role, file in request.files.items(multi=True):
        if not file.filename:
            continue
        source = cast("BinaryIO", file.stream)
        try:
            uploads.append(
                (role, receive_upload(runtime().files, file.filename, source))
            )
        except Invalid as error:
            errors[role] = f"{file.filename}：{error.message}"
        source.seek(0)
    if errors:
        raise Invalid(errors)
    return uploads


def attach_files(work: Work, case_id: int, uploads: Uploads) -> None:
    """Put the files into the dossier of a case.

    Raises:
        Missing, Refused, Conflict, Invalid: As `attach_document`.
    """
    for role, upload in uploads:
        attach_document(work, case_id, role, upload)


def has_files() -> bool:
    """The form came with a file; a browser will not choose it a second time."""
    return any(file.filename for file in request.files.values())
