"""The words of a Word file, to be read beside a form."""

from dataclasses import dataclass

from reviewflow.errors import Missing
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.paragraphs import ENDING, Paragraph, read_words
from reviewflow.work import Work

MOST_PARAGRAPHS = 600
READ_FIRST = ("submission_draft", "final_text")


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
        with work.files.open(version.sha256) as file:
            words = read_words(file)
    except Missing:
        return None
    if words is None:
        return None
    return Preview(
        document=document,
        version=version,
        paragraphs=words.paragraphs[:MOST_PARAGRAPHS],
        is_cut=words.is_cut or len(words.paragraphs) > MOST_PARAGRAPHS,
        numbers_itself=words.numbers_itself,
    )
