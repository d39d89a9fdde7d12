"""How a consultation looks, and what may be sent about it."""

from typing import Annotated

from pydantic import Field

from reviewflow.model.consultation import Channel, Sender
from reviewflow.model.opinion import Adoption
from reviewflow.model.unit_opinion import Settlement, Stance
from reviewflow.queries.consultations import ConsultationPage, GroupRow
from reviewflow.queries.unit_opinions import UnitOpinionsPage
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Key, Text, Window, Word


class GroupQuery(Window):
    """Which groups: those with that answer, or NEW for those without."""

    answer: Annotated[str, Field(pattern="^(|NEW|FULL|PARTIAL|NONE)$")] = ""


class ConsultationPeriod(Answer):
    """When the public is asked."""

    starts_on: Day
    ends_on: Day | None
    first_ends_on: Day | None
    extension_reason: str
    due_on: Day
    closed_on: Day | None
    shortened_reason: str
    channel: str


class Consultation(Answer):
    """The latest consultation of a case; no period, none was begun."""

    period: ConsultationPeriod | None
    is_open: bool
    comments: int
    ungrouped: int
    groups: int
    unanswered: int
    adopted: int


class Extension(Body):
    """More time for comments: the new last day, and why."""

    ends_on: Day
    reason: Text


class Group(Answer):
    """Comments that say the same of the same provision."""

    id: int
    number: int
    clause: str
    text: str
    comments: int
    adoption: Adoption | None
    reason: str


class Groups(Answer):
    """A part of a list of groups."""

    items: list[Group]
    total: int
    next: str | None


class Comment(Answer):
    """A comment that was entered: its number, and what its sender asks with."""

    id: int
    number: int
    receipt: str


class NewComment(Body):
    """What came on paper, by mail or in a meeting."""

    text: Text = Field(min_length=1)
    clause: Word = ""
    sender: Sender = Field(default=Sender.PUBLIC, strict=False)
    channel: Channel = Field(default=Channel.LETTER, strict=False)
    name: Word = ""
    contact: Word = ""
    received_on: Word = ""


class GroupAnswer(Body):
    """What is said to a group; no adoption takes it back."""

    group_id: Key
    adoption: Annotated[str, Field(pattern="^(|FULL|PARTIAL|NONE)$")]
    reason: Text = ""


class GroupAnswers(Body):
    """What is said to several groups, all or none."""

    answers: list[GroupAnswer] = Field(min_length=1, max_length=100)


class UnitOpinion(Answer):
    """One unit that was asked."""

    id: int
    unit: Organ
    asked_on: Day
    due_on: Day
    stance: Stance | None
    text: str
    answered_on: Day | None
    is_silent: bool
    settlement: Settlement | None
    settlement_note: str


class UnitOpinions(Answer):
    """Every unit that was asked."""

    items: list[UnitOpinion]


class Question(Body):
    """Whom to ask, and by when."""

    unit_ids: list[Key] = Field(min_length=1, max_length=100)
    due_on: Day


class Statement(Body):
    """What a unit answered."""

    stance: Stance = Field(strict=False)
    answered_on: Day
    text: Text = ""


class Settling(Body):
    """What became of a disagreement, and how."""

    settlement: Settlement = Field(strict=False)
    note: Text = Field(min_length=1)


def consultation_shape(page: ConsultationPage) -> Consultation:
    """Return how a consultation looks today."""
    row, counted = page.consultation, page.tally
    return Consultation(
        period=None if row is None else ConsultationPeriod.model_validate(row),
        is_open=page.is_open,
        comments=counted.comments,
        ungrouped=counted.ungrouped,
        groups=counted.groups,
        unanswered=counted.unanswered,
        adopted=counted.adopted,
    )


def group_shape(row: GroupRow) -> Group:
    """Return how a group looks."""
    one = row.group
    return Group(
        id=one.id,
        number=one.number,
        clause=one.clause,
        text=one.text,
        comments=row.comments,
        adoption=one.adoption,
        reason=one.reason,
    )


def units_shape(page: UnitOpinionsPage) -> UnitOpinions:
    """Return how the units asked look today."""
    return UnitOpinions(
        items=[
            UnitOpinion(
                id=row.opinion.id,
                unit=Organ.model_validate(row.opinion.unit),
                asked_on=row.opinion.asked_on,
                due_on=row.opinion.due_on,
                stance=row.opinion.stance,
                text=row.opinion.text,
                answered_on=row.opinion.answered_on,
                is_silent=row.is_silent,
                settlement=row.opinion.settlement,
                settlement_note=row.opinion.settlement_note,
            )
            for row in page.rows
        ]
    )
