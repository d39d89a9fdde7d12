"""A letter set from its fields: by the wording that is shipped, or by a template."""

from dataclasses import dataclass, replace
from datetime import date

from reviewflow.letters.docx_text import read_blocks
from reviewflow.letters.fill_docx import fill_docx
from reviewflow.letters.labels import LABELS
from reviewflow.letters.letter import Body, Letter, Paragraph, read_body
from reviewflow.letters.merge import Fields, fill
from reviewflow.letters.sorts import LetterSort


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What is known of a letter besides what it says."""

    name: str
    state: str
    since: date
    file_name: str
    is_final: bool


def set_wording(
    sort: LetterSort, wording: str, fields: Fields, head: LetterHead
) -> Letter:
    """Return a letter by the shipped wording.

    Raises:
        Invalid: Something it has to say is not known; the sentence says what.
        Unavailable: The wording is wrong.
    """
    text = fill(f"{sort.name}.txt", wording, fields, LABELS)
    signed_on = _said(fields, "signed_on")
    body = read_body(text, signed_on, has_headings=sort.has_headings)
    return _letter(sort, fields, head, body)


def set_template(
    sort: LetterSort, template: bytes, fields: Fields, head: LetterHead
) -> Letter:
    """Return a letter by a template of the place; its text is that of the file.

    Raises:
        Invalid: As for `set_wording`.
        Unavailable: The template is wrong.
    """
    word = fill_docx(sort.title, template, fields, LABELS)
    blocks = read_blocks(word)
    said = [block.text for block in blocks] + [
        "　".join(row) for block in blocks for row in block.rows
    ]
    lines = tuple(Paragraph("", line, 0, is_enclosure=False) for line in said if line)
    body = Body(sort.title, "", lines, "", "", ())
    letter = _letter(sort, fields, head, body)
    return replace(letter, word=word, blocks=blocks)


def _letter(sort: LetterSort, fields: Fields, head: LetterHead, body: Body) -> Letter:
    return Letter(
        name=head.name,
        sort=sort.title,
        masthead=_said(fields, sort.issuer) + sort.masthead_tail,
        number=_said(fields, "letter_number"),
        is_plain=not sort.masthead_tail,
        body=body,
        is_final=head.is_final,
        state=head.state,
        since=head.since,
        file_name=head.file_name,
    )


def _said(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "")
