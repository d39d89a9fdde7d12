"""Server-side sessions: who a browser belongs to, so that it can be ended."""

import logging
from dataclasses import dataclass

from flask import Flask, current_app, g

from reviewflow import passwords
from reviewflow.errors import Missing, Refused, Unavailable
from reviewflow.model.people import Role, User
from reviewflow.usecases import signins
from reviewflow.work import Runtime, Work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as every page needs it; read afresh for each request."""

    secret: str
    id: int
    name: str
    display_name: str
    unit: str
    roles: frozenset[Role]
    must_change_password: bool

    @property
    def is_admin(self) -> bool:
        """Administers users, units and the installation."""
        return Role.ADMIN in self.roles

    @property
    def idle_seconds(self) -> int:
        """After how long without a click the session ends."""
        idle = signins.IDLE_ADMIN if self.is_admin else signins.IDLE
        return int(idle.total_seconds())


def install(app: Flask, runtime: Runtime) -> None:
    """Keep the runtime where requests find it."""
    app.extensions["reviewflow"] = runtime


def runtime() -> Runtime:
    """Return what opens pieces of work."""
    found: Runtime = current_app.extensions["reviewflow"]
    return found


def me() -> Person | None:
    """Return who is signed in; known once the guard has looked."""
    person: Person | None = g.get("me")
    return person


def find_person(secret: str) -> Person | None:
    """Return whose session it is, and note that it is in use."""
    with runtime().read(None) as work:
        session = signins.good_session(work, secret)
        if session is None:
            return None
        person = _person(work, secret, session.user)
        is_due = signins.needs_noting(work, session)
    if is_due:
        _note_use(secret)
    return person


def open_session(name: str, password: str) -> str | Refused:
    """Return the secret of a new session, or why there is none."""
    with runtime().read(None) as work:
        stored = signins.stored_password(work, name)
    fits = passwords.fits(password, stored)  # slow by design: nothing waits for it
    with runtime().begin(None) as work:
        return signins.sign_in(work, name, fits=fits)


def open_sample_session(user_id: int) -> str:
    """Return the secret of a new session of a sample person.

    Raises:
        Missing: There is no such person.
    """
    with runtime().begin(None) as work:
        user = work.session.get(User, user_id)
        if user is None or not user.is_active:
            raise Missing
        return signins.open_session(work, user)


def end_session(secret: str) -> None:
    """End a session for good."""
    with runtime().begin(None) as work:
        signins.sign_out(work, secret)


def _note_use(secret: str) -> None:
    """Note that a session is in use; reading goes on where nothing can be written."""
    try:
        with runtime().begin(None) as work:
            signins.note_session(work, secret)
    except Unavailable as error:
        log.warning("session not noted", exc_info=error)


def _person(work: Work, secret: str, user: User) -> Person:
    posts = [post for post in user.memberships if post.in_force(work.today)]
    units = list(dict.fromkeys(post.unit.short_name for post in posts))
    return Person(
        secret=secret,
        id=user.id,
        name=user.name,
        display_name=user.display_name,
        unit="、".join(units[:1]),
        roles=frozenset(post.role for post in posts),
        must_change_password=user.must_change_password,
    )
