"""Clean-up campaigns as pages and workbooks show them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import clerks
from reviewflow.effects.bases import EVENT
from reviewflow.letters.workbook import Sheet
from reviewflow.model.cleanup import Cleanup, CleanupItem, CleanupResult
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.work import Work

HEADINGS = ("文件名称", "文号", "起草单位", "起草单位意见", "理由", "清理结果", "说明")


@dataclass(frozen=True, slots=True)
class CleanupRow:
    """A campaign in a list, with how far it is."""

    cleanup: Cleanup
    documents: int
    answered: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class CleanupPage:
    """One campaign with every document of its list; none is left out."""

    cleanup: Cleanup
    items: Sequence[CleanupItem]
    own_units: frozenset[int]
    may_confirm: bool
    is_late: bool
    changed_bases: Mapping[int, Sequence[str]]
    """By document, what it rests on that has changed since."""

    @property
    def waiting(self) -> Mapping[str, int]:
        """How many documents wait for which unit."""
        return Counter(one.unit.name for one in self.items if one.proposal is None)

    @property
    def unconfirmed(self) -> int:
        """How many documents have no result."""
        return sum(one.result is None for one in self.items)

    @property
    def results(self) -> Mapping[CleanupResult | None, int]:
        """How many documents there are with each result."""
        return Counter(one.result for one in self.items)


def list_cleanups(work: Work) -> list[CleanupRow]:
    """Return the campaigns the actor may see, the latest first."""
    counts = {
        cleanup_id: counted
        for cleanup_id, *counted in work.session.execute(
            sa.select(
                CleanupItem.cleanup_id,
                sa.func.count(),
                sa.func.count(CleanupItem.proposal),
                sa.func.count(CleanupItem.result),
            ).group_by(CleanupItem.cleanup_id)
        )
    }
    found = work.session.scalars(sa.select(Cleanup).order_by(Cleanup.id.desc()))
    return [CleanupRow(one, *counts.get(one.id, (0, 0, 0))) for one in found.unique()]


def cleanup_page(work: Work, cleanup_id: int) -> CleanupPage:
    """Return one campaign.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    cleanup = work.get(Cleanup, cleanup_id)
    found = work.session.scalars(
        sa.select(CleanupItem)
        .where(CleanupItem.cleanup_id == cleanup.id)
        .order_by(CleanupItem.id)
    )
    items = found.unique().all()
    roles = (Role.DRAFTER, Role.UNIT_LEGAL, Role.UNIT_HEAD)
    own = frozenset(unit_id for role, unit_id in work.actor.posts if role in roles)
    is_late = cleanup.published_on is None and work.today > cleanup.due_on
    may_confirm = clerks.actor_reviews_for(work, cleanup.organ)
    changed = _changed_bases(work, cleanup)
    return CleanupPage(cleanup, items, own, may_confirm, is_late, changed)


def _changed_bases(work: Work, cleanup: Cleanup) -> Mapping[int, Sequence[str]]:
    """Return what the documents of a campaign rest on that was ended or changed.

    Who cleans up is to know, though the history of a case is not hers to read.
    """
    listed = sa.select(CleanupItem.document_id).where(
        CleanupItem.cleanup_id == cleanup.id
    )
    select = (
        sa.select(LibraryDocument.id, Event.payload)
        .join(Event, Event.case_id == LibraryDocument.case_id)
        .where(LibraryDocument.id.in_(listed), Event.kind == EVENT)
        .order_by(Event.case_id, Event.seq)
    )
    told: dict[int, list[str]] = {}
    with work.beyond_sight():
        for document_id, said in work.session.execute(select):
            words = f"《{said['title']}》{said['what']}"
            told.setdefault(document_id, []).append(words)
    return told


def cleanup_sheet(page: CleanupPage, words: Mapping[CleanupResult, str]) -> Sheet:
    """Return a campaign as a sheet, a row for every document of its list."""
    rows = [
        (
            item.document.publication.title,
            item.document.publication.doc_number,
            item.unit.name,
            words[item.proposal] if item.proposal else "尚未提出",
            item.reason,
            words[item.result] if item.result else "尚未确认",
            item.result_reason,
        )
        for item in page.items
    ]
    return Sheet(page.cleanup.title, HEADINGS, rows)
