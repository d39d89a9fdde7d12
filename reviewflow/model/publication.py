"""A document as it was published: number, dates, validity (公布)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import Unit


class Publication(Row):
    """One published document. Its number belongs to it alone, for ever."""

    __tablename__ = "publication"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    kind_code: Mapped[str]
    title: Mapped[str]
    doc_number: Mapped[str] = mapped_column(unique=True)
    register_number: Mapped[str]
    maker_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    decided_on: Mapped[date | None]
    meeting: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None] = mapped_column(index=True)
    channel: Mapped[str] = mapped_column(default="")
    effective_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    early_reason: Mapped[str] = mapped_column(default="")
    simplified_reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    backfilled_at: Mapped[datetime | None]
    """When its history was entered afterwards, from a ledger (补录)."""

    maker: Mapped[Unit] = relationship(lazy="joined")
