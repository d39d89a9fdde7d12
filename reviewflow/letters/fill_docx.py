"""A template made in Word is filled; it can do no more than a wording of text."""

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from reviewflow.errors import Unavailable
from reviewflow.letters.merge import (
    Fields,
    Wordings,
    known,
    printable,
    refuse_blanks,
    refuse_code,
    told_plainly,
)

PARAGRAPH = re.compile(r"<w:p([ >])")
NEW_PARAGRAPH = "\a"
"""As docxtpl wants it where a value goes on in a paragraph of its own."""
BROKEN = (BadZipFile, OpcError, KeyError, ValueError, AttributeError, SyntaxError)
"""What the readers of Word files raise on parts that are lacking or wrong."""


class Sheets(Wordings):
    """Where templates are read: the rules of wordings, and text is set as text."""

    def __init__(self, name: str) -> None:
        """Take what the administrator calls the template."""
        super().__init__()
        self.name = name
        self.finalize: Callable[..., Any] = _set_apart

    def from_string(self, source: Any, *arguments: Any, **options: Any) -> Template:
        """Read one part of the file after looking for code in it."""
        refuse_code(self.name, self.parse(source))
        return super().from_string(source, *arguments, **options)


class Sheet(DocxTemplate):  # type: ignore[misc] # no types shipped
    """A Word file with merge fields."""

    def parts(self) -> Iterator[str]:
        """Give the text of every part that is filled; a paragraph begins a line."""
        self.render_init()
        uris = (self.HEADER_URI, self.FOOTER_URI)
        parts = [self.get_xml()] + [
            self.get_part_xml(part)
            for uri in uris
            for _, part in self.get_headers_footers(uri)
        ]
        for xml in parts:
            yield PARAGRAPH.sub(r"\n<w:p\1", self.patch_xml(xml))

    def render_properties(self, *_: object) -> None:
        """Leave them: what the file says of itself is written by the letter."""

    def fix_tables(self, xml: str) -> Any:
        """Insist on sound XML first; the library would mend it by guessing."""
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
        return super().fix_tables(xml)


def fill_docx(
    name: str, content: bytes, fields: Fields, labels: Mapping[str, str]
) -> bytes:
    """Return the Word file with its fields filled in.

    Args:
        name: What the administrator calls the template.
        content: The bytes of the template.
        fields: What the letter may say, by the names the template uses.
        labels: What people call the fields.

    Raises:
        Invalid: A field that is printed is empty; the sentence names all of them.
        Unavailable: The template itself is wrong.
    """
    printed: list[str] = []
    sheet = Sheet(BytesIO(content))
    filled = BytesIO()
    try:
        with told_plainly(name):
            sheet.render(known(fields, labels, printed), Sheets(name), autoescape=True)
        sheet.save(filled)
    except BROKEN as error:
        raise Unavailable(
            f"文书模板 {name} 不能读取，请联系管理员重新上传或者恢复系统自带模板。"
        ) from error
    refuse_blanks(printed)
    return filled.getvalue()


def _set_apart(value: object) -> object:
    """Let every line of a value be a paragraph, as in a wording of text."""
    found = printable(value)
    return found.replace("\n", NEW_PARAGRAPH) if isinstance(found, str) else found
