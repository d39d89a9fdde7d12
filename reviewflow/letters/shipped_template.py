"""A wording as a template for Word: our layout, with the merge fields in it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from io import BytesIO

import docx
from docx.text.paragraph import Paragraph

from reviewflow.letters.letter import Letter, read_body
from reviewflow.letters.render_docx import render_docx
from reviewflow.letters.sorts import LetterSort

REMARK = re.compile(r"{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%-?\s*(.*?)\s*-?%}")
ALONE = re.compile(r"(?:\s*{%[^%]*%}\s*)+")
SIGNED_ON = "{{ signed_on }}"
NUMBER = "{{ letter_number }}"
HAS_NUMBER, END = "if letter_number", "endif"


def shipped_template(sort: LetterSort, wording: str, since: date) -> bytes:
    """Return the Word file of a template as it is shipped.

    Args:
        sort: Of the letter.
        wording: Its text, with merge fields. A condition or a list that goes over
            several paragraphs begins and ends on a line of its own.
        since: The day the file is given.
    """
    text = "\n".join(_lines(REMARK.sub("", wording)))
    letter = Letter(
        name=sort.name,
        sort=sort.title,
        masthead=f"{{{{ {sort.issuer} }}}}{sort.masthead_tail}",
        number=NUMBER,
        is_plain=not sort.masthead_tail,
        body=read_body(text, SIGNED_ON, has_headings=sort.has_headings),
        is_final=True,
        state="",
        since=since,
        file_name=f"{sort.short_title}（模板）.docx",
    )
    return _number_if_any(render_docx(letter), is_plain=letter.is_plain)


def _lines(text: str) -> Iterator[str]:
    """Give the lines; tags that stand alone take their paragraph with them."""
    for line in text.split("\n"):
        if ALONE.fullmatch(line):
            yield from (f"{{%p {tag} %}}" for tag in TAG.findall(line))
        else:
            yield line


def _number_if_any(content: bytes, *, is_plain: bool) -> bytes:
    """Let the number stand only where the letter has one."""
    document, target = docx.Document(BytesIO(content)), BytesIO()
    number = next(one for one in document.paragraphs if one.text == NUMBER)
    if is_plain:
        number.insert_paragraph_before(f"{{%p {HAS_NUMBER} %}}")
        after = deepcopy(number._p)  # noqa: SLF001 # it has no way to add one after
        number._p.addnext(after)  # noqa: SLF001
        Paragraph(after, document).text = f"{{%p {END} %}}"
    else:
        number.runs[0].text = f"{{% {HAS_NUMBER} %}}{NUMBER}{{% {END} %}}"
    document.save(target)
    return target.getvalue()
