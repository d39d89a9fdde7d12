"""How yearly reports look, and how one is asked for."""

from typing import Any

from pydantic import Field

from reviewflow.queries.indicator_document import document
from reviewflow.queries.question import Group
from reviewflow.queries.report_blocks import Asked, Block, Grid, Listed, Said
from reviewflow.queries.report_figures import Place
from reviewflow.queries.report_sheets import words_of
from reviewflow.queries.reports import Chapter, ReportPage
from web.api.shapes.indicators import Indicators
from web.api.shapes.people import Organ
from web.api.wire import LARGEST_KEY, Answer, Day, Instant, Query, Word


class ReportQuery(Query):
    """Which report, of which government, as of which day."""

    report: Word = ""
    organ_id: int | None = Field(default=None, ge=1, le=LARGEST_KEY)
    as_of: Day | None = None

    def typed(self) -> dict[str, str]:
        """Return it as the page asks for it."""
        asked = {"report": self.report, "organ": self.organ_id, "as_of": self.as_of}
        return {name: str(said) for name, said in asked.items() if said}


class ReportDue(Answer):
    """By when a report is owed, and by which limit."""

    limit_id: str
    title: str
    due_on: Day
    provisional: bool


class ReportPassage(Answer):
    """What people write; null while nobody has."""

    passage: str
    title: str
    text: str | None
    written_by: str | None
    written_at: Instant | None


class ReportTable(Answer):
    """A table, its headings first; the first cell of a row names it."""

    title: str
    headings: list[str]
    rows: list[list[str]]


class ReportListed(Answer):
    """A list, and how many stand on it."""

    title: str
    total: int


class ReportChapter(Answer):
    """One chapter of a report."""

    title: str
    paragraphs: list[str]
    passages: list[ReportPassage]
    tables: list[ReportTable]
    lists: list[ReportListed]


class ReportRecord(Answer):
    """A report with its figures, by levels, and the lists behind them."""

    report: str
    title: str
    organ: Organ
    year: int
    as_of: Day
    dues: list[ReportDue]
    missing: list[str]
    chapters: list[ReportChapter]
    figures: Indicators


def report_record(page: ReportPage) -> ReportRecord:
    """Return one report; its figures are over the whole area of the government."""
    told: dict[str, Any] = document(page.figures.answer(Place(group=Group.LEVEL)))
    return ReportRecord(
        report=page.outline.key,
        title=page.title,
        organ=Organ.model_validate(page.organ),
        year=page.year,
        as_of=page.figures.as_of,
        dues=[
            ReportDue(
                limit_id=due.limit.id,
                title=due.limit.title,
                due_on=due.deadline.due_on,
                provisional=due.deadline.provisional,
            )
            for due in page.dues
        ],
        missing=[one.asking.title for one in page.missing],
        chapters=[_chapter(chapter) for chapter in page.chapters],
        figures=Indicators.model_validate({**told, "scope": "all"}),
    )


def _chapter(chapter: Chapter) -> ReportChapter:
    def of(sort: type[Block]) -> list[Any]:
        return [block for block in chapter.blocks if isinstance(block, sort)]

    return ReportChapter(
        title=chapter.title,
        paragraphs=[words_of(block.pieces) for block in of(Said)],
        passages=[_passage(block) for block in of(Asked)],
        tables=[_table(block) for block in of(Grid)],
        lists=[
            ReportListed(title=block.title, total=block.total) for block in of(Listed)
        ],
    )


def _passage(block: Asked) -> ReportPassage:
    row = block.written
    return ReportPassage(
        passage=block.asking.id,
        title=block.asking.title,
        text=row.text if row else None,
        written_by=row.written_by.display_name if row else None,
        written_at=row.written_at if row else None,
    )


def _table(block: Grid) -> ReportTable:
    rows = [[label, *map(words_of, cells)] for label, cells in block.rows]
    return ReportTable(title=block.title, headings=list(block.headings), rows=rows)
