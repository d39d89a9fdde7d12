"""The words of a Word file, paragraph by paragraph; articles with their numbers."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
ENDING = ".docx"
MOST_BYTES = 16 << 20
ARTICLE = re.compile(
    r"(第[一二三四五六七八九十百千零〇\d]+条)[\s\u3000]*(.*)", re.DOTALL
)
CHAPTER = re.compile(r"第[一二三四五六七八九十百]+[编章节][\s\u3000]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the number of an article apart from its text."""

    number: str
    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What can be read of a file."""

    paragraphs: list[Paragraph]
    is_cut: bool
    """It is too long to be read to its end."""
    numbers_itself: bool
    """Word numbers some paragraphs by itself; those numbers are not among them."""


def read_words(source: BinaryIO) -> Words | None:
    """Return the words of an open Word file, none if they cannot be read."""
    try:
        with zipfile.ZipFile(source) as archive, archive.open(BODY) as body:
            content = body.read(MOST_BYTES + 1)
        root = etree.fromstring(content, _parser())
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None
    return Words(
        paragraphs=list(_paragraphs(root)),
        is_cut=len(content) > MOST_BYTES,
        numbers_itself=root.find(f".//{WORD}numPr") is not None,
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _paragraphs(root: etree._Element) -> Iterator[Paragraph]:
    """Give the paragraphs with words in them; deleted words are left out."""
    for number, element in enumerate(root.iter(f"{WORD}p")):
        text = "".join(part.text or "" for part in element.iter(f"{WORD}t")).strip()
        if not text:
            continue
        article = ARTICLE.fullmatch(text)
        is_heading = number == 0 or bool(CHAPTER.match(text))
        if article:
            yield Paragraph(article[1], article[2], is_heading=False)
        else:
            yield Paragraph("", text, is_heading=is_heading)
