"""A draft cut into its provisions (条), each under its number."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from reviewflow.comments.clauses import clause
from reviewflow.paragraphs import Paragraph

PART = re.compile(r"([一二三四五六七八九十百]+、)\s*(.+)", re.DOTALL)
"""How a text without articles is divided: 一、总体要求."""
ANNEX = re.compile(r"附\s*[件表录则图]?\s*[0-9一二三四五六七八九十]*\s*[:：]?")
MOST = 1_500
"""No draft has more; what comes after is left out."""


def cut(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """Return the text of each provision by its number, in the order of the draft.

    A text without articles is cut at 一、二、三、. A number that comes again, as in
    an annex, gets a name of its own.
    """
    marked = list(_numbered(paragraphs))
    if not any(number for number, _ in marked):
        marked = list(_in_parts(paragraphs))
    found: dict[str, list[str]] = {}
    seen: Counter[str] = Counter()
    current: list[str] | None = None
    for number, text in marked:
        if number:
            seen[number] += 1
            again = f"（第{seen[number]}处）" if seen[number] > 1 else ""
            current = found.setdefault(number + again, [])
        elif number is None:
            current = None
        if current is not None and text:
            current.append(text)
    return {name: "\n".join(lines) for name, lines in [*found.items()][:MOST]}


def named(text: str) -> str:
    """Return the name of a provision as `cut` writes it, however it was typed."""
    return clause(text).replace("(", "（").replace(")", "）")


def plain(text: str) -> str:
    """Return a text as it is compared: width and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _numbered(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str | None, str]]:
    """Give number and text; no number is a heading, an empty one goes on."""
    for paragraph in paragraphs:
        if paragraph.number:
            yield named(paragraph.number), paragraph.text
        elif paragraph.is_heading or ANNEX.fullmatch(paragraph.text):
            yield None, ""
        else:
            yield "", paragraph.text


def _in_parts(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str | None, str]]:
    for paragraph in paragraphs:
        part = PART.fullmatch(paragraph.text)
        if part:
            yield part[1], part[2]
        elif paragraph.is_heading or ANNEX.fullmatch(paragraph.text):
            yield None, ""
        else:
            yield "", paragraph.text
