"""条文依据对照表 as it goes out: on paper, and as a sheet to be filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow import chinese
from reviewflow.basis_rows import NATURES, Draft, stamp_of
from reviewflow.letters.workbook import Sheet
from reviewflow.model.basis import Basis
from reviewflow.queries.bases import BasesPage, bases_page
from reviewflow.work import Work

TITLE = "条文依据对照表"
HEADINGS = (
    *("条款", "条文内容", "依据名称及条款", "依据原文"),
    "说明（执行性/细化性/自设）",
)
SHARES = (2, 9, 6, 9, 5)
"""How broad the columns are on paper."""
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasesOut:
    """The table at one instant, and which rows it was made from."""

    sheet: Sheet
    facts: list[str]
    """The lines above the table on paper."""
    day: date
    stamp: str
    draft: Draft | None


def find_table(work: Work, case_id: int) -> BasesOut:
    """Return the table of a case; a provision without a row has empty cells.

    Raises:
        Missing: There is no such case for the actor, or its kind has no such table.
    """
    page = bases_page(work, case_id)
    return BasesOut(
        sheet=Sheet(TITLE, HEADINGS, list(_lines(page))),
        facts=_facts(page),
        day=work.today,
        stamp=stamp_of(row.basis for row in page.rows),
        draft=page.draft,
    )


def note_of(row: Basis) -> str:
    """Return 说明: the nature, and what is said of it."""
    said = NATURES[row.nature]
    return f"{said}：{row.note}" if row.note else said


def _lines(page: BasesPage) -> Iterator[Cells]:
    for one in page.provisions:
        for row in one.rows:
            yield _cells(row.basis)
        if not one.rows:
            yield (one.clause, one.text, "", "", "")
    for row in page.stray:
        yield _cells(row.basis)


def _cells(row: Basis) -> Cells:
    return (row.clause, row.provision, row.source, row.quote, note_of(row))


def _facts(page: BasesPage) -> list[str]:
    case = page.head.case
    unit = f"起草单位：{case.unit.name}"
    if page.draft is not None:
        unit += f"　　所对草案：{page.draft.name}（第 {page.draft.number} 稿）"
    lines = [f"文件名称：{chinese.line(case.title)}", unit]
    if page.missing or page.marked:
        lines.append(
            f"尚未完成：{len(page.missing)} 条没有依据，{page.marked} 行条文有变化。"
        )
    return lines
