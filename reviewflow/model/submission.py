"""A form or request that was sent, and what came of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Base


class Submission(Base):
    """A submission key and the first answer given under it."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    body_digest: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Series(Base):
    """The last number given in a series of one year; numbers have no gaps."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
