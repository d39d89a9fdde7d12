"""The parts of a yearly report: sentences, tables, charts, lists, what people say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviewflow.model.report import ReportText
from reviewflow.queries.definitions import book
from reviewflow.queries.report_facts import Value
from reviewflow.queries.report_figures import Place, ReportFigures, ReportPart
from reviewflow.queries.report_lists import ReportList, ReportRow, whole_list
from reviewflow.queries.report_outlines import (
    BEFORE,
    Asking,
    Listing,
    Part,
    Rates,
    Table,
    outlines,
)
from reviewflow.queries.report_pieces import Cell, Piece, cell, counted, rated, say


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph."""

    pieces: Cell


@dataclass(frozen=True, slots=True)
class Asked:
    """What people write; empty while nobody has."""

    asking: Asking
    written: ReportText | None

    @property
    def paragraphs(self) -> list[str]:
        """What was written, paragraph by paragraph."""
        text = self.written.text if self.written else ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    @property
    def missing(self) -> str:
        """What is printed in its place until then."""
        return outlines().words["missing"].format(title=self.asking.title)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that belong together in a chart."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: `column`, `bar` or `line`."""

    sort: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the last row is the total if there is one."""

    title: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    chart: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of single things, from its beginning; `more` opens the whole of each."""

    title: str
    more: Sequence[tuple[str, Piece]]
    headings: Sequence[str]
    rows: Sequence[ReportRow]
    ids_of: str
    total: int
    is_long: bool


Block = Said | Asked | Grid | Listed


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of lists is wanted: so many rows, long ones too or only their size."""

    rows: int
    with_long: bool


def block(
    figures: ReportFigures, part: Part, texts: dict[str, ReportText], extent: Extent
) -> Block:
    """Return one part of a report."""
    if isinstance(part, str):
        return Said(say(figures, part))
    if isinstance(part, Asking):
        return Asked(part, texts.get(part.id))
    if isinstance(part, Listing):
        return _listed(figures, part, extent)
    if isinstance(part, Rates):
        return _rates(figures, part)
    return _tally(figures, part) if part.tally else _grid(figures, part)


def _rates(figures: ReportFigures, part: Rates) -> Grid:
    """Return every indicator with numerator and denominator, by groups."""
    place = Place(group=part.by)
    groups = [figures.part(place), *figures.parts(place)]
    return Grid(
        title=part.title,
        headings=[outlines().words["indicator"], *(one.label for one in groups)],
        rows=[
            (definition.title, [rated(one, definition.id) for one in groups])
            for definition in book().each()
        ],
    )


def _grid(figures: ReportFigures, table: Table) -> Grid:
    if table.by is not None:
        place = Place(group=table.by)
        parts = [one for one in figures.parts(place) if _is_in(one, table)]
        named = [(one.label, one) for one in parts]
        total = [(outlines().words["total"], figures.part(place))]
    else:
        total = []
        named = [
            (row.label, figures.part(Place(chain=row.chain, key=row.key)))
            for row in table.rows
        ]
    words = outlines().words["label"] if table.by is None else book().groups[table.by]
    words = table.head or words
    return Grid(
        title=table.title,
        headings=[words, *map(outlines().heading, table.columns)],
        rows=[
            (label, [_cell(figures, one, column) for column in table.columns])
            for label, one in (*named, *total)
        ],
        chart=_drawing(figures, table, named),
    )


def _cell(figures: ReportFigures, part: ReportPart, column: str) -> Cell:
    return cell(_of_column(figures, part, column), column)


def _of_column(figures: ReportFigures, part: ReportPart, column: str) -> ReportPart:
    if not column.endswith(BEFORE):
        return part
    return figures.part(replace(part.place, is_before=True))


def _is_in(part: ReportPart, table: Table) -> bool:
    """There is something of the group to show."""
    names = (column.removesuffix(BEFORE) for column in table.columns)
    return any(part.rate(name) is None and part.count(name) for name in names)


def _drawing(
    figures: ReportFigures, table: Table, named: Sequence[tuple[str, ReportPart]]
) -> Drawing | None:
    if not table.chart or not named:
        return None
    series = [
        Series(
            outlines().heading(column),
            [
                _of_column(figures, one, column).count(column.removesuffix(BEFORE))
                for _, one in named
            ],
        )
        for column in table.of
    ]
    year = f"{figures.year}年"  # stands in the title of the report
    labels = [label.removeprefix(year) for label, _ in named]
    return Drawing(table.chart, table.title, labels, series)


def _tally(figures: ReportFigures, table: Table) -> Grid:
    """Return one number in each row, beside that of the year before."""
    words = outlines().words
    now, then = (figures.part(Place(is_before=before)) for before in (False, True))
    names = [outlines().heading(count) for count in table.tally]
    rows = [
        (name, [(counted(now, count),), (counted(then, count),)])
        for name, count in zip(names, table.tally, strict=True)
    ]
    values = [now.count(count) for count in table.tally]
    chart = Drawing(table.chart, table.title, names, [Series(words["now"], values)])
    return Grid(
        table.title, [words["label"], words["now"], words["before"]], rows, chart
    )


def _listed(figures: ReportFigures, part: Listing, extent: Extent) -> Listed:
    place = Place()
    whole = figures.part(place)
    most = extent.rows if extent.with_long or not part.is_long else 0
    lists = [whole_list(figures, count, place, most) for count in part.of]
    is_mixed = len({one.headings for one in lists}) > 1
    rows = list(_rows(lists, is_mixed=is_mixed))
    headings = lists[0].headings
    if is_mixed:
        headings = (*headings[:3], outlines().words["situation"])
    return Listed(
        title=part.title,
        more=[(outlines().title(count), counted(whole, count)) for count in part.of],
        headings=headings,
        rows=rows[:most],
        ids_of=lists[0].ids_of,
        total=sum(one.paging.total for one in lists),
        is_long=part.is_long,
    )


def _rows(lists: Sequence[ReportList], *, is_mixed: bool) -> Iterator[ReportRow]:
    """Give the rows one list after the other; unlike ones say of which list."""
    for one in lists:
        for row in one.rows:
            if not is_mixed:
                yield row
                continue
            values: tuple[Value, ...] = (*row.values[:3], one.title)
            yield replace(row, values=values)
