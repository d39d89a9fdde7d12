"""A yearly report as a Word file to be sent to whom it is owed."""

from collections.abc import Iterator
from datetime import date

from reviewflow.letters import chart_docx
from reviewflow.letters.report_docx import (
    Broadside,
    Heading,
    Printed,
    Text,
    render_report,
)
from reviewflow.letters.workbook import Sheet
from reviewflow.queries.report_blocks import (
    Asked,
    Block,
    Drawing,
    Grid,
    Listed,
    Said,
)
from reviewflow.queries.report_facts import Value
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_pieces import Cell
from reviewflow.queries.reports import ReportPage


def report_docx(page: ReportPage) -> bytes:
    """Return the bytes of the Word file; what nobody has written stands out in red."""
    as_of = page.figures.as_of
    return render_report(page.title, page.basis, list(_printed(page)), as_of)


def _printed(page: ReportPage) -> Iterator[Printed]:
    for chapter in page.chapters:
        if chapter.is_annex:
            yield Text(outlines().words["law"])
            yield Broadside()
        yield Heading(chapter.title)
        for block in chapter.blocks:
            yield from _of_block(block, page.year)


def _of_block(block: Block, year: int) -> Iterator[Printed]:
    if isinstance(block, Said):
        yield Text(words_of(block.pieces))
    elif isinstance(block, Asked):
        if not block.written:
            yield Text(block.missing, is_missing=True)
        yield from map(Text, block.paragraphs)
    elif isinstance(block, Grid):
        if block.chart is not None:
            yield _chart(block.chart)
        rows = [[label, *map(words_of, cells)] for label, cells in block.rows]
        yield Sheet(block.title, block.headings, rows)
    else:
        yield from _list(block, year)


def _list(block: Listed, year: int) -> Iterator[Printed]:
    words = outlines().words
    if not block.rows:
        yield Text(f"{block.title}：{words['nothing']}")
        return
    rows = [[_value(value, year) for value in row.values] for row in block.rows]
    yield Sheet(block.title, block.headings, rows)
    if len(block.rows) < block.total:
        said = words["unending"].format(total=block.total, most=len(block.rows))
        yield Text(said)


def _chart(drawing: Drawing) -> chart_docx.Chart:
    series = [chart_docx.Series(one.name, one.values) for one in drawing.series]
    return chart_docx.Chart(drawing.sort, drawing.title, drawing.labels, series)


def words_of(cell: Cell) -> str:
    """Return what some pieces say together."""
    return "".join(piece.text for piece in cell)


def _value(value: Value, year: int) -> str:
    """Return what stands in a table: days of the year itself without the year."""
    if value is None:
        return "—"
    if isinstance(value, date):
        return value.strftime("%m-%d" if value.year == year else "%Y-%m-%d")
    return str(value)
