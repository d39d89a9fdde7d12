"""Pages for everybody: work of the system itself, in nobody's name."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, request

from reviewflow import clock
from reviewflow.errors import Invalid
from reviewflow.usecases.strangers import admit_stranger
from reviewflow.work import Work
from web.sessions import runtime
from web.signin import LONGEST_KEY, SHORTEST_KEY

TRAP = "website"
"""A box nobody sees; only programs fill it in."""
SHORTEST_SECONDS, LONGEST_SECONDS = 3, 24 * 60 * 60
"""How long somebody takes to write a form."""


def install(app: Flask) -> None:
    """Give public forms what tells a person from a program without a puzzle."""
    app.jinja_env.globals["opened_at"] = opened_at


@contextmanager
def begin_reading() -> Iterator[Work]:
    """Open a snapshot; the page's query shows only what is meant for everybody."""
    with runtime().read(None) as work:
        yield work


@contextmanager
def begin_work() -> Iterator[Work]:
    """Open a transaction for what a stranger sends, within the hour's measure.

    Raises:
        TooMany: Too much has come from the same address.
    """
    with runtime().begin(None) as work:
        admit_stranger(work, _digest((request.remote_addr or "").encode()))
        yield work


def opened_at() -> str:
    """Return when a form was opened, signed, for a hidden field of it."""
    known = request.form.get("opened_at", "")
    if _age_seconds(known) is not None:
        return known  # shown again after a refusal: the time goes on
    now = str(int(clock.now().timestamp()))
    return f"{now}.{_digest(now.encode())}"


def person_s_key() -> str:
    """Return the submission key of a form that a person seems to have filled in.

    Raises:
        Invalid: It was sent at once, after days, or with what nobody sees.
    """
    key = request.form.get("submit_key", "")
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise Invalid(message="页面不完整，请重新打开后再提交。")
    if request.form.get(TRAP):
        raise Invalid(message="请把“此处不用填写”一栏留空后再提交。")
    age = _age_seconds(request.form.get("opened_at", ""))
    if age is None:
        raise Invalid(message="页面打开的时间太久，请核对内容后再提交一次。")
    if age < SHORTEST_SECONDS:
        raise Invalid(message="提交得太快了，请核对内容，几秒钟后再提交。")
    return key


def _age_seconds(signed: str) -> int | None:
    """Return how long ago a form was opened; none if that cannot be believed."""
    said, _, digest = signed.partition(".")
    if not (said.isascii() and said.isdigit() and digest.isascii()):
        return None
    if not hmac.compare_digest(digest, _digest(said.encode())):
        return None
    age = int(clock.now().timestamp()) - int(said)
    return age if 0 <= age <= LONGEST_SECONDS else None


def _digest(said: bytes) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()
