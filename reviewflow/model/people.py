"""People, units, and who holds which post where and when."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value


class Role(enum.StrEnum):
    """A post in the procedure; the values are used in kind.yaml and the API."""

    DRAFTER = "drafter"
    """起草（承办）人"""
    UNIT_LEGAL = "unit_legal"
    """本单位法制机构"""
    UNIT_HEAD = "unit_head"
    """单位主要负责人"""
    COMPETITION_REVIEWER = "competition_reviewer"
    """公平竞争审查人"""
    OFFICE_INTAKE = "office_intake"
    """政府办公室收文"""
    REVIEW_INTAKE = "review_intake"
    """审查收件"""
    REVIEW_HANDLER = "review_handler"
    """审查承办人"""
    REVIEW_CHECKER = "review_checker"
    """复核人"""
    REVIEW_SIGNER = "review_signer"
    """签发人"""
    COUNSEL = "counsel"
    """法律顾问、公职律师"""
    EXPERT = "expert"
    """专家"""
    HEARING_HOST = "hearing_host"
    """听证主持人"""
    HEARING_CLERK = "hearing_clerk"
    """听证记录人"""
    MEETING_SECRETARY = "meeting_secretary"
    """会议秘书"""
    DECISION_HEAD = "decision_head"
    """行政首长"""
    PUBLISHER = "publisher"
    """公布经办人"""
    FILER = "filer"
    """报备人"""
    FILING_REVIEWER = "filing_reviewer"
    """备案审查人"""
    AUDITOR = "auditor"
    """监督人员"""
    ADMIN = "admin"
    """系统管理员"""


class Level(enum.StrEnum):
    """Level of government."""

    NATION = "NATION"
    """国家级"""
    PROVINCE = "PROVINCE"
    """省级"""
    CITY = "CITY"
    """市本级"""
    COUNTY = "COUNTY"
    """县区"""
    TOWN = "TOWN"
    """乡镇街道"""


class UnitSort(enum.StrEnum):
    """What a unit is, as far as making and filing documents depend on it."""

    GOVERNMENT = "GOVERNMENT"
    """人民政府"""
    OFFICE = "OFFICE"
    """政府办公室"""
    DEPARTMENT = "DEPARTMENT"
    """政府部门"""
    VERTICAL = "VERTICAL"
    """垂直管理部门"""
    DISPATCHED = "DISPATCHED"
    """派出机关"""
    AUTHORISED = "AUTHORISED"
    """法律法规授权组织"""
    CONGRESS = "CONGRESS"
    """人大常委会"""
    COUNSEL_POOL = "COUNSEL_POOL"
    """法律顾问库"""


class UnitDuty(enum.StrEnum):
    """What a unit does for its government."""

    OFFICE = "OFFICE"
    """办公机构"""
    REVIEW = "REVIEW"
    """负责合法性审查的部门"""
    COMPETITION = "COMPETITION"
    """公平竞争审查部门"""
    COUNSEL = "COUNSEL"
    """法律顾问库"""


class Unit(Row):
    """An organ, or a unit of one; listed by its official sequence number."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    document_prefix: Mapped[str] = mapped_column(default="")
    level: Mapped[Level] = mapped_column(by_value(Level))
    sort: Mapped[UnitSort] = mapped_column(by_value(UnitSort))
    duty: Mapped[UnitDuty | None] = mapped_column(by_value(UnitDuty))
    area: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    government_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("unit.id"), index=True
    )
    superior_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    is_active: Mapped[bool] = mapped_column(default=True)

    government: Mapped["Unit | None"] = relationship(
        foreign_keys=[government_id], remote_side="Unit.id"
    )
    """The government it belongs to; for a government, the one above it."""
    superior: Mapped["Unit | None"] = relationship(
        foreign_keys=[superior_id], remote_side="Unit.id"
    )
    """The department above it, for a vertically managed department."""


class User(Row):
    """A person who signs in."""

    __tablename__ = "user"

    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")


class Membership(Row):
    """A post held in a unit from a day on; ended by a last day, never erased."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "unit_id", "role", "valid_from"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    role: Mapped[Role] = mapped_column(by_value(Role))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="memberships")
    unit: Mapped[Unit] = relationship(lazy="joined")

    def in_force(self, day: date) -> bool:
        """The post is held on that day, its last day included."""
        return self.valid_from <= day and (
            self.valid_to is None or day <= self.valid_to
        )
