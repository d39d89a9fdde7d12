"""Yearly catalogues: which decisions and rules a government means to make."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import Unit, User


class CatalogueSort(enum.StrEnum):
    """What a catalogue lists."""

    DECISIONS = "DECISIONS"
    """重大行政决策事项目录"""
    RULES = "RULES"
    """规章制定工作计划"""


class Category(enum.StrEnum):
    """What sort of matter an item is: classes of decisions, then of rules.

    Source: 《重大行政决策程序暂行条例》第三条; 《规章制定程序条例》第二条.
    """

    POLICY = "POLICY"
    """公共服务、市场监管、社会管理、环境保护等方面的重大公共政策和措施"""
    PLAN = "PLAN"
    """经济和社会发展等方面的重要规划"""
    RESOURCE = "RESOURCE"
    """开发利用、保护重要自然资源和文化资源的重大公共政策和措施"""
    PROJECT = "PROJECT"
    """在本行政区域实施的重大公共建设项目"""
    OTHER = "OTHER"
    """其他重大事项"""
    RULE_NEW = "RULE_NEW"
    """制定"""
    RULE_AMENDED = "RULE_AMENDED"
    """修改"""
    RULE_REPEALED = "RULE_REPEALED"
    """废止"""


class ItemState(enum.StrEnum):
    """How far an item has come."""

    PROPOSED = "PROPOSED"
    """待论证"""
    LISTED = "LISTED"
    """已列入"""
    DECLINED = "DECLINED"
    """不列入"""
    REMOVED = "REMOVED"
    """已调出"""


class Catalogue(Row):
    """What one government lists for one year; published once, adjusted later."""

    __tablename__ = "catalogue"
    __table_args__ = (sa.UniqueConstraint("organ_id", "sort", "year"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    sort: Mapped[CatalogueSort] = mapped_column(by_value(CatalogueSort))
    year: Mapped[int]
    consent_on: Mapped[date | None]
    """When the Party committee (a plan of rules: the government) consented."""
    consent_reference: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    channel: Mapped[str] = mapped_column(default="")

    organ: Mapped[Unit] = relationship(lazy="joined")


class CatalogueItem(Row):
    """One matter of a catalogue; what is taken out stays with its reason."""

    __tablename__ = "catalogue_item"

    catalogue_id: Mapped[int] = mapped_column(sa.ForeignKey("catalogue.id"), index=True)
    state: Mapped[ItemState] = mapped_column(by_value(ItemState))
    category: Mapped[Category] = mapped_column(by_value(Category))
    title: Mapped[str]
    undertaker_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    schedule: Mapped[str]
    grounds: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(default="")
    """Why it was declined, added after publication, or taken out."""
    is_adjustment: Mapped[bool] = mapped_column(default=False)
    """It came in, or went out, after the catalogue was published."""
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"))

    catalogue: Mapped[Catalogue] = relationship(lazy="joined")
    undertaker: Mapped[Unit] = relationship(lazy="joined")
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    case: Mapped[Case | None] = relationship(viewonly=True)
