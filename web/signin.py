"""Who is signed in, and pieces of work in that person's name."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

import flask_login
from flask import Flask, flash, g, redirect, request, session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from reviewflow.errors import Invalid, Missing
from reviewflow.usecases import submissions
from reviewflow.work import Work
from web import sessions
from web.sessions import Person, runtime

manager = flask_login.LoginManager()
SHORTEST_KEY = 16
LONGEST_KEY = 100
CHUNK = 1024 * 1024


class AnsweredBefore(Exception):
    """The form was sent before; it gets its first answer again."""

    def __init__(self, location: str, message: str) -> None:
        """Take where the first answer led, and what it said."""
        super().__init__(location)
        self.location = location
        self.message = message


class Ticket(flask_login.UserMixin):  # type: ignore[misc]
    """What the cookie stands for; its id is the secret of the session."""

    def __init__(self, secret: str, person: Person | None = None) -> None:
        """Take the secret, and whose it is once that is known."""
        self.id = secret
        self.person = person


def install(app: Flask) -> None:
    """Recognise who is signed in by the session's secret in the cookie."""
    manager.init_app(app)
    manager.session_protection = None  # the server ends sessions itself


@manager.user_loader  # type: ignore[untyped-decorator]
def _load(secret: str) -> Ticket | None:
    person = sessions.find_person(secret)
    return None if person is None else Ticket(secret, person)


def current_person() -> Person | None:
    """Return who is signed in, read from the server-side session."""
    person: Person | None = getattr(flask_login.current_user, "person", None)
    return person


@contextmanager
def begin_reading() -> Iterator[Work]:
    """Open a snapshot in the name of who is signed in; render pages inside."""
    with runtime().read(_actor_id()) as work:
        g.work = work
        try:
            yield work
        finally:
            g.pop("work", None)


@contextmanager
def begin_work() -> Iterator[Work]:
    """Open a transaction in the name of who is signed in, once for each form.

    Raises:
        AnsweredBefore: The same form was sent before.
        KeyReused: The key belongs to another form or another person.
        Invalid: The form has no submission key.
    """
    key = request.form.get("submit_key", "")
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise Invalid(message="页面不完整，请重新打开后再提交。")
    body = _body()
    with runtime().begin(_actor_id()) as work:
        first = submissions.first_answer(work, key, body)
        if first is not None:
            raise AnsweredBefore(*json.loads(first or '["", ""]'))
        yield work
        submissions.remember_answer(work, key, json.dumps(g.get("answer", ("", ""))))


def answer_with(location: str, message: str = "") -> None:
    """Say inside begin_work() where the form leads, and what is to be said there."""
    g.answer = (location, message)


def answered() -> Response:
    """Go there, after begin_work() has ended and it is true."""
    location, message = g.answer
    if message:
        flash(message)
    return redirect(location, 303)


def enter(secret: str) -> None:
    """Let the browser keep a new session, and nothing of an older one."""
    session.clear()
    flask_login.login_user(Ticket(secret))


def leave() -> None:
    """End the session here and on the server."""
    person = current_person()
    if person is not None:
        sessions.end_session(person.secret)
    flask_login.logout_user()
    session.clear()


def _actor_id() -> int:
    person = current_person()
    if person is None:
        raise Missing
    return person.id


def _body() -> str:
    """Return what was sent, in one canonical text: answers and files by digest."""
    answers = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
    files = [
        (name, file.filename, _digest(file))
        for name, file in request.files.items(multi=True)
    ]
    return json.dumps([request.path, sorted(answers), sorted(files)])


def _digest(file: FileStorage) -> str:
    digest = hashlib.sha256()
    while chunk := file.stream.read(CHUNK):
        digest.update(chunk)
    file.stream.seek(0)
    return digest.hexdigest()
