"""How lists of rules look, and what may be sent about them."""

from typing import Any

from pydantic import Field

from reviewflow.model.rule_list import RuleList as RuleListRow
from reviewflow.queries.rule_lists import ListState, OwedList, RuleListYear
from web.api.shapes.deadlines import Reckoning
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Key, Query, Word


class RuleListQuery(Query):
    """Of which year; the one that is over by default."""

    year: int | None = Field(default=None, ge=2000, le=2999)


class RuleListed(Answer):
    """One rule on a list."""

    library_id: int
    title: str
    doc_number: str
    published_on: Day | None
    effective_on: Day | None


class RuleList(Answer):
    """A list as it was sent."""

    id: int
    year: int
    receiver: str
    sent_on: Day
    due_on: Day
    is_late: bool
    library_ids: list[int]
    received_on: Day | None
    receipt_name: str


class RuleListOwed(Answer):
    """What one organ owes for a year, and what it has sent."""

    organ: Organ
    state: ListState
    rules: list[RuleListed]
    left_out: list[int]
    sent: list[RuleList]


class RuleLists(Answer):
    """The lists of a year, with the deadline explained."""

    year: int
    deadline: Reckoning | None
    items: list[RuleListOwed]
    total: int
    next: str | None


class NewRuleList(Body):
    """Whose list of which year was sent to whom, and when."""

    organ_id: Key
    year: int
    receiver: Word
    sent_on: Day


class RuleListReceipt(Body):
    """What the receiver answered."""

    received_on: Day
    receipt: Any = Field(json_schema_extra={"type": "string", "format": "binary"})


def rule_lists_shape(page: RuleListYear) -> RuleLists:
    """Return the lists of a year."""
    return RuleLists(
        year=page.year,
        deadline=Reckoning.model_validate(page.deadline, from_attributes=True)
        if page.deadline
        else None,
        items=[_owed(row) for row in page.rows],
        total=len(page.rows),
        next=None,
    )


def rule_list_shape(row: RuleListRow) -> RuleList:
    """Return a list as it was sent."""
    return RuleList(
        id=row.id,
        year=row.year,
        receiver=row.receiver,
        sent_on=row.sent_on,
        due_on=row.due_on,
        is_late=row.is_late,
        library_ids=[line.document_id for line in row.lines],
        received_on=row.received_on,
        receipt_name=row.receipt_name,
    )


def _owed(row: OwedList) -> RuleListOwed:
    return RuleListOwed(
        organ=Organ.model_validate(row.organ),
        state=row.state,
        rules=[
            RuleListed(
                library_id=one.id,
                title=one.publication.title,
                doc_number=one.publication.doc_number,
                published_on=one.publication.published_on,
                effective_on=one.publication.effective_on,
            )
            for one in row.documents
        ],
        left_out=[one.id for one in row.left_out],
        sent=[rule_list_shape(one) for one in row.sent],
    )
