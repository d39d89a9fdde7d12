"""The page of a table of bases: the provisions of the draft, each with its rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import provisions
from reviewflow.basis_rows import (
    Draft,
    Laid,
    Mark,
    find_draft,
    is_kept,
    laid,
    may_keep,
    missing_clauses,
    require_drafting,
    require_latest,
    rows_of,
)
from reviewflow.errors import Conflict, Missing
from reviewflow.model.basis import Basis
from reviewflow.model.case import Case
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work

MOST_ENDED = 200
"""How many of the rows that are no longer in force a page shows."""


@dataclass(frozen=True, slots=True)
class BasisRow:
    """A row, and what has become of its provision."""

    basis: Basis
    mark: Mark | None
    place: str | None
    """Where the text of its provision stands now, if it has moved."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the latest draft, with what it rests on."""

    clause: str
    text: str
    rows: list[BasisRow]


@dataclass(frozen=True, slots=True)
class BasesPage:
    """The table as it stands."""

    head: CaseHead
    draft: Draft | None
    provisions: list[Provision]
    stray: list[BasisRow]
    """Rows whose provision the latest draft does not have."""
    missing: list[str]
    """Provisions without a row."""
    ended: list[Basis]
    """Rows that were replaced or taken out, the latest first."""
    laid: Laid
    can_work: bool

    @property
    def rows(self) -> list[BasisRow]:
        """All rows, in the order of the draft."""
        return [row for one in self.provisions for row in one.rows] + self.stray

    @property
    def marked(self) -> int:
        """How many rows are to be looked at."""
        return sum(row.mark is not None for row in self.rows)

    @property
    def moved(self) -> int:
        """How many rows can follow their provision to another number."""
        return sum(row.mark is Mark.MOVED for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Every provision has a row, and no row is to be looked at."""
        return bool(self.provisions) and not self.missing and not self.marked


@dataclass(frozen=True, slots=True)
class BasisForm:
    """The page on which one row is entered or changed."""

    head: CaseHead
    row: BasisRow | None
    clause: str
    text: str
    """Of the provision, as the latest draft has it."""
    offered: Sequence[str]
    """The provisions of the latest draft."""


def bases_page(work: Work, case_id: int) -> BasesPage:
    """Return the table of a case beside its latest draft.

    Raises:
        Missing: There is no such case for the actor, or its kind has no such table.
    """
    head = case_head(work, case_id)
    if not is_kept(work, head.case):
        raise Missing
    draft, rows = find_draft(work, case_id), rows_of(work, case_id)
    by_clause: dict[str, list[BasisRow]] = defaultdict(list)
    for row in rows:
        by_clause[row.clause].append(shown(row, draft))
    found = draft.provisions if draft else {}
    return BasesPage(
        head=head,
        draft=draft,
        provisions=[
            Provision(clause, text, by_clause.pop(clause, []))
            for clause, text in found.items()
        ],
        stray=[row for rows in by_clause.values() for row in rows],
        missing=missing_clauses(draft, rows),
        ended=_ended(work, case_id),
        laid=laid(work, case_id, rows),
        can_work=may_keep(work, head.case),
    )


def basis_form(
    work: Work, case_id: int, clause: str, basis_id: int | None = None
) -> BasisForm:
    """Return the page on which a row is entered, or one in force is changed.

    Raises:
        Missing: There is no such case or row for the actor.
        Refused: The actor does not draft in its unit.
        Conflict: It is not being drafted, has no draft that can be cut, or the row
            is not in force any more.
    """
    head = case_head(work, case_id)
    require_drafting(work, head.case)
    draft = require_latest(work, head.case, find_draft(work, case_id))
    row = None if basis_id is None else work.get(Basis, basis_id)
    if row is not None and row.case_id != case_id:
        raise Missing
    if row is not None and row.ended_at is not None:
        raise Conflict("这一行已经更改或者删除，请返回对照表查看最新内容。")
    clause = row.clause if row else provisions.named(clause)
    return BasisForm(
        head=head,
        row=shown(row, draft) if row else None,
        clause=clause,
        text=draft.provisions.get(clause, ""),
        offered=list(draft.provisions),
    )


def latest_draft(work: Work, case_id: int) -> Draft | None:
    """Return the latest draft of a case, to be read before it is written about.

    Raises:
        Missing: There is no such case for the actor.
    """
    return find_draft(work, work.get(Case, case_id).id)


def _ended(work: Work, case_id: int) -> list[Basis]:
    return list(
        work.session.scalars(
            sa.select(Basis)
            .where(Basis.case_id == case_id, Basis.ended_at.is_not(None))
            .order_by(Basis.ended_at.desc(), Basis.id.desc())
            .limit(MOST_ENDED)
            .options(joinedload(Basis.entered_by), joinedload(Basis.ended_by))
        )
    )


def shown(row: Basis, draft: Draft | None) -> BasisRow:
    """Return a row with what has become of its provision."""
    mark = draft.mark(row) if draft else None
    place = draft.place_of(row) if draft and mark is Mark.MOVED else None
    return BasisRow(row, mark, place)
