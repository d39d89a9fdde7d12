"""Who asks, by token, and pieces of work in that person's name."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import Response, g, request
from pydantic import BaseModel
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from reviewflow.errors import Invalid, KeyReused
from reviewflow.usecases import signins, submissions
from reviewflow.work import Work
from web.api import bodies
from web.sessions import runtime

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
JSON = "application/json"
USED = f"这个 {HEADER} 已经用于其他内容，请换一个新的再发送。"


class AnsweredBefore(Exception):
    """The same request was answered before; it gets its first answer again."""

    def __init__(self, first: str) -> None:
        """Take the first answer as it was remembered."""
        super().__init__(first)
        self.first = first


def admit() -> None:
    """Let in who brings a good token.

    Raises:
        Unauthorized: There is none, or it is not good (any more).
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    user_id = None
    if scheme.lower() == "bearer" and secret:
        with runtime().read(None) as work:
            user_id = signins.token_user(work, secret.strip())
    if user_id is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    g.token_user_id = user_id


@contextmanager
def begin_reading() -> Iterator[Work]:
    """Open a snapshot in the name of who asks; build the answer inside."""
    with runtime().read(g.token_user_id) as work:
        yield work


@contextmanager
def begin_work() -> Iterator[Work]:
    """Open a transaction in the name of who asks, once for each key.

    Raises:
        AnsweredBefore: The same request came before under the same key.
        KeyReused: Another request came before under that key.
        Invalid: The key is of no use.
    """
    sent = request.headers.get(HEADER)
    if sent is not None and not (sent.isascii() and 0 < len(sent) <= LONGEST_KEY):
        raise Invalid({HEADER: f"{HEADER} 应为 1 至 {LONGEST_KEY} 个字母或数字。"})
    g.key = None if sent is None else f"api:{g.token_user_id}:{sent}"
    with runtime().begin(g.token_user_id) as work:
        if g.key is not None:
            first = _first_answer(work)
            if first is not None:
                raise AnsweredBefore(first)
        yield work


def _first_answer(work: Work) -> str | None:
    try:
        return submissions.first_answer(work, g.key, bodies.canonical())
    except KeyReused:
        raise KeyReused(USED) from None


def reply(
    work: Work,
    answer: BaseModel,
    status: HTTPStatus = HTTPStatus.OK,
    location: str | None = None,
) -> Response:
    """Return the answer of an act, kept in case the request comes again."""
    body = answer.model_dump_json()
    if g.key is not None:
        kept = json.dumps([int(status), location, body])
        submissions.remember_answer(work, g.key, kept)
    return _response(body, status, location)


def show(answer: BaseModel) -> Response:
    """Return what was asked for."""
    return _response(answer.model_dump_json(), HTTPStatus.OK, None)


def answer_again(error: AnsweredBefore) -> Response:
    """Return the first answer once more."""
    status, location, body = json.loads(error.first)
    return _response(body, status, location)


def _response(body: str, status: int, location: str | None) -> Response:
    response = Response(body, status, mimetype=JSON)
    if location is not None:
        response.headers["Location"] = location
    return response
