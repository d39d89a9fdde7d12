"""Lists of rules of a year: who owes one by when, what stands on it (规章目录)."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from reviewflow import organs
from reviewflow.effects.rule_lists import (
    LIMIT,
    is_owed,
    list_deadline,
    opens_on,
    rule_makers,
    rules_of,
)
from reviewflow.errors import Missing
from reviewflow.law.deadlines import Deadline
from reviewflow.law.limits import TimeLimit
from reviewflow.letters.workbook import Sheet
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role, Unit
from reviewflow.model.rule_list import RuleList
from reviewflow.work import Work

HEADINGS = ("规章名称", "命令编号", "公布日期", "施行日期", "公布载体")


class ListState(enum.StrEnum):
    """How far the list of an organ has come."""

    AHEAD = "AHEAD"
    """尚未到报送时间"""
    DUE = "DUE"
    """待报送"""
    LATE = "LATE"
    """逾期未报送"""
    SENT = "SENT"
    """按期报送"""
    SENT_LATE = "SENT_LATE"
    """逾期报送"""


@dataclass(frozen=True, slots=True)
class OwedList:
    """What one organ owes for a year, and what it has sent."""

    organ: Unit
    documents: Sequence[LibraryDocument]
    sent: Sequence[RuleList]
    """The first decides whether it was in time; others are supplements."""
    state: ListState
    left_out: Sequence[LibraryDocument]
    """Of the year, but on none of the lists sent."""
    may_send: bool
    files: bool
    """The actor files for the organ."""


@dataclass(frozen=True, slots=True)
class RuleListYear:
    """All that the page of a year shows; without a limit nothing was owed."""

    year: int
    limit: TimeLimit | None
    deadline: Deadline | None
    rows: Sequence[OwedList]


def rule_list_year(work: Work, year: int) -> RuleListYear:
    """Return who owes the list of a year, by when and why, and what was sent."""
    if not is_owed(work, year):
        return RuleListYear(year, None, None, ())
    deadline, rules = list_deadline(work, year), rules_of(work, year)
    sent = _sent(work, year)
    rows = [
        _owed(
            work,
            organ,
            (year, deadline.due_on),
            [one for one in rules if one.publication.maker_id == organ.id],
            [one for one in sent if one.organ_id == organ.id],
        )
        for organ in rule_makers(work, year)
    ]
    limit = work.law.limit(LIMIT, opens_on(year))
    return RuleListYear(year, limit, deadline, rows)


def owed_lists(work: Work) -> RuleListYear:
    """Return the lists of the year that is over which the actor has yet to send."""
    year = work.today.year - 1
    if Role.FILER not in work.actor.roles:
        return RuleListYear(year, None, None, ())
    page = rule_list_year(work, year)
    waiting = [row for row in page.rows if row.may_send]
    return RuleListYear(page.year, page.limit, page.deadline, waiting)


def rule_sheet(work: Work, organ_id: int, year: int) -> Sheet:
    """Return the list of one organ as a table.

    Raises:
        Missing: It makes no rules.
    """
    found = [one for one in rule_makers(work, year) if one.id == organ_id]
    if not found:
        raise Missing
    return Sheet(
        f"{found[0].name}{year}年规章目录",
        HEADINGS,
        [
            (
                one.publication.title,
                one.publication.doc_number,
                one.publication.published_on,
                one.publication.effective_on,
                one.publication.channel,
            )
            for one in rules_of(work, year)
            if one.publication.maker_id == organ_id
        ],
    )


def receipt_of(work: Work, rule_list_id: int) -> RuleList:
    """Return a list whose receipt is there.

    Raises:
        Missing: There is none, or it has no receipt.
    """
    row = work.get(RuleList, rule_list_id)
    if not row.receipt_sha256:
        raise Missing
    return row


def _owed(
    work: Work,
    organ: Unit,
    period: tuple[int, date],
    documents: Sequence[LibraryDocument],
    sent: Sequence[RuleList],
) -> OwedList:
    year, due_on = period
    listed = {line.document_id for one in sent for line in one.lines}
    left_out = [one for one in documents if one.id not in listed] if sent else []
    files = Role.FILER in work.actor.roles and work.actor.holds(
        Role.FILER, organs.filer_of(work, organ).id
    )
    is_open = work.today >= opens_on(year) and (not sent or bool(left_out))
    state = _state(work.today, opens_on(year), due_on, sent)
    return OwedList(organ, documents, sent, state, left_out, files and is_open, files)


def _state(
    today: date, opens: date, due_on: date, sent: Sequence[RuleList]
) -> ListState:
    if sent:
        return ListState.SENT_LATE if sent[0].is_late else ListState.SENT
    if today < opens:
        return ListState.AHEAD
    return ListState.LATE if today > due_on else ListState.DUE


def _sent(work: Work, year: int) -> Sequence[RuleList]:
    return (
        work.session.scalars(
            sa.select(RuleList)
            .where(RuleList.year == year)
            .options(selectinload(RuleList.lines))
            .order_by(RuleList.id)
        )
        .unique()
        .all()
    )
