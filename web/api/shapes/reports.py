"""How yearly reports look, and how one is asked for."""

from typing import Any

from pydantic import Field

from reviewflow.model.report import ReportText
from reviewflow.queries.indicator_document import document
from reviewflow.queries.question import Group
from reviewflow.queries.report_blocks import Asked, Block, Grid, Listed, Said
from reviewflow.queries.report_figures import Place
from reviewflow.queries.report_outlines import Asking
from reviewflow.queries.report_sheets import words_of
from reviewflow.queries.reports import Chapter, ReportPage
from reviewflow.usecases.reports import NOTHING_READ
from web.api.shapes.indicators import Indicators
from web.api.shapes.people import Organ
from web.api.shapes.report_sendings import Sending, sending_shape
from web.api.wire import (
    LARGEST_KEY,
    Answer,
    Body,
    Day,
    Instant,
    Key,
    Query,
    Text,
    Word,
)


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


class NewPassage(Body):
    """What somebody writes into a report; an empty text takes it back."""

    report: Word
    organ_id: Key
    passage: Word
    text: Text
    wording_id: int | None = None
    """The wording that is replaced, as it was read; null if there was none."""

    def typed(self) -> dict[str, str]:
        """Return it as the page sends it."""
        return {
            "report": self.report,
            "organ": str(self.organ_id),
            "passage": self.passage,
            "text": self.text,
            "read": str(self.wording_id or NOTHING_READ),
        }


class ReportPassage(Answer):
    """What people write; null while nobody has."""

    passage: str
    title: str
    wording_id: int | None
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
    sent: Sending | None
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
        sent=sending_shape(page.sent) if page.sent else None,
        chapters=[_chapter(chapter) for chapter in page.chapters],
        figures=Indicators.model_validate({**told, "scope": "all"}),
    )


def passage_shape(asking: Asking, row: ReportText | None) -> ReportPassage:
    """Return what stands in a passage."""
    written = row if row is not None and row.text else None
    return ReportPassage(
        passage=asking.id,
        title=asking.title,
        wording_id=row.id if row else None,
        text=written.text if written else None,
        written_by=written.written_by.display_name if written else None,
        written_at=written.written_at if written else None,
    )


def _chapter(chapter: Chapter) -> ReportChapter:
    def of(sort: type[Block]) -> list[Any]:
        return [block for block in chapter.blocks if isinstance(block, sort)]

    return ReportChapter(
        title=chapter.title,
        paragraphs=[words_of(block.pieces) for block in of(Said)],
        passages=[passage_shape(block.asking, block.written) for block in of(Asked)],
        tables=[_table(block) for block in of(Grid)],
        lists=[
            ReportListed(title=block.title, total=block.total) for block in of(Listed)
        ],
    )


def _table(block: Grid) -> ReportTable:
    rows = [[label, *map(words_of, cells)] for label, cells in block.rows]
    return ReportTable(title=block.title, headings=list(block.headings), rows=rows)
