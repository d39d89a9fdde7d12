"""What a Word file says, in the order in which it says it."""

from dataclasses import dataclass
from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

SIDES = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table."""

    text: str
    side: str = ""
    """Where the paragraph is set: center, right, or nothing for the usual."""
    rows: tuple[tuple[str, ...], ...] = ()


def read_blocks(content: bytes) -> tuple[Block, ...]:
    """Return the paragraphs that say something, and the tables."""
    document = docx.Document(BytesIO(content))
    found = (_block(one) for one in document.iter_inner_content())
    return tuple(block for block in found if block.text.strip() or block.rows)


def _block(one: Paragraph | Table) -> Block:
    if isinstance(one, Table):
        rows = (tuple(cell.text for cell in row.cells) for row in one.rows)
        return Block("", rows=tuple(rows))
    side = one.alignment
    if side is None and one.style is not None:
        side = one.style.paragraph_format.alignment
    return Block(one.text, SIDES.get(side, "") if side is not None else "")
