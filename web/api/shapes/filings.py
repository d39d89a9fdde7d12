"""How duties to file look, and what may be sent about them."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from reviewflow.model.case import Task as TaskRow
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.filing_review import FilingVerdict, Ruling
from reviewflow.model.standing import ObligationStatus
from web.api.shapes.people import Organ
from web.api.shapes.tasks import Task
from web.api.wire import Answer, Body, Day, Instant, Text, Window, Word


class FilingQuery(Window):
    """Which duties."""

    status: ObligationStatus | None = None
    chain: Chain | None = None


class Submission(Answer):
    """One time the document was sent."""

    submitted_on: Day
    submitted_at: Instant
    way: str
    returned_on: Day | None
    return_reason: str


class Correction(Answer):
    """One request to supplement."""

    notice_on: Day
    due_on: Day
    reason: str
    corrected_on: Day | None
    lapsed_on: Day | None


class Filing(Answer):
    """One document, one receiver, one due date."""

    id: int
    case_id: int
    number: str
    status: ObligationStatus
    chain: Chain
    title: str
    doc_number: str
    kind_code: str
    maker: Organ
    joint_makers: list[Organ]
    filing_unit: Organ
    authority: Organ
    copy_to: str
    published_on: Day
    due_on: Day
    filed_on: Day | None
    registered_on: Day | None
    register_number: str | None
    exempt_reason: str
    submissions: list[Submission]
    corrections: list[Correction]
    open_tasks: list[Task]


class FilingReview(Answer):
    """The review of what was registered, worked off by its own case."""

    case_id: int
    begun_on: Day
    due_on: Day
    verdict: FilingVerdict | None
    decided_on: Day | None
    correct_by: Day | None
    reported_on: Day | None
    settled_on: Day | None
    referred_on: Day | None
    ruling: Ruling | None
    ruling_number: str
    ruled_on: Day | None


class Filings(Answer):
    """A part of a list of duties."""

    items: list[Filing]
    total: int
    next: str | None


class Outside(Body):
    """What is told besides of a receiver that does not work here."""

    happened_on: Word = ""
    """The day it was sent or answered, `2026-11-23`."""
    way: Word = ""
    reply_number: Word = ""


class Note(Outside):
    """What else is to be said."""

    note: Text = ""


class Registration(Outside):
    """What the receiver found; without a number one is given."""

    materials_complete: bool = True
    register_number: Word = ""


class Reason(Outside):
    """What is missing, or where it should have gone."""

    reason: Text = Field(min_length=1)


def filing_shape(
    duty: FilingObligation, waiting: Iterable[TaskRow], today: date
) -> Filing:
    """Return how a duty to file looks today."""
    standing = duty.standing
    return Filing(
        id=duty.id,
        case_id=duty.case_id,
        number=duty.case.number,
        status=standing.status(today),
        chain=duty.chain,
        title=duty.publication.title,
        doc_number=duty.publication.doc_number,
        kind_code=duty.publication.kind_code,
        maker=Organ.model_validate(duty.maker),
        joint_makers=[Organ.model_validate(u) for u in duty.publication.joint_units],
        filing_unit=Organ.model_validate(duty.case.unit),
        authority=Organ.model_validate(duty.authority),
        copy_to=duty.copy_to,
        published_on=duty.published_on,
        due_on=duty.due_on,
        filed_on=standing.filed_on(today),
        registered_on=duty.registered_on,
        register_number=duty.register_number,
        exempt_reason=duty.exempt_reason,
        submissions=[Submission.model_validate(one) for one in duty.submissions],
        corrections=[Correction.model_validate(one) for one in duty.corrections],
        open_tasks=[Task.model_validate(task) for task in waiting],
    )
