"""Stored bytes as an answer: always to be kept, never to be run."""

from io import BytesIO
from typing import BinaryIO

from flask import Response, send_file

from reviewflow.model.document import DocumentVersion
from web.sessions import runtime

SANDBOX = "default-src 'none'; sandbox"


def send_stored(name: str, media_type: str, sha256: str) -> Response:
    """Send a stored file as an attachment."""
    response = send_file(
        runtime().files.open(sha256),
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response


def send_kept(source: BinaryIO, media_type: str, name: str) -> Response:
    """Send a file that was made before, as an attachment."""
    response = send_file(
        source, mimetype=media_type, as_attachment=True, download_name=name
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def send_made(content: bytes, media_type: str, name: str) -> Response:
    """Send a file that was made for this answer, as an attachment."""
    return send_file(
        BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name
    )


def send_version(version: DocumentVersion) -> Response:
    """Send one version of a document."""
    return send_stored(version.name, version.media_type, version.sha256)
