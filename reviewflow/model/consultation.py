"""Public consultation on a draft (公开征求意见)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Row


class Consultation(Row):
    """When the public was asked, how long, and what came back."""

    __tablename__ = "consultation"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    """The earliest last day under the limit that applies."""
    closed_on: Mapped[date | None]
    shortened_reason: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    comments: Mapped[int | None]
    adopted: Mapped[int | None]
