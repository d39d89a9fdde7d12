"""A long report as a Word file: chapters, sentences, tables, charts, broad annexes."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import sqrt
from typing import NamedTuple

from docx.document import Document as DocumentFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

from reviewflow.letters.chart_docx import Chart, add_chart
from reviewflow.letters.docx_page import (
    BODY_FONT,
    BODY_SIZE,
    FIRST_FONT,
    RED,
    TITLE_FONT,
    TITLE_SIZE,
    add_style,
    blank_page,
    set_font,
)
from reviewflow.letters.table_docx import (
    WIDE,
    add_table,
    clean,
    describe,
    table_styles,
    tight,
    turn,
)
from reviewflow.letters.workbook import Sheet

UPRIGHT = 156
"""Millimetres between the margins of the upright page."""
SMALL, CAPTION_SIZE = Pt(9), Pt(12)
NARROWEST, SHORT, BROADEST = 4, 10, 40
"""Of a column, in half characters."""
HALF, PADDING = 2.1, 4.2
"""Millimetres of half a character in a broad font, and beside the text of a cell."""
MOST_FIRM = 0.86
"""Of the width that columns may take whose text is not broken."""


class Heading(NamedTuple):
    """The title of a chapter."""

    text: str


class Text(NamedTuple):
    """A paragraph; what is missing stands out in red."""

    text: str
    is_missing: bool = False


class Broadside(NamedTuple):
    """What follows stands on broad pages."""


Printed = Heading | Text | Sheet | Chart | Broadside


class Styles(NamedTuple):
    """How the sorts of paragraphs are set."""

    heading: ParagraphStyle
    body: ParagraphStyle
    caption: ParagraphStyle
    chart: ParagraphStyle
    cells: tuple[ParagraphStyle, ParagraphStyle]


def render_report(title: str, basis: str, parts: Sequence[Printed], day: date) -> bytes:
    """Return the bytes of a Word file with a title and the parts in their order.

    Args:
        title: Of the report; also of the file.
        basis: Over what and as of when its figures are.
        parts: What it says.
        day: As of when it is.
    """
    document = blank_page()
    describe(document, title, day)
    top = add_style(document, "报告标题", TITLE_FONT, TITLE_SIZE)
    top.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    top.paragraph_format.line_spacing = Pt(1.5 * TITLE_SIZE.pt)
    top.paragraph_format.space_after = Pt(14)
    styles = _styles(document)
    document.add_paragraph(clean(title), top)
    document.add_paragraph(clean(basis), styles.caption)
    is_broad = False
    for part in parts:
        is_broad = is_broad or isinstance(part, Broadside)
        _add(document, part, styles, WIDE if is_broad else UPRIGHT)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _add(document: DocumentFile, part: Printed, styles: Styles, width: float) -> None:
    if isinstance(part, Broadside):
        turn(document.add_section(WD_SECTION.NEW_PAGE))
    elif isinstance(part, Heading):
        document.add_paragraph(clean(part.text), styles.heading)
    elif isinstance(part, Text):
        run = document.add_paragraph(style=styles.body).add_run(clean(part.text))
        if part.is_missing:
            run.font.color.rgb, run.font.bold = RED, True
    elif isinstance(part, Chart):
        add_chart(document, part, styles.chart)
    else:
        document.add_paragraph(clean(part.title), styles.caption)
        rows = [list(row) for row in part.rows]
        sheet = Sheet(part.title, part.headings, rows)
        add_table(document, sheet, _widths(sheet, rows, width), styles.cells)


def _styles(document: DocumentFile) -> Styles:
    heading = add_style(document, "章标题", FIRST_FONT, BODY_SIZE)
    heading.paragraph_format.keep_with_next = True
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    heading.paragraph_format.element.get_or_add_pPr().append(level)
    body = add_style(document, "正文段", BODY_FONT, BODY_SIZE)
    body.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE.pt)
    caption = tight(add_style(document, "图表题", FIRST_FONT, CAPTION_SIZE))
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_before = Pt(10)
    caption.paragraph_format.space_after = Pt(4)
    caption.paragraph_format.keep_with_next = True
    chart = tight(add_style(document, "图", BODY_FONT, CAPTION_SIZE))
    chart.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chart.paragraph_format.keep_with_next = True
    head, cell = table_styles(document)
    for style, font in ((head, FIRST_FONT), (cell, BODY_FONT)):
        style.font.size = SMALL
        set_font(style, font)
    return Styles(heading, body, caption, chart, (head, cell))


def _widths(
    sheet: Sheet, rows: Sequence[Sequence[object]], width: float
) -> list[float]:
    """Return how broad each column is, in millimetres, by what stands in it.

    Numbers, rates and days are not broken. Longer texts share what is left by the
    root of their length: a short one in a narrow column would be broken most often.
    """
    needed = []
    for place, heading in enumerate(sheet.headings):
        longest = max((_length(str(row[place] or "")) for row in rows), default=0)
        needed.append(max(longest, _length(heading) // 3 + 1, NARROWEST))
    firm = [one * HALF + PADDING if one <= SHORT else 0 for one in needed]
    if not sum(firm) < width * MOST_FIRM or all(firm):
        return [width * one / sum(needed) for one in needed]
    rest = [
        0 if held else sqrt(min(one, BROADEST))
        for held, one in zip(firm, needed, strict=True)
    ]
    left = width - sum(firm) - PADDING * firm.count(0)
    share = left / sum(rest)
    return [held or one * share + PADDING for held, one in zip(firm, rest, strict=True)]


def _length(text: str) -> int:
    """Return how broad a text is, in half characters."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
