"""Documents of a case; each upload is a version with its digest."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.case import Case
from reviewflow.model.people import User


class Document(Row):
    """One item of a case's dossier, known by its role in the checklist."""

    __tablename__ = "document"
    __table_args__ = (sa.UniqueConstraint("case_id", "role"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    role: Mapped[str]
    title: Mapped[str]

    case: Mapped[Case] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number", lazy="selectin"
    )

    @property
    def latest(self) -> "DocumentVersion":
        """The version that counts now."""
        return self.versions[-1]


class DocumentVersion(Row):
    """Bytes as they were uploaded; never changed."""

    __tablename__ = "document_version"
    __table_args__ = (sa.UniqueConstraint("document_id", "number"),)

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    number: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    document: Mapped[Document] = relationship(back_populates="versions")
    uploaded_by: Mapped[User] = relationship()
