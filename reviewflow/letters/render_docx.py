"""A letter as a Word file in the layout of GB/T 9704-2012."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Header
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from reviewflow.letters.docx_page import (
    BODY_FONT,
    BODY_SIZE,
    FIRST_FONT,
    LINE,
    RED,
    SECOND_FONT,
    TITLE_FONT,
    TITLE_SIZE,
    add_style,
    blank_page,
    indent,
    set_font,
)
from reviewflow.letters.letter import Body, Letter, Paragraph, width

TOP_OF_MASTHEAD = Mm(35)
RULE_POINTS = "11"
"""4 mm between the number and the red rule."""
RULE_EIGHTHS = "12"
SEAL_CHARACTERS = 4
LEFT, CENTER, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
HEADING_FONTS = {1: FIRST_FONT, 2: SECOND_FONT}


def render_docx(letter: Letter) -> bytes:
    """Return the bytes of the letter's Word file."""
    if letter.word:
        return _finish(docx.Document(BytesIO(letter.word)), letter)
    document = blank_page()
    _add_head(document, letter)
    for place, paragraph in enumerate(letter.body.paragraphs):
        added = _add_paragraph(document, paragraph)
        if _begins_enclosures(letter.body, place):
            added.paragraph_format.space_before = LINE
    if letter.body.signature:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        _add_signature(document, letter.body)
    for text in letter.body.foot:
        foot = document.add_paragraph(text)
        foot.paragraph_format.space_before = LINE
        indent(foot, "left", 2)
    return _finish(document, letter)


def _finish(document: DocumentFile, letter: Letter) -> bytes:
    """Say what the file is, and whether the letter counts."""
    _describe(document, letter)
    if not letter.is_final:
        _mark(document, letter.state)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _describe(document: DocumentFile, letter: Letter) -> None:
    about = document.core_properties
    about.title, about.subject = letter.title, letter.sort
    about.author = about.last_modified_by = letter.body.signature
    about.comments = about.keywords = ""
    about.language = "zh-CN"
    about.created = about.modified = datetime.combine(letter.since, time(), UTC)


def _mark(document: DocumentFile, state: str) -> None:
    """Say at the head of every page that the letter does not count yet."""
    for header in _headers(document):
        first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        paragraph = first.insert_paragraph_before()
        paragraph.alignment = CENTER
        run = paragraph.add_run(state)
        run.font.color.rgb = RED
        set_font(run, FIRST_FONT)


def _headers(document: DocumentFile) -> Iterator[_Header]:
    """Give every header, those of the first section made if lacking."""
    for place, section in enumerate(document.sections):
        headers = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            if place and header.is_linked_to_previous:
                continue
            header.is_linked_to_previous = False
            yield header


def _add_head(document: DocumentFile, letter: Letter) -> None:
    size = Pt(letter.masthead_points)
    masthead = add_style(document, "发文机关标志", TITLE_FONT, size)
    masthead.font.color.rgb = RED
    masthead.paragraph_format.line_spacing = Pt(1.2 * size.pt)
    number = add_style(document, "发文字号", BODY_FONT, BODY_SIZE)
    title = add_style(document, "公文标题", TITLE_FONT, TITLE_SIZE)
    title.paragraph_format.line_spacing = Pt(1.5 * TITLE_SIZE.pt)
    addressee = add_style(document, "主送机关", BODY_FONT, BODY_SIZE)
    _lay(masthead, CENTER, before=0 if letter.is_plain else TOP_OF_MASTHEAD.pt)
    _lay(number, RIGHT if letter.is_plain else CENTER, before=2 * LINE.pt)
    _lay(title, CENTER, before=2 * LINE.pt)
    title.paragraph_format.space_after = LINE
    _lay(addressee, LEFT, before=0)
    named = document.add_paragraph(letter.masthead, masthead)
    if letter.is_plain:
        number.paragraph_format.space_before = LINE
        _rule_under(named, "thickThinSmallGap")
    if letter.number or not letter.is_plain:
        numbered = document.add_paragraph(letter.number, number)
        if not letter.is_plain:
            _rule_under(numbered, "single")
    document.add_paragraph(letter.title, title)
    if letter.body.addressee:
        document.add_paragraph(letter.body.addressee, addressee)


def _lay(style: ParagraphStyle, side: WD_ALIGN_PARAGRAPH, before: float) -> None:
    style.paragraph_format.alignment = side
    style.paragraph_format.space_before = Pt(before)


def _rule_under(paragraph: DocxParagraph, kind: str) -> None:
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    values = {"val": kind, "sz": RULE_EIGHTHS, "space": RULE_POINTS, "color": RED}
    for name, value in values.items():
        rule.set(qn(f"w:{name}"), str(value))
    borders.append(rule)
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _begins_enclosures(body: Body, place: int) -> bool:
    before = body.paragraphs[:place]
    is_first = not any(paragraph.is_enclosure for paragraph in before)
    return body.paragraphs[place].is_enclosure and is_first


def _add_paragraph(document: DocumentFile, paragraph: Paragraph) -> DocxParagraph:
    added = document.add_paragraph()
    indent(added, "firstLine", 2)
    if paragraph.heading:
        set_font(added.add_run(paragraph.heading), HEADING_FONTS[paragraph.level])
    added.add_run(paragraph.text)
    return added


def _add_signature(document: DocumentFile, body: Body) -> None:
    """Set the issuer above the middle of the date; the seal goes over both."""
    beside = SEAL_CHARACTERS + (width(body.date) - width(body.signature)) / 2
    issuer = document.add_paragraph(body.signature)
    issuer.paragraph_format.space_before = Pt(2 * LINE.pt)
    issuer.paragraph_format.keep_with_next = True
    dated = document.add_paragraph(body.date)
    for line, right in ((issuer, max(beside, 0)), (dated, SEAL_CHARACTERS)):
        line.alignment = RIGHT
        indent(line, "right", right)
