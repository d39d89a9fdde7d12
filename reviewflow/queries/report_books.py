"""The lists behind the numbers of a yearly report as sheets of a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reviewflow import chinese
from reviewflow.errors import Invalid
from reviewflow.letters.workbook import Sheet, Value
from reviewflow.model.filing import Chain
from reviewflow.queries.counted import MOST_EXPORTED
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import TOTAL
from reviewflow.queries.report_blocks import Block, Grid, Listed, Said
from reviewflow.queries.report_figures import Place, ReportFigures
from reviewflow.queries.report_lists import ReportList, whole_list
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_pieces import Piece
from reviewflow.queries.reports import ReportPage

Number = tuple[Place, str]
"""Where a number stands, and what it counts."""
CONTENTS = ("工作表", "数", "时段", "报备系统", "件数", "统计截至")


def list_sheets(figures: ReportFigures, count: str, place: Place) -> list[Sheet]:
    """Return the whole list behind a number, and what it is of.

    Raises:
        Missing: There is no such count.
        Invalid: It is too long for one workbook.
    """
    found = whole_list(figures, count, place, MOST_EXPORTED)
    _require_short(found.paging.total)
    scope = [
        ("报告范围", figures.organ.name),
        ("数", f"{found.title}（{found.group}）"),
        ("时段", _period(figures, place)),
        ("统计截至", chinese.day(figures.question(place).as_of)),
        ("规则版本", figures.answer(place).rule_version),
    ]
    return [_sheet(found.title, found), Sheet("范围", ("条件", "内容"), scope)]


def report_sheets(page: ReportPage) -> list[Sheet]:
    """Return a sheet for each number of a report, over its whole area.

    What a table tells of one level, unit or kind is part of a sheet: the rows say
    which. The first sheet names the others.

    Raises:
        Invalid: Together they are too long for one workbook.
    """
    figures = page.figures
    numbers = dict.fromkeys(_numbers(page))
    _require_short(sum(figures.part(place).count(of) for place, of in numbers))
    contents: list[Sequence[Value]] = []
    sheets: list[Sheet] = []
    for number, (place, of) in enumerate(numbers, start=1):
        found = whole_list(figures, of, place, MOST_EXPORTED)
        title = f"{number:03} {found.title}"
        sheets.append(_sheet(title, found))
        chain = book().labels.get(place.chain.value, place.chain.value)
        as_of = figures.question(place).as_of
        of_filings = found.ids_of == "filings"
        contents.append(
            (
                *(title, found.title, _period(figures, place)),
                *(chain if of_filings else "", found.paging.total, as_of),
            )
        )
    return [Sheet("目录", CONTENTS, contents), *sheets]


def _numbers(page: ReportPage) -> Iterator[Number]:
    """Give every number that opens a list, as it is over the whole area."""
    for piece in _pieces(block for one in page.chapters for block in one.blocks):
        if piece.of:
            place = piece.place or Place()
            whole = replace(place, group=Place().group, key=TOTAL)
            own = piece.of in outlines().counts
            yield (replace(whole, chain=Chain.GOV) if own else whole), piece.of


def _pieces(blocks: Iterable[Block]) -> Iterator[Piece]:
    for block in blocks:
        if isinstance(block, Said):
            yield from block.pieces
        elif isinstance(block, Grid):
            yield from (
                one for _, cells in block.rows for cell in cells for one in cell
            )
        elif isinstance(block, Listed):
            yield from (piece for _, piece in block.more)


def _sheet(title: str, found: ReportList) -> Sheet:
    return Sheet(title, found.headings, [row.values for row in found.rows])


def _period(figures: ReportFigures, place: Place) -> str:
    return f"{figures.year - 1 if place.is_before else figures.year}年"


def _require_short(total: int) -> None:
    if total > MOST_EXPORTED:
        raise Invalid(message=f"共 {total} 行，超过 5 万行，请逐个数字导出清单。")
