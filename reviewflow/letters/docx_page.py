"""A blank Word page of GB/T 9704-2012: paper, grid, fonts, styles, page number."""

from collections.abc import Mapping

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import SubElement

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
FIRST_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
NUMBER_FONT = "宋体"
INSTEAD: Mapping[str, str] = {
    TITLE_FONT: "小标宋体",
    BODY_FONT: "仿宋",
    SECOND_FONT: "楷体",
    FIRST_FONT: "SimHei",
    NUMBER_FONT: "SimSun",
}
"""What a word processor may take where the font of the standard is lacking."""

RED = RGBColor(0xFF, 0, 0)
LINE = Pt(28.95)
"""22 lines fill the 225 mm of the type area."""
BODY_SIZE = Pt(16)
TITLE_SIZE = Pt(22)
PAGE_NUMBER_SIZE = Pt(14)
SQUEEZE = "-5"
"""Between characters, in twentieths of a point: 28 of 16 pt fill the 156 mm."""


def blank_page() -> DocumentFile:
    """Return an empty document of that layout."""
    document = Document()
    _set_paper(document.sections[0])
    _set_defaults(document)
    _name_substitutes(document)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def add_style(document: DocumentFile, name: str, font: str, size: Pt) -> ParagraphStyle:
    """Return a new paragraph style on the ground of the body text."""
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = size
    set_font(style, font)
    return style


def set_font(target: Run | ParagraphStyle, name: str) -> None:
    """Let Chinese and other signs be set in one font."""
    target.font.name = name
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def indent(paragraph: Paragraph, side: str, characters: float) -> None:
    """Set an indent in characters of the body (firstLine, left, right)."""
    element = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_ind()
    element.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    element.set(qn(f"w:{side}"), str(round(characters * BODY_SIZE.pt * 20)))


def _set_paper(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)


def _set_defaults(document: DocumentFile) -> None:
    """Set the body: 仿宋 16 pt, black, fixed lines, nothing between paragraphs."""
    body = document.styles["Normal"]
    if not isinstance(body, ParagraphStyle):
        raise TypeError
    body.font.size = BODY_SIZE
    set_font(body, BODY_FONT)
    squeeze = OxmlElement("w:spacing")
    squeeze.set(qn("w:val"), SQUEEZE)
    body.element.get_or_add_rPr().insert_element_before(
        squeeze, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )
    layout = body.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        tight = OxmlElement(name)
        tight.set(qn("w:val"), "0")
        layout.element.get_or_add_pPr().insert_element_before(
            tight, "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
    if defaults is not None:
        for element in defaults.iter(qn("w:lang")):
            element.set(qn("w:eastAsia"), "zh-CN")
        for element in defaults.iter(qn("w:rFonts")):
            element.attrib.clear()
        for element in defaults.iter(qn("w:sz"), qn("w:szCs")):
            element.set(qn("w:val"), str(round(BODY_SIZE.pt * 2)))


def _name_substitutes(document: DocumentFile) -> None:
    """Replace the list of fonts by one that says what may stand in for each."""
    rows = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{other}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for font, other in INSTEAD.items()
    )
    blob = f"<w:fonts {nsdecls('w')}>{rows}</w:fonts>".encode()
    relations = document.part.rels
    for key in [k for k, r in relations.items() if r.reltype == RELATION.FONT_TABLE]:
        del relations[key]
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob)
    document.part.relate_to(table, RELATION.FONT_TABLE)


def _number_pages(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """Set — n — at the outer side, one character in; its line is 14 pt."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = side
    indent(paragraph, side.name.lower(), 1)
    _add_part(paragraph, "— ")
    number = _add_part(paragraph, "").element
    for kind in ("begin", "", "end"):
        if kind:
            SubElement(number, qn("w:fldChar"), {qn("w:fldCharType"): kind})
        else:
            SubElement(number, qn("w:instrText")).text = "PAGE"
    _add_part(paragraph, " —")


def _add_part(paragraph: Paragraph, text: str) -> Run:
    run = paragraph.add_run(text)
    run.font.size = PAGE_NUMBER_SIZE
    set_font(run, NUMBER_FONT)
    return run
