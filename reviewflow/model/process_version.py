"""A kind's folder as it was deployed; never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Row


class ProcessVersion(Row):
    """All files of one kind at one deployment, and the diagram as parsed."""

    __tablename__ = "process_version"
    __table_args__ = (
        sa.UniqueConstraint("key", "number"),
        sa.UniqueConstraint("key", "digest"),
    )

    key: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    digest: Mapped[str]
    files: Mapped[str] = mapped_column(deferred=True)
    """JSON object: path to text of every file, called diagrams included."""
    spec: Mapped[str] = mapped_column(deferred=True)
    """The parsed diagram as the engine stores it."""
    deployed_at: Mapped[datetime]
    deployed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
