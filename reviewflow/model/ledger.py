"""Ledgers of the past: files that were imported, and what each row says (历史台账)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import User


class LedgerImport(Row):
    """One file that was imported whole: which, when, by whom."""

    __tablename__ = "ledger_import"

    name: Mapped[str]
    sha256: Mapped[str]
    """Digest of the file; its bytes are kept."""
    rows: Mapped[int]
    """How many documents it brought in."""
    known: Mapped[int]
    """How many it named that were there already."""
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)

    imported_by: Mapped[User] = relationship(lazy="joined")


class LedgerEntry(Row):
    """One row of a ledger: the document it tells of, and of its review.

    A review before this system leaves no evidence here, so it is shown and not
    counted.
    """

    __tablename__ = "ledger_entry"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    """The case that registered the document."""
    import_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ledger_import.id"), index=True
    )
    number: Mapped[int]
    """Of the row, as the sheet shows it."""
    digest: Mapped[str]
    """SHA-256 of what the row says; the same row again is known by it."""
    review_conclusion: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None]

    ledger: Mapped[LedgerImport] = relationship(lazy="joined")
