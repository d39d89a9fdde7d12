"""Meetings that decide (集体讨论): agenda, who came, who said what, decisions."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import Unit, User


class MeetingSort(enum.StrEnum):
    """What sort of meeting an organ holds."""

    EXECUTIVE = "EXECUTIVE"
    """常务会议"""
    PLENARY = "PLENARY"
    """全体会议"""
    JOINT = "JOINT"
    """党政班子会"""
    OFFICE = "OFFICE"
    """办公会议"""


class Presence(enum.StrEnum):
    """Whether somebody came to a meeting, and as what."""

    PRESENT = "PRESENT"
    """出席"""
    LEAVE = "LEAVE"
    """请假"""
    OBSERVER = "OBSERVER"
    """列席"""


class Voice(enum.StrEnum):
    """What a member said of a matter."""

    AGREE = "AGREE"
    """同意"""
    AGREE_WITH_REMARKS = "AGREE_WITH_REMARKS"
    """同意并附意见"""
    DISAGREE = "DISAGREE"
    """不同意"""
    SILENT = "SILENT"
    """未表态"""


class Decision(enum.StrEnum):
    """What a meeting decided on a matter; the values steer the process."""

    PASSED = "PASSED"
    """通过"""
    AMENDED = "AMENDED"
    """修改后通过"""
    DEFERRED = "DEFERRED"
    """暂缓"""
    REJECTED = "REJECTED"
    """不通过"""
    AGAIN = "AGAIN"
    """下次会议再次讨论"""


class Meeting(Row):
    """One meeting of an organ; `held_on` is set together with its attendance."""

    __tablename__ = "meeting"
    __table_args__ = (sa.UniqueConstraint("organ_id", "name"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    keeper_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    """Whose secretaries keep it: of a government, its office."""
    name: Mapped[str]
    sort: Mapped[MeetingSort] = mapped_column(by_value(MeetingSort))
    planned_on: Mapped[date]
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    chair: Mapped[str]

    organ: Mapped[Unit] = relationship(foreign_keys=[organ_id], lazy="joined")


class Attendee(Row):
    """Somebody who was asked to a meeting (出席、请假、列席)."""

    __tablename__ = "attendee"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "name"),
        sa.CheckConstraint("presence <> 'LEAVE' OR reason <> ''", name="leave_reason"),
        sa.CheckConstraint(
            "NOT is_head OR (is_member AND presence = 'PRESENT')", name="head_is_there"
        ),
    )

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    position: Mapped[int]
    name: Mapped[str]
    post: Mapped[str]
    presence: Mapped[Presence] = mapped_column(by_value(Presence))
    reason: Mapped[str] = mapped_column(default="")
    is_member: Mapped[bool]
    """A member of the meeting, whose opinion counts (会议组成人员)."""
    is_head: Mapped[bool]
    """Who presides and decides, and therefore speaks last (行政首长或者主持人)."""

    meeting: Mapped[Meeting] = relationship()

    @property
    def speaks(self) -> bool:
        """A member who is there; others are heard, but not counted."""
        return self.is_member and self.presence is Presence.PRESENT


class AgendaItem(Row):
    """A case on the agenda of one meeting; once recorded, history (议题)."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "case_id"),
        sa.CheckConstraint(
            "recorded_at IS NULL OR decision IS NOT NULL", name="recorded_decision"
        ),
    )

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    position: Mapped[int]
    decision: Mapped[Decision | None] = mapped_column(by_value(Decision))
    requirements: Mapped[str] = mapped_column(default="")
    departure_reason: Mapped[str] = mapped_column(default="")
    """Why the head decided otherwise than most members spoke."""
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    meeting: Mapped[Meeting] = relationship(lazy="joined")
    case: Mapped[Case] = relationship(viewonly=True)
    statements: Mapped[list["Statement"]] = relationship(
        back_populates="item",
        order_by="Statement.turn",
        lazy="selectin",
        cascade="save-update, merge, delete-orphan, delete",
    )

    @property
    def is_recorded(self) -> bool:
        """The decision is recorded: nothing of it changes any more."""
        return self.recorded_at is not None


class Statement(Row):
    """What one member said of an item, in the order of speaking.

    Source: 《重大行政决策程序暂行条例》第三十条 (不同意见应当如实记录).
    """

    __tablename__ = "statement"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "attendee_id"),
        sa.CheckConstraint("voice <> 'DISAGREE' OR text <> ''", name="dissent_text"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    attendee_id: Mapped[int] = mapped_column(sa.ForeignKey("attendee.id"))
    turn: Mapped[int]
    voice: Mapped[Voice] = mapped_column(by_value(Voice))
    text: Mapped[str] = mapped_column(default="")

    item: Mapped[AgendaItem] = relationship(back_populates="statements")
    attendee: Mapped[Attendee] = relationship(lazy="joined")


class MeetingSupplement(Row):
    """A later note on what was recorded; the record itself stays (补充说明)."""

    __tablename__ = "meeting_supplement"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    by: Mapped[User] = relationship(lazy="joined")
