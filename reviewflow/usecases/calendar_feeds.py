"""The address at which somebody's calendar reads due dates: made, renewed, ended."""

import secrets

import sqlalchemy as sa

from reviewflow.errors import Conflict, Missing
from reviewflow.model.access import CalendarFeed
from reviewflow.model.people import User
from reviewflow.usecases.people import audit
from reviewflow.usecases.signins import digest
from reviewflow.work import Work

SECRET_BYTES = 32


def renew_calendar_feed(work: Work) -> str:
    """Make a new address for the actor; the one before does not answer any more.

    Returns:
        The secret part of the address; it is shown once.

    Raises:
        Missing: The system itself has no calendar.
    """
    user = work.actor.user
    if user is None:
        raise Missing
    _end(work, user.id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    work.session.add(
        CalendarFeed(user_id=user.id, digest=digest(secret), created_at=work.now)
    )
    audit(work, "calendar_feed.made", f"user:{user.id}")
    return secret


def end_calendar_feed(work: Work) -> None:
    """Let the actor's address answer nobody any more.

    Raises:
        Missing: The system itself has no calendar.
        Conflict: There is none.
    """
    user = work.actor.user
    if user is None:
        raise Missing
    if not _end(work, user.id):
        raise Conflict("没有正在使用的订阅地址，请刷新页面查看。")
    audit(work, "calendar_feed.ended", f"user:{user.id}")


def calendar_feed_user(work: Work, secret: str) -> int:
    """Return whose due dates an address tells.

    Raises:
        Missing: It was never one, or it is not any more: both look alike.
    """
    user_id = work.session.scalar(
        sa.select(CalendarFeed.user_id)
        .join(CalendarFeed.user)
        .where(
            CalendarFeed.digest == digest(secret),
            CalendarFeed.revoked_at.is_(None),
            User.is_active,
        )
    )
    if user_id is None:
        raise Missing
    return user_id


def _end(work: Work, user_id: int) -> bool:
    open_ones = work.session.scalars(
        sa.select(CalendarFeed).where(
            CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None)
        )
    ).all()
    for row in open_ones:
        row.revoked_at = work.now
    return bool(open_ones)
