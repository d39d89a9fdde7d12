"""What was printed wrongly in a published document, and what it must read (更正)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.library import LibraryDocument


class Erratum(Row):
    """One error of a published document, put right in public; never taken back.

    It changes no rights and duties: whoever entered it has said so. What does is a
    new document with a filing of its own.
    """

    __tablename__ = "erratum"

    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
    wrong: Mapped[str]
    """As it was printed, with its place: 第九条“3日”."""
    corrected: Mapped[str]
    """As it must read."""
    announced_on: Mapped[date]
    channel: Mapped[str]
    """Where the announcement (更正公告) stands."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    document: Mapped[LibraryDocument] = relationship()
