"""Ledgers that were imported, and what a ledger has to look like."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.ledger_columns import COLUMNS, MOST_ROWS, Column
from reviewflow.letters.workbook import Sheet
from reviewflow.model.ledger import LedgerEntry, LedgerImport
from reviewflow.model.people import Role
from reviewflow.model.publication import Publication
from reviewflow.work import Work

MOST = 50
SHEET, HELP = "文件", "填写说明"
HEADINGS = ("列", "是否必填", "怎样填写")


@dataclass(frozen=True, slots=True)
class LedgersPage:
    """What the page of ledgers shows."""

    columns: Sequence[Column]
    most: int
    """Rows of one file."""
    imports: Sequence[LedgerImport]
    """The latest; others than administrators see their own."""


def ledgers_page(work: Work) -> LedgersPage:
    """Return the ledgers that were imported, the latest first.

    Raises:
        Refused: The actor neither administers the installation nor files.
    """
    permissions.require_ledgers(work.actor)
    select = sa.select(LedgerImport).order_by(LedgerImport.id.desc()).limit(MOST)
    if not work.actor.holds(Role.ADMIN):
        select = select.where(LedgerImport.imported_by_id == work.actor.id)
    return LedgersPage(COLUMNS, MOST_ROWS, work.session.scalars(select).all())


def template_sheets(work: Work) -> list[Sheet]:
    """Return an empty ledger to be filled in, and how.

    Raises:
        Refused: As `ledgers_page`.
    """
    permissions.require_ledgers(work.actor)
    told = [(c.heading, "必填" if c.is_required else "", c.hint) for c in COLUMNS]
    return [
        Sheet(SHEET, [column.heading for column in COLUMNS], []),
        Sheet(HELP, HEADINGS, told),
    ]


def entry_of(work: Work, published: Publication) -> LedgerEntry | None:
    """Return the row of a ledger that a document came from, if it came from one."""
    if published.backfilled_at is None:
        return None
    with work.beyond_sight():  # who sees the document is told where it came from
        return work.session.scalar(
            sa.select(LedgerEntry).where(LedgerEntry.case_id == published.case_id)
        )
