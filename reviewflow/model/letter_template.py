"""Templates of letters that were made here in Word; rows are added, never changed."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import User


class TemplateAct(enum.StrEnum):
    """What was done with the template of a letter."""

    UPLOADED = "UPLOADED"
    """上传"""
    ADOPTED = "ADOPTED"
    """启用"""
    SHIPPED = "SHIPPED"
    """恢复系统自带模板"""


class LetterTemplate(Row):
    """One act: a file was uploaded, put to use, or the shipped one was restored.

    Which template a letter takes is told by the last act before the letter became
    final, so that a new template changes no letter that was issued.
    """

    __tablename__ = "letter_template"
    __table_args__ = (
        sa.CheckConstraint(
            "(act = 'SHIPPED') = (sha256 = '')", name="a_file_unless_shipped"
        ),
        sa.Index(None, "wording", "at"),
    )

    wording: Mapped[str]
    """Whose place it takes: `review_opinion`; before that the kind, if its own."""
    act: Mapped[TemplateAct] = mapped_column(by_value(TemplateAct))
    sha256: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    """The file as it was called."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    by: Mapped[User] = relationship()
