"""What was sent, looked at before any of it is used."""

import hashlib
import json

from flask import g, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from reviewflow.errors import Invalid

LARGEST_JSON = 4 * 1024 * 1024
CHUNK = 1024 * 1024
MULTIPART = "multipart/form-data"


def check_query() -> None:
    """Insist that nothing behind the question mark is said twice.

    Raises:
        Invalid: Something is.
    """
    twice = [name for name, sent in request.args.lists() if len(sent) > 1]
    if twice:
        raise Invalid({name: f"“{name}”只能给一次。" for name in twice})


def check_json() -> None:
    """Insist that a body, if there is one, is a JSON object.

    Raises:
        UnsupportedMediaType: It is something else.
        BadRequest: It cannot be read.
        Invalid: It is JSON, but no object.
    """
    request.max_content_length = LARGEST_JSON
    g.sent = ""
    if not request.get_data():
        return
    try:
        sent = request.get_json()
        g.sent = json.dumps(sent, sort_keys=True)
    except (RecursionError, ValueError) as error:
        raise BadRequest from error
    if not isinstance(sent, dict):
        raise Invalid(message="请求内容应为一个 JSON 对象。")


def check_files() -> None:
    """Insist that files come as a form of several parts.

    Raises:
        UnsupportedMediaType: They do not.
    """
    if request.mimetype != MULTIPART:
        raise UnsupportedMediaType


def canonical() -> str:
    """Return what was asked in one text: the same for the same request."""
    if request.mimetype != MULTIPART:
        return f"{request.method} {request.path} {g.sent}"
    fields = sorted(request.form.items(multi=True))
    files = sorted(
        (name, file.filename or "", _digest(file))
        for name, file in request.files.items(multi=True)
    )
    return f"{request.method} {request.path} {json.dumps([fields, files])}"


def _digest(file: FileStorage) -> str:
    digest = hashlib.sha256()
    file.stream.seek(0)
    while chunk := file.stream.read(CHUNK):
        digest.update(chunk)
    file.stream.seek(0)
    return digest.hexdigest()
