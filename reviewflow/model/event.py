"""A line of a case's journal, chained to the line before it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Base
from reviewflow.model.people import Unit, User


class Event(Base):
    """What happened, who did it in which post, and the digests that prove it."""

    __tablename__ = "event"
    __table_args__ = (sa.Index(None, "kind", "case_id", "seq"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    role: Mapped[str | None]
    at: Mapped[datetime]
    effective_at: Mapped[datetime]
    payload: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    payload_digest: Mapped[str]
    state_digest: Mapped[str]
    projection_digest: Mapped[str]
    prev: Mapped[str]
    hash: Mapped[str]
    alg: Mapped[str]
    schema: Mapped[int]

    actor: Mapped[User | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
