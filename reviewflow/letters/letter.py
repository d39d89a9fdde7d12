"""A letter as people read it: its parts, in the order of GB/T 9704."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.letters.docx_text import Block

FIRST_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。：；]{1,40}(?:。|$)")
SECOND_HEADING = re.compile(r"（[一二三四五六七八九十]+）[^。：；]{1,40}(?:。|$)")
ENCLOSURE = re.compile(r"附件：|　{2,}\d+\.")
ADDRESSEE = re.compile("[^，。；]{1,59}：")
"""Names and nothing else; a sentence that ends in a colon is a paragraph."""
MASTHEAD_POINTS = (48, 42, 36, 32, 28, 24, 20, 16)
LINE_POINTS = 442
"""How long a line is: 156 mm (版心宽度)."""
MERGE_FIELD = re.compile(r"{{ \w+ }}")
TYPICAL = "　" * 10
"""What a merge field of a template is taken to be as wide as."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; how it begins decides how its head is set."""

    heading: str
    text: str
    level: int
    """1 for 一、, 2 for （一）, 0 for neither."""
    is_enclosure: bool
    """It names what is enclosed (附件说明)."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a wording says once its fields are filled in."""

    title: str
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    signature: str
    date: str
    foot: tuple[str, ...]
    """What stands under the date: 承办、复核、签发."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a case, ready to be shown or saved."""

    name: str
    sort: str
    """What kind of letter it is, in Chinese."""
    masthead: str
    """The red line at its head (发文机关标志)."""
    number: str
    """Its document number (发文字号); empty if it has none."""
    is_plain: bool
    """It has the form of a letter (信函格式), not that of a 文件."""
    body: Body
    is_final: bool
    state: str
    since: date
    file_name: str
    word: bytes = b""
    """The filled Word file, where a template of the place is used."""
    blocks: tuple[Block, ...] = ()
    """What that file says."""

    @property
    def title(self) -> str:
        """Its title."""
        return self.body.title

    @property
    def masthead_points(self) -> int:
        """The largest size at which the masthead stays on one line."""
        widest = LINE_POINTS / max(width(self.masthead), 1)
        fitting = [points for points in MASTHEAD_POINTS if points <= widest]
        return fitting[0] if fitting else MASTHEAD_POINTS[-1]


def read_body(text: str, closing: str, *, has_headings: bool) -> Body:
    """Return the parts of a filled wording.

    Args:
        text: The first line is the title; a next line that ends in a colon names
            the addressee; every other line is a paragraph.
        closing: What stands in the place of the date; the line right above it is
            the signature, the lines below it are the foot.
        has_headings: Paragraphs may begin with a heading.
    """
    lines = [line.strip(" \t").rstrip() for line in text.strip().split("\n")]
    end = _last(lines, closing)
    is_signed = 1 < end < len(lines)
    title, *said = filter(None, lines[: end - 1 if is_signed else end])
    addressee = said.pop(0) if said and ADDRESSEE.fullmatch(said[0]) else ""
    return Body(
        title=title,
        addressee=addressee,
        paragraphs=tuple(_paragraph(line, has_heading=has_headings) for line in said),
        signature=lines[end - 1] if is_signed else "",
        date=closing if is_signed else "",
        foot=tuple(filter(None, lines[end + 1 :])),
    )


def _last(lines: Sequence[str], wanted: str) -> int:
    """Return the place of the last such line; behind all lines if there is none."""
    found = [place for place, line in enumerate(lines) if line == wanted]
    return found[-1] if found else len(lines)


def _paragraph(line: str, *, has_heading: bool) -> Paragraph:
    for level, pattern in enumerate((FIRST_HEADING, SECOND_HEADING), start=1):
        found = pattern.match(line) if has_heading else None
        if found:
            return Paragraph(found[0], line[found.end() :], level, is_enclosure=False)
    return Paragraph("", line, 0, is_enclosure=bool(ENCLOSURE.match(line)))


def width(text: str) -> float:
    """Return how many characters wide a text is; digits and letters are half."""
    text = MERGE_FIELD.sub(TYPICAL, text)
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in text)
    return (len(text) + wide) / 2
