"""The words of a Word file, paragraph by paragraph, to be read beside a form."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reviewflow.errors import Missing
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.work import Work

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
MOST_BYTES = 16 << 20
MOST_PARAGRAPHS = 600
ENDING = ".docx"
READ_FIRST = ("submission_draft", "final_text")
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
class Preview:
    """What can be read of a file without opening it elsewhere."""

    document: Document
    version: DocumentVersion
    paragraphs: list[Paragraph]
    is_cut: bool
    numbers_itself: bool
    """Word numbers some paragraphs by itself; those numbers are not shown."""


def find_preview(work: Work, documents: dict[str, Document]) -> Preview | None:
    """Return the text under review, if there is one that can be shown."""
    for role in READ_FIRST:
        document = documents.get(role)
        if document is not None and document.latest.name.lower().endswith(ENDING):
            return preview(work, document)
    return None


def preview(
    work: Work, document: Document, version: DocumentVersion | None = None
) -> Preview | None:
    """Return the words of a version, of the latest unless one is named.

    There are none if they cannot be read.
    """
    version = version or document.latest
    try:
        with (
            work.files.open(version.sha256) as file,
            zipfile.ZipFile(file) as archive,
            archive.open(BODY) as body,
        ):
            content = body.read(MOST_BYTES + 1)
        root = etree.fromstring(content, _parser())
    except (Missing, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None
    found = list(_paragraphs(root))
    return Preview(
        document=document,
        version=version,
        paragraphs=found[:MOST_PARAGRAPHS],
        is_cut=len(found) > MOST_PARAGRAPHS or len(content) > MOST_BYTES,
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
