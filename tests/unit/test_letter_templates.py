"""Templates made in Word: filled like wordings, checked before they are kept."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from reviewflow.errors import Invalid, Unavailable
from reviewflow.kinds.strict_yaml import BadYaml
from reviewflow.letters.check_template import check_template
from reviewflow.letters.fill_docx import fill_docx
from reviewflow.letters.labels import LABELS
from reviewflow.letters.merge import Value, fill
from reviewflow.letters.sorts import SORTS, read_sorts
from reviewflow.letters.template_fields import (
    known_names,
    sample_fields,
    template_fields,
)
from reviewflow.storage.inert_docx import check_inert
from tests.templates import (
    MAIN,
    NOTICE,
    edited,
    in_runs,
    saying,
    shipped,
    shipped_from,
    texts,
    with_parts,
    wording_files,
)

RELS = "word/_rels/document.xml.rels"
END = b"</Relationships>"


def filled(content: bytes, **changes: Value) -> list[str]:
    fields = {**sample_fields(NOTICE), **changes}
    return texts(fill_docx("补正通知书", content, fields, LABELS))


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        check_template(NOTICE, content)
    assert list(refused.value.errors) == ["file"]
    return refused.value.message


@pytest.mark.parametrize("path", wording_files(), ids=lambda path: path.stem)
def test_every_shipped_wording_is_a_template_that_says_the_same(path: Path) -> None:
    content, fields = shipped_from(path), sample_fields(path.stem)
    check_inert(BytesIO(content))
    check_template(path.stem, content)

    wording = path.read_text(encoding="utf-8")
    text = fill(path.name, wording, fields, LABELS)
    in_word = texts(fill_docx(path.name, content, fields, LABELS))
    lines = [line.strip(" \t") for line in text.split("\n") if line.strip(" \t")]
    assert [line for line in in_word if line][-len(lines) :] == lines


def test_a_sort_of_letter_says_all_that_is_asked_and_no_more() -> None:
    row = "notice: {title: 通知, draft: 未发出, final: 已发出, issuer: unit_name"
    assert read_sorts(f"{row}}}".encode())["notice"].short_title == "通知"
    for wrong in (row.replace("draft: 未发出, ", ""), f"{row}, tone: warm"):
        with pytest.raises(TypeError, match=r"draft|tone"):
            read_sorts(f"{wrong}}}".encode())
    with pytest.raises(BadYaml, match="重复"):
        read_sorts(f"{row}}}\n{row}}}".encode())


@pytest.mark.parametrize("sort", SORTS)
def test_every_field_has_a_chinese_name(sort: str) -> None:
    fields = template_fields(sort)
    named = [*fields, *(column for field in fields for column in field.columns)]
    assert all(field.label for field in named)


def test_a_field_word_has_split_over_runs_is_filled() -> None:
    split = in_runs("联系：{", "{ uni", "t_na", "me }", "}。")
    check_template(NOTICE, split)
    assert filled(split)[-1] == "联系：示例市住房和城乡建设局。"


def test_what_a_field_says_stays_text_and_lines_become_paragraphs() -> None:
    hostile = "《<w:br/>&amp;{{ 7*7 }}]]>》"
    said = filled(saying("{{ reason }}"), reason=f"{hostile}\n第二项")
    assert said[-2:] == [hostile, "第二项"]


@pytest.mark.parametrize("blank", ["", None, "  "])
def test_a_field_that_is_lacking_is_named(blank: Value) -> None:
    with pytest.raises(Invalid, match="缺少“办理期限”，请补充后生成。"):
        filled(shipped(), due_on=blank)


def test_a_lacking_field_in_a_footer_is_named_too() -> None:
    def add(document: Document) -> None:
        document.sections[0].footer.add_paragraph("{{ kind_name }}")

    content = edited(shipped(), add)
    check_template(NOTICE, content)
    with pytest.raises(Invalid, match="缺少“文件类别”"):
        filled(content, kind_name="")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ other }}", "“{{ other }}”没有对应字段"),
        ("{% if other %}甲{% endif %}", "“{{ other }}”没有对应字段"),
        ("{% if not title %}{{ other }}{% endif %}", "“{{ other }}”没有对应字段"),
        ("{{ title.other }}", "“{{ title.other }}”没有对应字段"),
        ("{{ 主送机关 }}", "“{{ 主送机关 }}”没有对应字段"),
        ("{{ title ", "写法不正确"),
        ("{% if title %}甲", "写法不正确"),
        ("{{ 7*7 }}", "不支持的写法"),
        ("{{ title.upper() }}", "不支持的写法"),
        ("{{ title|safe }}", "不支持的写法"),
        ("{% set x = 1 %}", "不支持的写法"),
        ("{% include 'x' %}", "不支持的写法"),
        ("{{ title.__class__ }}", "没有对应字段"),
        ("{{ range }}", "没有对应字段"),
        (
            "{% for a in title %}{% for b in title %}甲{% endfor %}{% endfor %}",
            "列表中不能再套列表",
        ),
    ],
)
def test_what_no_template_may_say_is_refused(line: str, says: str) -> None:
    assert says in refusal(saying(line))


def test_code_is_refused_once_more_when_a_letter_is_made() -> None:
    with pytest.raises(Unavailable, match="文书格式 补正通知书 有误"):
        filled(saying("{{ 7*7 }}"))


def test_a_condition_may_cross_paragraphs_but_not_the_edge_of_a_table() -> None:
    whole = saying(
        "{% if title %}甲", "乙{% endif %}", "{%p if not title %}", "丙", "{%p endif %}"
    )
    check_template(NOTICE, whole)
    assert filled(whole)[-2:] == ["甲", "乙"]

    def add(document: Document) -> None:
        document.add_paragraph("{% if title %}甲")
        table = document.add_table(1, 1)
        table.cell(0, 0).text = "乙{% endif %}"

    assert "跨越了段落或者表格的边界" in refusal(edited(shipped(), add))


def test_rows_of_a_table_are_a_list() -> None:
    def add(document: Document) -> None:
        table = document.add_table(3, 2)
        table.cell(0, 0).text = "{%tr for one in findings %}"
        table.cell(1, 0).text = "{{ one.number }}"
        table.cell(1, 1).text = "{{ one.suggestion }}"
        table.cell(2, 0).text = "{%tr endfor %}"

    content = edited(shipped("review_opinion"), add)
    check_template("review_opinion", content)
    columns = known_names("review_opinion")["findings"]
    row: dict[str, str | int] = dict.fromkeys(columns, "甲")
    fields = {**sample_fields("review_opinion"), "findings": [row, row]}
    table = docx.Document(BytesIO(fill_docx("", content, fields, LABELS))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "甲"]
    ] * 2


def test_a_template_without_any_field_is_no_template() -> None:
    def empty(document: Document) -> None:
        for paragraph in document.paragraphs:
            paragraph.text = "甲"

    assert "没有一个字段" in refusal(edited(shipped(), empty))


def relation(sort: str, mode: str = "") -> Callable[[bytes], bytes]:
    added = f'<Relationship Id="rId99" Type="http://x/{sort}" Target="x"{mode}/>'
    return lambda text: text.replace(END, added.encode() + END)


def paragraph(inside: str) -> Callable[[bytes], bytes]:
    return lambda text: text.replace(
        b"<w:sectPr", f"<w:p>{inside}</w:p><w:sectPr".encode(), 1
    )


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLU</w:instrText>'
    '</w:r><w:r><w:instrText>DETEXT "/etc/passwd"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
DOCTYPE = b'<!DOCTYPE d [<!ENTITY a "aa">]>'


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({RELS: relation("hyperlink", ' TargetMode="External"')}, "引用了外部内容"),
        ({RELS: relation("image", ' TargetMode="External"')}, "引用了外部内容"),
        ({RELS: relation("oleObject")}, "嵌入了其他文件或者对象"),
        ({RELS: relation("aFChunk")}, "嵌入了其他文件或者对象"),
        ({RELS: relation("comments")}, "批注"),
        ({MAIN: paragraph('<w:ins w:id="1"><w:r><w:t>甲</w:t></w:r></w:ins>')}, "修订"),
        ({MAIN: paragraph(FIELD)}, "域"),
        ({MAIN: paragraph('<w:fldSimple w:instr=" DDEAUTO c "/>')}, "域"),
        ({"word/styles.xml": lambda _: DOCTYPE + b"<d>&a;</d>"}, "外部定义"),
        ({"word/header9.xml": lambda _: b"<broken"}, "已损坏"),
        ({"word/header9.xml": lambda _: b"<d>" + b" " * (4 << 20) + b"</d>"}, "过大"),
    ],
)
def test_a_file_that_is_more_than_paper_is_refused(
    changes: dict[str, Callable[[bytes], bytes]], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        check_inert(BytesIO(with_parts(changes)))
