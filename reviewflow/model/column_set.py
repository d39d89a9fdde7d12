"""Columns of a register that somebody chose, kept under a name (栏目方案)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import User


class ColumnSet(Row):
    """A choice of columns and their order; a shared one is there for everybody."""

    __tablename__ = "column_set"
    __table_args__ = (sa.UniqueConstraint("owner_id", "register", "name"),)

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    register: Mapped[str]
    name: Mapped[str]
    columns: Mapped[list[Any]]
    is_shared: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]

    owner: Mapped[User] = relationship(lazy="joined")
