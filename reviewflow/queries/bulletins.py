"""Bulletins: which there are, one with its seal, and what may be made (情况通报)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.bulletin_rows import Seal, governments, seal_of
from reviewflow.errors import Conflict, Refused
from reviewflow.model.bulletin import Bulletin, Period, read_period
from reviewflow.model.people import Unit
from reviewflow.queries.bulletin_comparisons import Comparison, compare_bulletin
from reviewflow.queries.bulletin_figures import Frozen, read_frozen
from reviewflow.queries.bulletin_words import words
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.slices import Window
from reviewflow.work import Work

NOT_READING = "情况通报由本级审查机构的签发人、备案审查人或者监督人员制作和查看。"
TRUSTED = (Seal.INTACT, Seal.OTHER_KEY)
MONTHS, QUARTERS, YEARS = 12, 4, 2
"""How many periods that are over are offered of each length."""


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """One bulletin; what cannot be trusted shows no figures."""

    row: Bulletin
    title: str
    period: str
    seal: Seal
    frozen: Frozen | None

    @property
    def is_trusted(self) -> bool:
        """It is what was signed."""
        return self.seal in TRUSTED


@dataclass(frozen=True, slots=True)
class BulletinsPage:
    """A part of the list, and what is needed to make another."""

    rows: Sequence[BulletinPage]
    paging: Paging
    organs: Sequence[Unit]
    periods: Sequence[Period]
    public_key: str


def makes_bulletins(work: Work) -> bool:
    """The actor makes bulletins for some government."""
    return bool(governments(work))


def bulletins_page(work: Work, wanted: int) -> BulletinsPage:
    """Return a page of the bulletins the actor may see, the latest first.

    Raises:
        Refused: The actor makes none, and so sees none.
    """
    organs = governments(work)
    cut = paging(count_bulletins(work), wanted)
    return BulletinsPage(
        rows=list_bulletins(work, cut.window),
        paging=cut,
        organs=organs,
        periods=list(_over(work.today)),
        public_key=work.signer.public_key,
    )


def count_bulletins(work: Work) -> int:
    """Return how many bulletins the actor may see.

    Raises:
        Refused: The actor makes none, and so sees none.
    """
    if not governments(work):
        raise Refused(NOT_READING)
    return work.session.scalar(sa.select(sa.func.count(Bulletin.id))) or 0


def list_bulletins(work: Work, cut: Window) -> list[BulletinPage]:
    """Return a part of the bulletins the actor may see, the latest first."""
    rows = work.session.scalars(
        sa.select(Bulletin)
        .order_by(Bulletin.id.desc())
        .limit(cut.limit)
        .offset(cut.offset)
    ).unique()
    return [_page(work, row) for row in rows]


def bulletin_page(work: Work, bulletin_id: int) -> BulletinPage:
    """Return one bulletin, its digest and signature worked out anew.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    return _page(work, work.get(Bulletin, bulletin_id))


def trusted_page(work: Work, bulletin_id: int) -> BulletinPage:
    """Return one bulletin that is what was signed.

    Raises:
        Missing: There is none, or the actor may not see it.
        Conflict: It has been altered.
    """
    page = bulletin_page(work, bulletin_id)
    if not page.is_trusted:
        raise Conflict("这份通报的内容与签名时不一致，不能使用，请联系管理员核查。")
    return page


def comparison(work: Work, bulletin_id: int) -> tuple[BulletinPage, Comparison]:
    """Return one bulletin, and what its figures would be today.

    Raises:
        Missing: There is none, or the actor may not see it.
        Conflict: It has been altered.
        Invalid: The calendar does not reach.
    """
    page = trusted_page(work, bulletin_id)
    return page, compare_bulletin(work, page.row)


def _page(work: Work, row: Bulletin) -> BulletinPage:
    seal, period = seal_of(work, row), read_period(row.period)
    label = row.period if period is None else period.label
    return BulletinPage(
        row=row,
        title=words()["title"].format(organ=row.organ.name, period=label),
        period=label,
        seal=seal,
        frozen=read_frozen(row) if seal in TRUSTED else None,
    )


def _over(today: date) -> Iterator[Period]:
    """Give the periods that are over, the latest of each length first."""
    months = [
        f"{today.year - back // MONTHS}-{MONTHS - back % MONTHS:02}"
        for back in range(2 * MONTHS)
    ]
    quarters = [
        f"{today.year - back // QUARTERS}Q{QUARTERS - back % QUARTERS}"
        for back in range(2 * QUARTERS)
    ]
    spans = [month.replace("-", "/") for month in months if "-01" not in month]
    years = [f"{today.year - back}" for back in range(YEARS + 1)]
    for keys, most in (
        (months, MONTHS),
        (quarters, QUARTERS),
        (spans, MONTHS),
        (years, YEARS),
    ):
        found = [period for key in keys if (period := read_period(key)) is not None]
        yield from [one for one in found if one.is_over(today)][:most]
