"""One duty to file in full: package, clocks, what happened, what is asked now."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock, clocks
from reviewflow.effects.filing_reviews import authority_id, is_apart
from reviewflow.filing_moves import is_stranded
from reviewflow.kinds.forms import Form
from reviewflow.law.deadlines import Deadline
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.ledger import LedgerEntry
from reviewflow.model.people import Role
from reviewflow.queries.documents import documents_of
from reviewflow.queries.filing_packages import TEXT, form_findings
from reviewflow.queries.filing_rows import FilingRow, filing_rows
from reviewflow.queries.lamps import Lamp, light_clock
from reviewflow.queries.ledgers import entry_of
from reviewflow.queries.letters import LetterEntry, letters
from reviewflow.work import Work

TOLD = ("filing.", "document.attached", "task.reassigned")
"""How the events begin that the page tells."""


@dataclass(frozen=True, slots=True)
class PackageItem:
    """A line of the package that is filed, with what was uploaded for it."""

    role: str
    label: str
    note: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class FilingClock:
    """A clock of the duty: by which limit, until when, and how that comes about."""

    row: CaseDeadline
    limit: TimeLimit
    lamp: Lamp
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class FilingPage:
    """All that the page of one duty to file shows."""

    row: FilingRow
    form: Form | None
    """What is asked of the actor now."""
    package: list[PackageItem]
    findings: list[str]
    """What a receiver would find wrong with its form, while it can be mended."""
    clocks: list[FilingClock]
    events: list[Event]
    letters: list[LetterEntry]
    review: FilingReview | None
    """The review of what was registered, once it has begun."""
    may_review: bool
    """The actor may begin it."""
    may_move: bool
    """Its receiver works otherwise than it did, and the actor files it."""
    is_stranded: bool
    """Its receiver works otherwise than it did."""
    entry: LedgerEntry | None
    """The row of a ledger it was entered from, if it was (补录)."""
    origin: Case | None
    """The case in which the document was made, if the actor may see it."""

    @property
    def duty(self) -> FilingObligation:
        """The row itself."""
        return self.row.duty

    @property
    def held(self) -> dict[str, Document]:
        """What is in the package, by role."""
        return {item.role: item.document for item in self.package if item.document}

    @property
    def receipt(self) -> Event | None:
        """The registration, once there is one."""
        return next((e for e in self.events if e.kind == "filing.registered"), None)


def filing_page(work: Work, filing_id: int) -> FilingPage:
    """Return one duty to file.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    duty = work.get(FilingObligation, filing_id)
    row = filing_rows(work, [duty])[0]
    review = find_review(work, duty)
    moved = is_stranded(work, duty)
    form = None
    has_left = moved and not duty.is_outside  # nothing is sent to who is not there
    if row.task is not None and row.waits_for_actor and not has_left:
        form = work.process(duty.case).kind.forms[row.task.step]
    return FilingPage(
        row=row,
        form=form,
        package=_package(work, duty),
        findings=form_findings(work, duty) if _is_to_be_sent(form) else [],
        clocks=_clocks(work, duty),
        events=_events(work, duty),
        letters=_letters(work, duty),
        review=review,
        may_review=review is None and _may_review(work, duty),
        may_move=moved and work.actor.holds(Role.FILER, duty.case.unit_id),
        is_stranded=moved,
        entry=entry_of(work, duty.publication),
        origin=work.session.scalar(
            sa.select(Case).where(Case.id == duty.case.parent_id)
        ),
    )


def find_review(work: Work, duty: FilingObligation) -> FilingReview | None:
    """Return the review of a filing, if it has begun and the actor sees it."""
    return work.session.scalar(
        sa.select(FilingReview).where(FilingReview.obligation_id == duty.id)
    )


def _may_review(work: Work, duty: FilingObligation) -> bool:
    return (
        duty.registered_on is not None
        and work.actor.holds(Role.FILING_REVIEWER)
        and work.actor.holds(Role.FILING_REVIEWER, authority_id(work, duty))
        and is_apart(work, duty)
    )


def _is_to_be_sent(form: Form | None) -> bool:
    """The actor puts papers together, rather than entering what was answered."""
    return form is not None and any(need.role == TEXT for need in form.documents)


def _package(work: Work, duty: FilingObligation) -> list[PackageItem]:
    held = documents_of(work, duty.case_id)
    listed = [
        PackageItem(need.role, need.label, need.note, held.pop(need.role, None))
        for need in work.process(duty.case).kind.checklist
    ]
    return listed + [
        PackageItem(role, document.title, "", document)
        for role, document in held.items()
    ]


def _clocks(work: Work, duty: FilingObligation) -> list[FilingClock]:
    """Return the latest clock under each limit: of filing, of correction."""
    rows = work.session.scalars(
        sa.select(CaseDeadline)
        .where(CaseDeadline.case_id == duty.case_id)
        .order_by(CaseDeadline.id)
    )
    latest = {row.limit_id: row for row in rows}
    return [
        FilingClock(
            row=row,
            limit=work.law.limit(row.limit_id, row.started_on),
            lamp=light_clock(work, row),
            deadline=clocks.explain(work, row),
        )
        for row in latest.values()
    ]


def _letters(work: Work, duty: FilingObligation) -> list[LetterEntry]:
    """Return the letters of what was done here; others wrote those of the past."""
    entered_at = duty.publication.backfilled_at
    found = letters(work, duty.case_id)
    if entered_at is None:
        return found
    entered_on = clock.beijing_date(entered_at)
    return [letter for letter in found if letter.since >= entered_on]


def _events(work: Work, duty: FilingObligation) -> list[Event]:
    rows = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == duty.case_id)
        .order_by(Event.seq)
        .options(joinedload(Event.actor), joinedload(Event.unit))
    )
    return [event for event in rows if event.kind.startswith(TOLD)]
