"""Whether a hearing was held, why or why not, and its record (听证)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Row


class Hearing(Row):
    """The decision on a hearing and, if held, its dates."""

    __tablename__ = "hearing"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    is_held: Mapped[bool]
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    announced_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    held_on: Mapped[date | None]
