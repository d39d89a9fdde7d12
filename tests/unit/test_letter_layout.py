from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from reviewflow.letters.docx_page import LINE
from reviewflow.letters.letter import Letter, read_body, width
from reviewflow.letters.render_docx import render_docx

DAY = "2026年3月2日"
TEXT = f"""关于《办法（送审稿）》的合法性审查意见

六安市住房和城乡建设局：

你单位送审的材料收悉。现提出如下意见：

一、关于内容。具体意见如下：
（一）关于第八条第二款。没有依据。
送审日期：
{DAY}

附件：1.送审稿
　　　2.起草说明

六安市司法局
{DAY}
承办：赵敏　复核：孙浩　签发：钱立
"""


def letter() -> Letter:
    return Letter(
        name="review_opinion-1",
        sort="合法性审查意见书",
        masthead="六安市司法局文件",
        number="六司审〔2026〕12号",
        is_plain=False,
        body=read_body(TEXT, DAY, has_headings=True),
        is_final=True,
        state="已签发",
        since=date(2026, 3, 2),
        file_name="六司审〔2026〕12号-审查意见书.docx",
    )


def opened(shown: Letter) -> Document:
    return docx.Document(BytesIO(render_docx(shown)))


def test_the_parts_of_a_letter_are_found_by_their_place() -> None:
    body = letter().body

    assert body.title == "关于《办法（送审稿）》的合法性审查意见"
    assert body.addressee == "六安市住房和城乡建设局："
    assert (body.signature, body.date) == ("六安市司法局", DAY)
    assert body.foot == ("承办：赵敏　复核：孙浩　签发：钱立",)
    assert [(p.level, p.heading, p.text) for p in body.paragraphs] == [
        (0, "", "你单位送审的材料收悉。现提出如下意见："),
        (1, "一、关于内容。", "具体意见如下："),
        (2, "（一）关于第八条第二款。", "没有依据。"),
        (0, "", "送审日期："),
        (0, "", DAY),
        (0, "", "附件：1.送审稿"),
        (0, "", "　　　2.起草说明"),
    ]
    assert [p.is_enclosure for p in body.paragraphs][-3:] == [False, True, True]


def test_a_list_in_a_notice_is_no_heading() -> None:
    body = read_body("通知\n\n一、缺少说明。\n\n局\n日", "日", has_headings=False)
    assert [(p.level, p.text) for p in body.paragraphs] == [(0, "一、缺少说明。")]


def test_a_wording_without_signature_keeps_all_it_says() -> None:
    body = read_body("通知\n甲。\n乙。", DAY, has_headings=False)
    assert (body.signature, body.date, body.foot) == ("", "", ())
    assert [p.text for p in body.paragraphs] == ["甲。", "乙。"]


def test_the_page_is_that_of_the_standard() -> None:
    section = opened(letter()).sections[0]

    lengths = (
        *(section.page_width, section.page_height),
        *(section.top_margin, section.bottom_margin),
        *(section.left_margin, section.right_margin),
    )
    assert [length and round(length.mm) for length in lengths] == [
        *(210, 297),
        *(37, 35),
        *(28, 26),
    ]


def test_body_title_and_headings_have_the_fonts_of_the_standard() -> None:
    document = opened(letter())

    fonts = {}
    for style in ("Normal", "公文标题", "发文机关标志"):
        properties = document.styles[style].element.rPr
        east = properties.rFonts.get(qn("w:eastAsia"))
        fonts[style] = (east, document.styles[style].font.size.pt)
    assert fonts == {
        "Normal": ("仿宋_GB2312", 16),
        "公文标题": ("方正小标宋简体", 22),
        "发文机关标志": ("方正小标宋简体", 48),
    }
    headings = {
        run.text: run.font.name
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.name
    }
    assert headings == {
        "一、关于内容。": "黑体",
        "（一）关于第八条第二款。": "楷体_GB2312",
    }


def test_lines_are_fixed_and_paragraphs_begin_two_characters_in() -> None:
    document = opened(letter())

    layout = document.styles["Normal"].paragraph_format
    assert layout.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert layout.line_spacing.pt == pytest.approx(28.95)
    first = next(p for p in document.paragraphs if p.text.startswith("你单位"))
    assert first.paragraph_format.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_issuer_number_rule_title_and_addressee_stand_in_order() -> None:
    document = opened(letter())

    assert [p.text for p in document.paragraphs][:4] == [
        "六安市司法局文件",
        "六司审〔2026〕12号",
        "关于《办法（送审稿）》的合法性审查意见",
        "六安市住房和城乡建设局：",
    ]
    masthead, number, title = document.paragraphs[:3]
    assert title.style is not None
    assert title.style.paragraph_format.space_after == LINE  # even without addressee
    assert masthead.style is not None
    assert str(masthead.style.font.color.rgb) == "FF0000"
    rule = number.paragraph_format.element.pPr.find(qn("w:pBdr"))
    assert rule.find(qn("w:bottom")).get(qn("w:color")) == "FF0000"


def test_pages_are_numbered_on_their_outer_sides() -> None:
    document = opened(letter())

    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert paragraph.alignment == side
        fields = paragraph.paragraph_format.element.iter(qn("w:instrText"))
        assert [field.text for field in fields] == ["PAGE"]
        assert paragraph.runs[0].font.size.pt == 14


def test_the_file_says_what_may_stand_in_for_its_fonts() -> None:
    document = opened(letter())

    table = next(
        relation.target_part.blob.decode()
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/fontTable")
    )
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_a_letter_that_does_not_count_says_so_on_every_page() -> None:
    draft = opened(replace(letter(), is_final=False, state="未签发", number=""))

    section = draft.sections[0]
    headers = (section.header, section.even_page_header)
    assert [header.paragraphs[0].text for header in headers] == ["未签发", "未签发"]
    final = opened(letter()).sections[0]
    assert final.header.is_linked_to_previous


def test_a_notice_has_a_double_rule_under_its_issuer() -> None:
    notice = replace(letter(), is_plain=True, number="", masthead="六安市司法局")

    masthead, title = opened(notice).paragraphs[:2]

    rule = masthead.paragraph_format.element.pPr.find(qn("w:pBdr"))
    assert rule.find(qn("w:bottom")).get(qn("w:val")) == "thickThinSmallGap"
    assert title.text.startswith("关于《办法")


def test_a_long_issuer_stays_on_one_line() -> None:
    long = replace(letter(), masthead="六安市人民代表大会常务委员会办公室文件")
    assert long.masthead_points * width(long.masthead) <= 442


def test_hostile_text_is_text_in_word() -> None:
    hostile = "《<w:br/>&amp;{{ 7*7 }}]]>》"
    shown = replace(letter(), body=read_body(hostile, DAY, has_headings=True))
    assert hostile in [p.text for p in opened(shown).paragraphs]
