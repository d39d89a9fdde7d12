"""Who enrolled for a hearing, the draw, who takes part, and what they said."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.hearing import Hearing, HearingGroup, HearingPlan
from reviewflow.model.opinion import Adoption


class HearingApplicant(Row):
    """Somebody who wants to take part (报名); a receipt is all that proves it."""

    __tablename__ = "hearing_applicant"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "name", "contact"),
        sa.UniqueConstraint("group_id", "number"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing_group.id"))
    name: Mapped[str]
    contact: Mapped[str]
    represents: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    enrolled_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who typed in an enrolment that came on paper or by telephone."""
    code: Mapped[str] = mapped_column(unique=True)
    """Of the receipt; nobody guesses it."""
    form_key: Mapped[str | None] = mapped_column(unique=True)
    """Of the form it came with, so that a second click enrols nobody twice."""
    number: Mapped[int | None]
    """In the published list of its group."""

    group: Mapped[HearingGroup] = relationship(lazy="joined")


class HearingDraw(Row):
    """A group's list as it was published, then the draw among its numbers (抽取)."""

    __tablename__ = "hearing_draw"
    __table_args__ = (
        sa.UniqueConstraint("group_id"),
        sa.CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name="drawn_by_seed"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing_group.id"))
    list_text: Mapped[str]
    list_digest: Mapped[str]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    seed: Mapped[str | None]
    drawn_at: Mapped[datetime | None]
    drawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    result: Mapped[str] = mapped_column(default="")
    """Numbers in the order they were drawn: 7,2,5."""

    group: Mapped[HearingGroup] = relationship(lazy="joined")


class Standing(enum.StrEnum):
    """Whether somebody on the list has a place."""

    CHOSEN = "CHOSEN"
    """参加人"""
    SUBSTITUTE = "SUBSTITUTE"
    """候补"""
    EXCUSED = "EXCUSED"
    """不能参加"""


class Signature(enum.StrEnum):
    """What became of the record before a participant (笔录签名)."""

    SIGNED = "SIGNED"
    """已签名"""
    REFUSED = "REFUSED"
    """拒绝签名"""


class HearingParticipant(Row):
    """Somebody on the list of participants (听证参加人), drawn, invited or named."""

    __tablename__ = "hearing_participant"
    __table_args__ = (
        sa.UniqueConstraint("applicant_id"),
        sa.UniqueConstraint("group_id", "place"),
        sa.CheckConstraint(
            "signature IS NULL OR signature <> 'REFUSED' OR note <> ''",
            name="refusal_has_note",
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing_group.id"))
    applicant_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("hearing_applicant.id")
    )
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    represents: Mapped[str] = mapped_column(default="")
    place: Mapped[int]
    """In the list of the group; drawn ones in the order of the draw."""
    standing: Mapped[Standing] = mapped_column(by_value(Standing))
    delivered_on: Mapped[date | None]
    delivery: Mapped[str] = mapped_column(default="")
    """How the documents reached them, and what proves it."""
    turn: Mapped[int | None]
    """When they speak."""
    attended: Mapped[bool | None]
    signature: Mapped[Signature | None] = mapped_column(by_value(Signature))
    note: Mapped[str] = mapped_column(default="")

    group: Mapped[HearingGroup] = relationship(lazy="joined")


class HearingOpinion(Row):
    """One point made at a hearing, and what became of it (采纳情况)."""

    __tablename__ = "hearing_opinion"
    __table_args__ = (
        sa.CheckConstraint(
            "adoption IS NULL OR adoption = 'FULL' OR reason <> ''",
            name="reason_if_not_adopted",
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing_participant.id"))
    text: Mapped[str]
    clause: Mapped[str] = mapped_column(default="")
    adoption: Mapped[Adoption | None] = mapped_column(by_value(Adoption))
    reason: Mapped[str] = mapped_column(default="")

    participant: Mapped[HearingParticipant] = relationship(lazy="joined")


HEARING_TABLES = (
    # what belongs to a hearing is seen with its case
    *(Hearing, HearingPlan, HearingGroup, HearingApplicant),
    *(HearingDraw, HearingParticipant, HearingOpinion),
)
