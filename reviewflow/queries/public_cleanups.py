"""Published results of clean-ups, as everybody may read them (清理结果目录)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.letters.workbook import Sheet
from reviewflow.model.cleanup import Cleanup, CleanupItem, CleanupResult
from reviewflow.work import Work

HEADINGS = ("文件名称", "文号", "制定机关", "公布日期", "清理结果")
LISTS: Mapping[str, tuple[CleanupResult, ...]] = {
    "继续有效的文件目录": (CleanupResult.KEEP,),
    "拟修改的文件目录": (CleanupResult.AMEND,),
    "废止和宣布失效的文件目录": (CleanupResult.REPEAL, CleanupResult.LAPSE),
}


@dataclass(frozen=True, slots=True)
class PublicItem:
    """One document with its result; what units and office argued stays inside."""

    library_id: int
    title: str
    doc_number: str
    maker: str
    published_on: date | None
    result: CleanupResult


@dataclass(frozen=True, slots=True)
class PublicCleanup:
    """One published campaign with its lists, each under its name."""

    cleanup: Cleanup
    lists: Mapping[str, Sequence[PublicItem]]


def published_cleanups(work: Work) -> Sequence[Cleanup]:
    """Return every published campaign, the latest first."""
    published = sa.select(Cleanup).where(Cleanup.published_on.is_not(None))
    order = (Cleanup.published_on.desc(), Cleanup.id.desc())
    return work.session.scalars(published.order_by(*order)).unique().all()


def public_cleanup(work: Work, cleanup_id: int) -> PublicCleanup:
    """Return one published campaign.

    Raises:
        Missing: There is none, or it is not published.
    """
    cleanup = work.get(Cleanup, cleanup_id)
    if cleanup.published_on is None:
        raise Missing
    items = work.session.scalars(
        sa.select(CleanupItem)
        .where(CleanupItem.cleanup_id == cleanup.id)
        .order_by(CleanupItem.id)
    ).unique()
    rows = [_public(item, item.result) for item in items if item.result]
    return PublicCleanup(
        cleanup,
        {
            name: [row for row in rows if row.result in results]
            for name, results in LISTS.items()
        },
    )


def public_sheets(
    page: PublicCleanup, words: Mapping[CleanupResult, str]
) -> list[Sheet]:
    """Return each list as a sheet, also one in which nothing stands."""
    return [
        Sheet(
            name,
            HEADINGS,
            [
                (
                    *(row.title, row.doc_number, row.maker),
                    *(row.published_on, words[row.result]),
                )
                for row in rows
            ],
        )
        for name, rows in page.lists.items()
    ]


def _public(item: CleanupItem, result: CleanupResult) -> PublicItem:
    published = item.document.publication
    return PublicItem(
        library_id=item.document_id,
        title=published.title,
        doc_number=published.doc_number,
        maker=published.maker.name,
        published_on=published.published_on,
        result=result,
    )
