"""What every provision of a draft rests on (条文依据对照表), row by row."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import User


class Nature(enum.StrEnum):
    """How a provision stands to what it rests on."""

    EXECUTE = "EXECUTE"
    """执行性"""
    DETAIL = "DETAIL"
    """细化性"""
    OWN = "OWN"
    """自设"""


class Basis(Row):
    """One basis (依据) of one provision, or the statement why there is none.

    Nothing in a row changes: what is entered anew takes its place in a row of its
    own, so what stood there stays. Two people who change the same row meet at
    `replaces_id`: one row is replaced once.

    Source: 《安徽省行政规范性文件管理办法》第三十条 (the table is filed).
    """

    __tablename__ = "basis"
    __table_args__ = (
        sa.UniqueConstraint("replaces_id"),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_someone"
        ),
        sa.CheckConstraint(
            "CASE WHEN nature = 'OWN' THEN source = '' AND quote = '' AND note <> ''"
            " ELSE source <> '' AND quote <> '' END",
            name="a_basis_or_a_statement",
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    number: Mapped[int]
    """Its place in the case; what takes the place of a row keeps it."""
    clause: Mapped[str]
    """第三条, as the draft numbers it."""
    provision: Mapped[str]
    """What the draft said there when the row was entered or looked at again."""
    nature: Mapped[Nature] = mapped_column(by_value(Nature))
    source: Mapped[str] = mapped_column(default="")
    """依据名称及条款"""
    quote: Mapped[str] = mapped_column(default="")
    """依据原文"""
    note: Mapped[str] = mapped_column(default="")
    """说明; what a provision without a basis is set for."""
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    """When it was replaced or taken out."""
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("basis.id"))

    entered_by: Mapped[User] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])


class BasisTable(Row):
    """The rows of a case as they were put into its dossier, as one version."""

    __tablename__ = "basis_table"
    __table_args__ = (sa.UniqueConstraint("version_id"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("document_version.id"))
    stamp: Mapped[str]
    """SHA-256 of which rows it holds."""
    laid_at: Mapped[datetime]
