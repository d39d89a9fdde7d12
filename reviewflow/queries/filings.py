"""Lists of duties to file: what is owed, to whom, by when (报备)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from reviewflow.filing_moves import stranded
from reviewflow.model.case import Case
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_rows import FilingRow, filing_rows
from reviewflow.queries.paging import ROWS, Paging, paging
from reviewflow.queries.standings import Condition, Duty, Stage, duties, stage_of
from reviewflow.work import Work

REGISTERED = FilingObligation.registered_on.is_not(None)


class Side(StrEnum):
    """Whose duties, seen from the actor's units."""

    OURS = "ours"
    """我单位报送"""
    THEIRS = "theirs"
    """向我单位报备"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which duties a list is to show."""

    stage: Stage | None = None
    status: ObligationStatus | None = None
    chain: Chain | None = None
    side: Side | None = None
    unit_id: int | None = None
    text: str = ""
    is_stranded: bool = False
    """Only those whose receivers work otherwise than they did."""

    def conditions(self, work: Work) -> list[Condition]:
        """Return all conditions but those that follow from the standing."""
        found: list[Condition] = []
        if self.chain is not None:
            found.append(FilingObligation.chain == self.chain)
        if self.unit_id is not None:
            found.append(FilingObligation.maker_id == self.unit_id)
        if self.side is not None:
            ours = _filed_by(work)
            found.append(ours if self.side is Side.OURS else ~ours)
        if self.is_stranded:
            found.append(stranded(work.today))
        if self.text.strip():
            found.append(_has_text(self.text))
        return found


def _filed_by(work: Work) -> Condition:
    filed_by_actors_units = sa.select(Case.id).where(
        Case.unit_id.in_(work.actor.unit_ids)
    )
    return FilingObligation.case_id.in_(filed_by_actors_units)


def _has_text(text: str) -> Condition:
    clean = " ".join(text.split()).strip("《》")
    said = (Publication.title, Publication.doc_number)
    return FilingObligation.publication_id.in_(
        sa.select(Publication.id).where(
            sa.or_(*(column.contains(clean, autoescape=True) for column in said))
        )
    )


@dataclass(frozen=True, slots=True)
class Filings:
    """A page of duties to file, and how many there are at each stage."""

    rows: list[FilingRow]
    paging: Paging
    counts: Mapping[Stage, int]
    stranded: int
    """How many the actor sees whose receivers work otherwise than they did."""

    @property
    def total(self) -> int:
        """How many there are at all stages."""
        return sum(self.counts.values())


def list_filings(work: Work, wanted: Wanted, page: int = 1) -> Filings:
    """Return duties to file: open ones by due date, then the latest registered.

    Registered ones are counted by the database; where their status is asked for,
    and for all that is open, the standing decides.
    """
    where = wanted.conditions(work)
    sorted_out = duties(work, *where, ~REGISTERED)
    registered = 0
    if wanted.status is None:
        registered = _count(work, [*where, REGISTERED])
    else:
        sorted_out += duties(work, *where, REGISTERED)
    counts, ids = _sort(work, wanted, sorted_out)
    counts[Stage.REGISTERED] += registered
    if wanted.stage not in (None, Stage.REGISTERED):
        registered = 0
    cut = paging(len(ids) + registered, page)
    shown = ids[cut.first : cut.end]
    if registered and len(shown) < ROWS:
        after = max(0, cut.first - len(ids))
        shown += _latest(work, [*where, REGISTERED], after, ROWS - len(shown))
    with work.beyond_sight():  # these are seen, and with them what hangs on them
        rows = filing_rows(work, _in_order(work, shown))
    return Filings(rows, cut, counts, _count(work, [stranded(work.today)]))


def _sort(
    work: Work, wanted: Wanted, found: Sequence[Duty]
) -> tuple[Counter[Stage], list[int]]:
    """Count duties by stage; return the ids of those at the stage wanted."""
    counts: Counter[Stage] = Counter()
    chosen = []
    for duty in found:
        if wanted.status in (None, duty.standing.status(work.today)):
            stage = stage_of(duty.standing, work.today)
            counts[stage] += 1
            if wanted.stage in (None, stage):
                chosen.append(duty)
    chosen.sort(key=lambda duty: duty.order(work.today))
    return counts, [duty.id for duty in chosen]


def _count(work: Work, where: Sequence[Condition]) -> int:
    count = sa.select(sa.func.count(FilingObligation.id)).where(*where)
    return work.session.scalar(count) or 0


def _latest(
    work: Work, where: Sequence[Condition], after: int, count: int
) -> list[int]:
    newest = FilingObligation.registered_on.desc(), FilingObligation.id.desc()
    select = sa.select(FilingObligation.id).where(*where).order_by(*newest)
    return list(work.session.scalars(select.offset(after).limit(count)))


def _in_order(work: Work, ids: list[int]) -> list[FilingObligation]:
    select = sa.select(FilingObligation).where(FilingObligation.id.in_(ids))
    found = {duty.id: duty for duty in work.session.scalars(select).unique()}
    return [found[number] for number in ids]


def makers(work: Work) -> list[Unit]:
    """Return whose documents the actor sees duties of, in official order."""
    return list(
        work.session.scalars(
            sa.select(Unit)
            .join(FilingObligation, FilingObligation.maker_id == Unit.id)
            .distinct()
            .order_by(Unit.position, Unit.id)
        )
    )
