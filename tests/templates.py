"""Word templates of letters: the shipped one, and edited ones."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document

from reviewflow.letters.shipped_template import shipped_template
from reviewflow.letters.sorts import SORTS

BPMN = Path(__file__).parents[1] / "bpmn"
NOTICE = "supplement_notice"
DAY = date(2026, 3, 2)
MAIN = "word/document.xml"


def wording_files() -> list[Path]:
    """Return the files of all shipped wordings."""
    return sorted(BPMN.rglob("*.txt"))


def shipped(name: str = NOTICE) -> bytes:
    """Return the shipped template of a wording all kinds share."""
    return shipped_from(BPMN / "shared" / f"{name}.txt")


def shipped_from(path: Path) -> bytes:
    """Return the shipped template of a wording."""
    text = path.read_text(encoding="utf-8")
    return shipped_template(SORTS[path.stem], text, DAY)


def edited(content: bytes, edit: Callable[[Document], object]) -> bytes:
    """Return a Word file after something was done in it."""
    document, target = docx.Document(BytesIO(content)), BytesIO()
    edit(document)
    document.save(target)
    return target.getvalue()


def saying(*lines: str, content: bytes = b"") -> bytes:
    """Return a template with these paragraphs at its end."""

    def add(document: Document) -> None:
        for line in lines:
            document.add_paragraph(line)

    return edited(content or shipped(), add)


def in_runs(*parts: str) -> bytes:
    """Return a template whose last paragraph Word has split so."""

    def add(document: Document) -> None:
        paragraph = document.add_paragraph()
        for place, part in enumerate(parts):
            paragraph.add_run(part).bold = bool(place % 2)

    return edited(shipped(), add)


def with_parts(changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Return the shipped template with parts of the archive changed or added."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(shipped())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), *changes}:
            text = old.read(name) if name in old.namelist() else b""
            new.writestr(name, changes.get(name, bytes)(text))
    return target.getvalue()


def texts(content: bytes) -> list[str]:
    """Return what the paragraphs of a Word file say."""
    return [one.text for one in docx.Document(BytesIO(content)).paragraphs]
