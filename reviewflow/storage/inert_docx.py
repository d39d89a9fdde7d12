"""Whether a Word file that will be filled and sent out is paper and nothing else."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from reviewflow.errors import Invalid
from reviewflow.storage.intake import read_xml

MEGABYTE = 1 << 20
LARGEST_BYTES = 5 * MEGABYTE
LARGEST_TEXT = 4 * MEGABYTE
"""Of one part; the pattern of a letter has some ten thousand signs."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATED = frozenset(
    {
        *("officeDocument", "core-properties", "extended-properties", "thumbnail"),
        *("custom-properties", "styles", "stylesWithEffects", "settings", "font"),
        *("webSettings", "fontTable", "theme", "numbering", "footnotes", "endnotes"),
        *("header", "footer", "image", "customXml", "customXmlProps", "people"),
        "glossaryDocument",
    }
)
"""What a part may refer to; objects, scripts and other documents are not among it."""
COUNTING = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
"""Fields of Word that only count; others fetch files or run."""
MARKS = ("ins", "del", "moveFrom", "moveTo")


def check_inert(source: BinaryIO) -> None:
    """Insist that a checked .docx refers to nothing outside and runs nothing.

    Args:
        source: The open file, after `check_upload`.

    Raises:
        Invalid: It is too large, embeds or links something, has fields of Word that
            fetch, has comments or tracked changes.
    """
    if source.seek(0, 2) > LARGEST_BYTES:
        raise _refuse("文书模板不超过 5 MB，请去除大幅图片后上传。")
    source.seek(0)
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                _check_relations(read_xml(archive, name, LARGEST_TEXT))
            elif name.startswith("word/") and name.endswith(".xml"):
                _check_text(name, read_xml(archive, name, LARGEST_TEXT))
    source.seek(0)


def _check_relations(tree: etree._Element) -> None:
    for relation in tree.iter("{*}Relationship"):
        sort = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External":
            raise _refuse(
                "文件引用了外部内容（网址、链接的图片或者模板），"
                "请取消超链接和链接后上传。"
            )
        if sort.startswith("comments"):
            raise _refuse("文件含有批注，请删除批注后上传。")
        if sort not in RELATED:
            raise _refuse("文件嵌入了其他文件或者对象，请删除后上传。")


def _check_text(name: str, tree: etree._Element) -> None:
    if any(True for mark in MARKS for _ in tree.iter(WORD + mark)):
        raise _refuse("文件含有修订，请接受或者拒绝全部修订后上传。")
    if any(word.upper() not in COUNTING for word in _field_words(tree)):
        raise _refuse("文件含有会自动更新的域，请只保留页码，把其他域转为文字后上传。")
    if name.startswith("word/endnotes") and "{" in "".join(tree.itertext()):
        raise _refuse("尾注中不能使用字段，请移到正文或者脚注中。")


def _field_words(tree: etree._Element) -> Iterator[str]:
    """Give the first word of every field, however Word has split it over runs."""
    open_fields: list[str] = []
    tags = [WORD + tag for tag in ("fldSimple", "fldChar", "instrText")]
    for element in tree.iter(*tags):
        kind = element.get(f"{WORD}fldCharType", "")
        if element.tag == tags[0]:
            yield _first_word(element.get(f"{WORD}instr", ""))
        elif element.tag == tags[2]:
            open_fields = open_fields or [""]
            open_fields[-1] += element.text or ""
        elif kind == "begin":
            open_fields.append("")
        elif kind == "end" and open_fields:
            yield _first_word(open_fields.pop())
    yield from map(_first_word, open_fields)


def _first_word(code: str) -> str:
    return (code.split() or [""])[0]


def _refuse(sentence: str) -> Invalid:
    return Invalid({"file": sentence})
