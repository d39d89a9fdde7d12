"""A table as a Word file: a broad page, the fonts and the number of GB/T 9704."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time
from io import BytesIO

from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from reviewflow.letters.docx_page import (
    BODY_FONT,
    FIRST_FONT,
    TITLE_FONT,
    TITLE_SIZE,
    add_style,
    blank_page,
)
from reviewflow.letters.workbook import Sheet, Value

CELL_SIZE, FACT_SIZE = Pt(10.5), Pt(12)
WIDE = 247
"""Millimetres between the margins of the broad page."""

Shares = Sequence[int]
"""How broad each column is, relative to the others."""


def render_table(
    sheet: Sheet, facts: Sequence[str], day: date, shares: Shares
) -> bytes:
    """Return the bytes of a Word file with a title, a few facts and one table.

    Args:
        sheet: The table; its headings are repeated on every page.
        facts: Lines between title and table.
        day: As of when it is.
        shares: One for each column.
    """
    document = blank_page()
    turn(document.sections[0])
    describe(document, sheet.title, day)
    title = add_style(document, "表题", TITLE_FONT, TITLE_SIZE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(1.5 * TITLE_SIZE.pt)
    fact = tight(add_style(document, "表注", BODY_FONT, FACT_SIZE))
    document.add_paragraph(sheet.title, title)
    for line in facts:
        document.add_paragraph(clean(line), fact)
    widths = [WIDE * share / sum(shares) for share in shares]
    add_table(document, sheet, widths, table_styles(document))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def turn(section: Section) -> None:
    """Lay the pages of a section on their broad side."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)


def describe(document: DocumentFile, title: str, day: date) -> None:
    """Name the file, and say nothing of who made it when."""
    about = document.core_properties
    about.title = title
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.language = "zh-CN"
    about.created = about.modified = datetime.combine(day, time(), UTC)


def table_styles(document: DocumentFile) -> tuple[ParagraphStyle, ParagraphStyle]:
    """Return how headings and cells of tables are set; once for a document."""
    head = tight(add_style(document, "表头", FIRST_FONT, CELL_SIZE))
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return head, tight(add_style(document, "表格", BODY_FONT, CELL_SIZE))


def add_table(
    document: DocumentFile,
    sheet: Sheet,
    widths: Sequence[float],
    styles: tuple[ParagraphStyle, ParagraphStyle],
) -> None:
    """Add a table at the end of a document.

    Args:
        document: The Word file.
        sheet: The table; its headings are repeated on every page.
        widths: Of each column, in millimetres.
        styles: Of headings and of cells.
    """
    table = document.add_table(rows=2, cols=len(sheet.headings))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, style in zip(table.rows, styles, strict=True):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = style
    first, pattern = (row._tr for row in table.rows)  # noqa: SLF001 # see _write
    for row in (first, pattern):
        _mark(row, "w:cantSplit")  # a row stands on one page
    _mark(first, "w:tblHeader")  # headings stand on every page
    _write(first, sheet.headings)
    for values in sheet.rows:
        copy = deepcopy(pattern)
        _write(copy, values)
        pattern.addprevious(copy)
    table._tbl.remove(pattern)  # noqa: SLF001 # see _write


def _write(row: CT_Row, values: Sequence[Value]) -> None:
    """Fill a row element by element: three thousand rows cell by cell take minutes."""
    for cell, value in zip(row.tc_lst, values, strict=True):
        cell.p_lst[0].add_r().text = clean("" if value is None else str(value))


def _mark(row: CT_Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)  # type: ignore[arg-type] # its stubs are apart


def tight(style: ParagraphStyle) -> ParagraphStyle:
    """Let lines be as high as what stands in them."""
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return style


def clean(text: str) -> str:
    """Return text without the characters no XML can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
