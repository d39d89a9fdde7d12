"""Registers as workbooks: the rows and headings of the page, all of them."""

from collections.abc import Callable, Iterator, Sequence

from reviewflow.config import MOST_EXPORTED
from reviewflow.errors import Invalid
from reviewflow.letters.workbook import Sheet
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.queries.register_rows import all_rows, chosen, count_rows
from reviewflow.register_columns import Column, Value, find_register
from reviewflow.work import Work

Tell = Callable[[int], None]


def register_sheet(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[str] = (),
    most: int = MOST_EXPORTED,
) -> Sheet:
    """Return all rows of a register as a sheet, for whoever waits for it.

    Args:
        work: Actor, instant and transaction.
        name: Of the register.
        wanted: Which rows.
        columns: Ids of the columns, in order; the usual ones if there are none.
        most: How many rows somebody waits for.

    Raises:
        Missing: There is no such register.
        Invalid: It is too long for that; it is to be made beside the pages.
    """
    find_register(name)
    total = count_rows(work, name, wanted)
    if total > most:
        raise Invalid(
            message=f"共 {total} 行，超过一次下载的 {most} 行。请回到台账页面，"
            "按“导出 Excel”转为后台生成，完成后通知您。"
        )
    return long_register_sheet(work, name, wanted, columns, lambda _done: None)


def long_register_sheet(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[str],
    tell: Tell,
) -> Sheet:
    """Return a register as a sheet, however long: rows are read as they are written.

    Args:
        work: Actor, instant and transaction; open for as long as rows are read.
        name: Of the register.
        wanted: Which rows.
        columns: Ids of the columns, in order; the usual ones if there are none.
        tell: Told how many rows are read.

    Raises:
        Missing: There is no such register.
    """
    register = find_register(name)
    shown = chosen(register, columns)

    def rows() -> Iterator[tuple[Value, ...]]:
        done = 0
        for lines in all_rows(work, name, wanted, shown):
            yield from (values for _, values in lines)
            done += len(lines)
            tell(done)

    return Sheet(register.title, _headings(shown), rows())


def _headings(columns: Sequence[Column]) -> list[str]:
    return [column.heading for column in columns]
