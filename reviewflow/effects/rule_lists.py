"""Which organs owe a yearly list of rules, and what belongs on it (规章目录)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from reviewflow.law.deadlines import Deadline
from reviewflow.model.library import DocumentKind, LibraryDocument
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from reviewflow.work import Work

LIMIT = "TL-24"


def opens_on(year: int) -> date:
    """Return from when the list of a year is owed: the year has to be over."""
    return date(year + 1, 1, 1)


def list_deadline(work: Work, year: int) -> Deadline:
    """Return by when the list of a year is sent, and how that comes about.

    Raises:
        Missing: No row of the register was in force then.

    Source: 《法规规章备案审查条例》第二十二条 (TL-24).
    """
    return work.law.deadline(LIMIT, opens_on(year))


def is_owed(work: Work, year: int) -> bool:
    """A row of the register asks for the list of that year."""
    return work.law.knows(LIMIT, opens_on(year))


def rule_makers(work: Work, year: int) -> Sequence[Unit]:
    """Return the organs that have made rules by the end of a year, in official order.

    Who made none in the year itself says so with an empty list.
    """
    made = (
        sa.select(Publication.maker_id)
        .select_from(LibraryDocument)
        .join(LibraryDocument.publication)
        .where(
            Publication.kind_code == DocumentKind.ZFGZ,
            Publication.published_on < opens_on(year),
        )
    )
    return work.session.scalars(
        sa.select(Unit).where(Unit.id.in_(made)).order_by(Unit.position, Unit.id)
    ).all()


def rules_of(work: Work, year: int) -> Sequence[LibraryDocument]:
    """Return the rules that were published in a year, the first one first."""
    first, end = date(year, 1, 1), opens_on(year)
    return (
        work.session.scalars(
            sa.select(LibraryDocument)
            .join(LibraryDocument.publication)
            .where(
                Publication.kind_code == DocumentKind.ZFGZ,
                Publication.published_on >= first,
                Publication.published_on < end,
            )
            .order_by(Publication.published_on, LibraryDocument.id)
        )
        .unique()
        .all()
    )
