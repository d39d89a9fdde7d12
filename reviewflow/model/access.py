"""Sign-in sessions, failed attempts, tokens, calendar feeds and the log of reads."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Base, Row
from reviewflow.model.people import User


class SignInSession(Base):
    """A signed-in browser; known by the digest of its cookie."""

    __tablename__ = "session"

    id_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class LoginAttempt(Row):
    """One try to sign in, successful or not, by the name that was typed."""

    __tablename__ = "login_attempt"
    __table_args__ = (sa.Index(None, "name", "at"),)

    name: Mapped[str]
    at: Mapped[datetime]
    succeeded: Mapped[bool]


class AccessToken(Row):
    """A token for programs; only its digest is kept."""

    __tablename__ = "access_token"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class CalendarFeed(Row):
    """The address at which somebody's due dates are read; only its digest is kept."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class StrangerAct(Row):
    """Something sent by somebody without an account; counted, then forgotten."""

    __tablename__ = "stranger_act"
    __table_args__ = (sa.Index(None, "address_digest", "at"),)

    address_digest: Mapped[str]
    """Keyed digest of the network address; the address itself is not kept."""
    at: Mapped[datetime]


class AuditRecord(Row):
    """An act outside of cases, or a read of a file; never changed."""

    __tablename__ = "audit_record"

    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]
    details: Mapped[dict[str, Any]]
