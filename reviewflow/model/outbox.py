"""Messages that wait to be delivered; written with the act they tell of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.case import Case
from reviewflow.model.people import User


class OutboxMessage(Row):
    """One notice to one person about a case or a job; sending it twice does no harm."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.CheckConstraint(
            "(case_id IS NULL) <> (job_id IS NULL)", name="about_one_thing"
        ),
        sa.Index(
            "ix_outbox_message_waiting", "id", sqlite_where=sa.text("sent_at IS NULL")
        ),
    )

    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    template: Mapped[str]
    text: Mapped[str]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    user: Mapped[User] = relationship()
