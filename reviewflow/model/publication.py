"""A document as it was published: number, dates, validity (公布)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import Unit


class Publication(Row):
    """One published document. Its number belongs to it alone, for ever."""

    __tablename__ = "publication"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    kind_code: Mapped[str]
    title: Mapped[str]
    doc_number: Mapped[str] = mapped_column(unique=True)
    register_number: Mapped[str]
    maker_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    decided_on: Mapped[date | None]
    meeting: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None] = mapped_column(index=True)
    channel: Mapped[str] = mapped_column(default="")
    effective_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    early_reason: Mapped[str] = mapped_column(default="")
    simplified_reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    backfilled_at: Mapped[datetime | None]
    """When its history was entered afterwards, from a ledger (补录)."""

    maker: Mapped[Unit] = relationship(lazy="joined")
    """Who issued it; of several, the one in charge (主办机关), who files it."""
    joint_makers: Mapped[list["JointMaker"]] = relationship(
        order_by="JointMaker.position",
        cascade="all, delete-orphan",
        lazy="selectin",
    )

    @property
    def joint_units(self) -> list[Unit]:
        """The others who issued it, in the order they sign."""
        return [one.unit for one in self.joint_makers]

    @property
    def joint_names(self) -> str:
        """The others by name, empty if one organ issued it alone."""
        return "、".join(unit.name for unit in self.joint_units)

    @property
    def makers_named(self) -> str:
        """Who issued it, as pages and lists name them."""
        return named_with(self.maker.name, self.joint_names)


class JointMaker(Row):
    """An organ that issued a document together with its maker (联合制定机关).

    It owes no filing and is counted in no rate: the maker files once, for all.

    Source: 《安徽省行政规范性文件管理办法》第二十九条 (joint documents are filed by
    the organ in charge).
    """

    __tablename__ = "joint_maker"
    __table_args__ = (sa.UniqueConstraint("publication_id", "unit_id"),)

    publication_id: Mapped[int] = mapped_column(sa.ForeignKey("publication.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    position: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="joined")


def named_with(maker: str, others: str) -> str:
    """Return the maker's name with those it issued a document with, if any."""
    return f"{maker}（与{others}联合制定）" if others else maker
