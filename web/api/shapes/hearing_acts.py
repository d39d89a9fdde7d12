"""What may be sent about a hearing; names are those of the forms of its page."""

from typing import Literal

from pydantic import Field

from reviewflow.model.hearing import Choosing
from reviewflow.model.hearing_list import Signature
from reviewflow.model.opinion import Adoption
from web.api.wire import Body, Day, Key, Text, Word

MOST_PLACES = 200


class NewHearingPlan(Body):
    """When and where it is to be; a second plan replaces the first."""

    planned_on: Day
    starts_at: Word
    place: Word
    contact: Word
    observers: int | None = None
    enrol_until: Day | None = None


class NewHearingGroup(Body):
    """A group, its places, and how they are filled."""

    group_name: Word
    quota: int
    how: Choosing = Field(strict=False)


class Enrolment(Body):
    """An enrolment that came on paper or by telephone."""

    group_id: Key
    name: Word
    contact: Word
    represents: Word
    reason: Text = ""


class SeedSource(Body):
    """Which public figure will decide; it must not exist yet."""

    seed_source: Word


class Seed(Body):
    """The public figure as it was published; none if everybody has a place."""

    seed: Word = ""


class NamedParticipant(Body):
    """Somebody who is invited or recommended."""

    of_group: Key
    person: Word
    interest: Word
    telephone: Word = ""


class Excuse(Body):
    """Why somebody cannot come."""

    excuse: Word


class Delivery(Body):
    """When and how the documents reached whom."""

    participant_ids: list[Key] = Field(min_length=1, max_length=MOST_PLACES)
    delivered_on: Day
    delivery: Word


class HearingPostponement(Body):
    """To which later day, and why."""

    new_day: Day
    why: Word


class Turn(Body):
    """When somebody speaks."""

    participant_id: Key
    turn: int | None


class Turns(Body):
    """Who speaks when; who is not named comes last."""

    turns: list[Turn] = Field(max_length=MOST_PLACES)


class Mark(Body):
    """Whether somebody came, and signed the record."""

    participant_id: Key
    came: Literal["yes", "no"] | None
    signed: Signature | None = Field(default=None, strict=False)
    note: Word = ""


class Marks(Body):
    """Who came and signed; who is not named is not marked."""

    marks: list[Mark] = Field(max_length=MOST_PLACES)


class NewHearingOpinion(Body):
    """A point that was made."""

    speaker_id: Key
    text: Text
    clause: Word = ""


class OpinionAdoption(Body):
    """What becomes of a point."""

    adoption: Adoption = Field(strict=False)
    reason: Text = ""
