"""Signing in and out: sessions on the server, throttled by name."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.clock import beijing_date
from reviewflow.errors import Missing, Refused
from reviewflow.model.access import AccessToken, LoginAttempt, SignInSession
from reviewflow.model.people import Role, User
from reviewflow.usecases.people import audit
from reviewflow.work import Work

LOCK_AFTER = 5
COUNTED = timedelta(minutes=10)
LOCKED_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
IDLE_ADMIN = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)

_SESSION = (
    sa.select(SignInSession)
    .where(SignInSession.id_digest == sa.bindparam("digest"))
    .options(joinedload(SignInSession.user).joinedload(User.memberships))
)


def stored_password(work: Work, name: str) -> str | None:
    """Return the hash stored for a name, if there is such a user."""
    return work.session.scalar(
        sa.select(User.password_hash).where(User.name == _clean(name))
    )


def sign_in(work: Work, name: str, *, fits: bool) -> str | Refused:
    """Open a session if the password fitted and the name is not locked.

    A refusal is returned, not raised: the failed attempt has to be kept.

    Args:
        work: Work of the system itself.
        name: As typed.
        fits: Whether the password is the stored one; found out beforehand,
            because it takes long by design.

    Returns:
        The secret for the cookie, or why not.
    """
    name = _clean(name)
    failures = _failures(work, name)
    if len(failures) >= LOCK_AFTER and work.now < failures[-1] + LOCKED_FOR:
        return Refused("连续输错 5 次，已锁定 15 分钟。请稍后再试或联系管理员。")
    user = work.session.scalar(sa.select(User).where(User.name == name))
    work.session.add(LoginAttempt(name=name, at=work.now, succeeded=fits))
    if user is None or not fits:
        left = max(LOCK_AFTER - len(failures) - 1, 0)
        return Refused(_wrong(left))
    if not user.is_active:
        return Refused("账号已停用，请联系单位管理员。")
    return open_session(work, user)


def open_session(work: Work, user: User) -> str:
    """Open a session for a user who has proved who it is."""
    secret = secrets.token_urlsafe(32)
    work.session.add(
        SignInSession(
            id_digest=digest(secret),
            user_id=user.id,
            created_at=work.now,
            last_seen_at=work.now,
        )
    )
    audit(work, "session.opened", f"user:{user.id}")
    return secret


def sign_out(work: Work, secret: str) -> None:
    """End a session for good."""
    session = work.session.get(SignInSession, digest(secret))
    if session is not None and session.ended_at is None:
        session.ended_at = work.now


def good_session(work: Work, secret: str) -> SignInSession | None:
    """Return a session that is still good, with its user and the posts held."""
    found = work.session.scalars(_SESSION, {"digest": digest(secret)}).unique()
    session = found.one_or_none()
    if session is None or session.ended_at is not None or not session.user.is_active:
        return None
    too_old = work.now > session.created_at + LONGEST
    idle = _idle(session.user, beijing_date(work.now))
    return None if too_old or work.now > session.last_seen_at + idle else session


def needs_noting(work: Work, session: SignInSession) -> bool:
    """The session was last seen long enough ago to be noted again."""
    return work.now >= session.last_seen_at + NOTED_EVERY


def note_session(work: Work, secret: str) -> None:
    """Note that a session is in use, so that it does not grow idle."""
    session = good_session(work, secret)
    if session is not None:
        session.last_seen_at = work.now


def make_token(work: Work, name: str) -> str:
    """Make a token for programs acting as that user; it is shown once.

    Raises:
        Missing: There is no such user.
    """
    user = work.session.scalar(sa.select(User).where(User.name == name))
    if user is None:
        raise Missing(f"没有登录名为“{name}”的用户。")
    secret = f"rf_{secrets.token_urlsafe(32)}"
    work.session.add(
        AccessToken(user_id=user.id, digest=digest(secret), created_at=work.now)
    )
    audit(work, "token.made", f"user:{user.id}")
    return secret


def token_user(work: Work, secret: str) -> int | None:
    """Return the user a token acts as, if it is good."""
    return work.session.scalar(
        sa.select(AccessToken.user_id)
        .join(AccessToken.user)
        .where(
            AccessToken.digest == digest(secret),
            AccessToken.revoked_at.is_(None),
            User.is_active,
        )
    )


def digest(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _clean(name: str) -> str:
    return name.strip().lower()


def _idle(user: User, day: date) -> timedelta:
    posts = (post for post in user.memberships if post.role is Role.ADMIN)
    return IDLE_ADMIN if any(post.in_force(day) for post in posts) else IDLE


def _failures(work: Work, name: str) -> list[datetime]:
    recent = work.session.execute(
        sa.select(LoginAttempt.at, LoginAttempt.succeeded)
        .where(LoginAttempt.name == name, LoginAttempt.at > work.now - LOCKED_FOR)
        .order_by(LoginAttempt.at.desc())
        .limit(LOCK_AFTER)
    )
    failures: list[datetime] = []
    for at, succeeded in recent:
        if succeeded or (failures and failures[0] - at > COUNTED):
            break
        failures.append(at)
    return failures[::-1]


def _wrong(left: int) -> str:
    if left == 0:
        return "用户名或密码不正确。已锁定 15 分钟，请稍后再试。"
    return f"用户名或密码不正确。再错 {left} 次将锁定 15 分钟。"
