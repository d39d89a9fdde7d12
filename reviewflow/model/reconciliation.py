"""Lists of issued documents, matched with what is known (应报未报核对)."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import Unit, User
from reviewflow.model.publication import Publication


class ListSource(enum.StrEnum):
    """Where a list of issued documents comes from."""

    REGISTER = "REGISTER"
    """发文登记簿"""
    WEBSITE = "WEBSITE"
    """网站公布清单"""
    ARCHIVE = "ARCHIVE"
    """档案目录"""


class RowState(enum.StrEnum):
    """What has become of a row of a list."""

    WAITING = "WAITING"
    """待比对"""
    UNMATCHED = "UNMATCHED"
    """没有找到"""
    PROBABLE = "PROBABLE"
    """疑似"""
    MATCHED = "MATCHED"
    """相符"""
    NOT_NORMATIVE = "NOT_NORMATIVE"
    """不属于规范性文件"""
    OMITTED = "OMITTED"
    """漏报"""


class Reconciliation(Row):
    """One list of issued documents; until its columns are known, only a sheet.

    Source: the product's rule. What should have been filed cannot be known from
    what was filed.
    """

    __tablename__ = "reconciliation"

    keeper_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    """The unit that reconciles: who files, or who receives filings."""
    maker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    """Whose list it is; none if its rows name their makers."""
    source: Mapped[ListSource] = mapped_column(by_value(ListSource))
    name: Mapped[str]
    """Of the file."""
    sheet: Mapped[list[Any]] = mapped_column(deferred=True)
    """Headings and rows as they were sent, until they are imported: [line, cells]."""
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    imported_at: Mapped[datetime | None]
    matched_at: Mapped[datetime | None]

    keeper: Mapped[Unit] = relationship(foreign_keys=[keeper_id], lazy="joined")
    maker: Mapped[Unit | None] = relationship(foreign_keys=[maker_id], lazy="joined")
    sent_by: Mapped[User] = relationship()


class ReconciliationRow(Row):
    """One issued document of a list, and what has become of it.

    A row is known to a keeper by its digest, in whichever list it comes again.
    """

    __tablename__ = "reconciliation_row"
    __table_args__ = (
        sa.UniqueConstraint("keeper_id", "digest"),
        sa.Index(None, "reconciliation_id", "state"),
        sa.CheckConstraint(
            "(state = 'OMITTED') = (case_id IS NOT NULL)", name="omitted_has_a_case"
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_someone"
        ),
        sa.CheckConstraint(
            "state NOT IN ('NOT_NORMATIVE', 'OMITTED') OR reason <> ''",
            name="classified_with_a_reason",
        ),
    )

    reconciliation_id: Mapped[int] = mapped_column(sa.ForeignKey("reconciliation.id"))
    keeper_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    digest: Mapped[str]
    """SHA-256 of maker, number, title and day, without differences of writing."""
    line: Mapped[int]
    """Its line in the sheet."""
    maker_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    title: Mapped[str]
    doc_number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date]
    state: Mapped[RowState] = mapped_column(
        by_value(RowState), default=RowState.WAITING
    )
    ground: Mapped[str] = mapped_column(default="")
    """What the match rests on: a value of `matching.Ground`."""
    publication_id: Mapped[int | None] = mapped_column(sa.ForeignKey("publication.id"))
    """The known document it is, or may be."""
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The four questions as they were answered."""
    reason: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    """When a person decided: it is that document or not, or how it is classified."""
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"))
    """The case by which an omission came to owe its filing."""

    reconciliation: Mapped[Reconciliation] = relationship(lazy="joined")
    maker: Mapped[Unit] = relationship(foreign_keys=[maker_id])
    publication: Mapped[Publication | None] = relationship()
    settled_by: Mapped[User | None] = relationship()
    case: Mapped[Case | None] = relationship()


class ReconciliationColumns(Row):
    """Which column of a sheet is what, remembered by the headings of the sheet."""

    __tablename__ = "reconciliation_columns"
    __table_args__ = (sa.UniqueConstraint("keeper_id", "headings"),)

    keeper_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    headings: Mapped[str]
    """SHA-256 of the headings, in their order."""
    columns: Mapped[dict[str, Any]]
    """Field to heading."""
