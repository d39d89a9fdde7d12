"""Documents of a case: added, and read again."""

from http import HTTPStatus
from typing import BinaryIO, cast

import flask
from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Invalid
from reviewflow.model.document import Document as DocumentRow
from reviewflow.usecases.documents import (
    attach_document,
    read_document,
    receive_upload,
)
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import CasePath, VersionPath
from web.api.shapes.documents import Document, Upload
from web.api.wire import BYTES
from web.files import send_stored
from web.sessions import runtime

bp = noun("documents", files=True)


@bp.post(f"/cases/{CasePath.RULE}/documents", responses={201: Document})
def attach(path: CasePath, form: Upload) -> Response:
    """Add a file to the dossier of a case."""
    upload = receive_upload(runtime().files, *_sent(form))
    with tokens.begin_work() as work:
        version = attach_document(work, path.case_id, form.role, upload)
        document = work.get(DocumentRow, version.document_id)
        place = flask.url_for(
            "api.documents.content", document_id=document.id, number=version.number
        )
        shape = Document.model_validate(document)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)


@bp.get(
    f"/documents/{VersionPath.RULE}/content",
    responses={200: BYTES},
)
def content(path: VersionPath) -> Response:
    """Send the bytes of one version; that they were read is recorded."""
    with runtime().begin(flask.g.token_user_id) as work:
        version = read_document(work, path.document_id, path.number)
        name, media_type, sha256 = version.name, version.media_type, version.sha256
    return send_stored(name, media_type, sha256)


def _sent(form: Upload) -> tuple[str, BinaryIO]:
    if not isinstance(form.file, FileStorage):
        raise Invalid({"file": "“file”应为一个文件。"})
    return form.file.filename or "", cast("BinaryIO", form.file.stream)
