import io
from typing import Any

import docx
import pytest
import sqlalchemy as sa
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reviewflow.model.document import Document
from reviewflow.queries.preview import Preview, preview
from reviewflow.usecases.documents import attach_document, receive_upload
from tests.cast import Cast
from tests.conftest import As
from tests.steps import new_case

DELETED = "<w:del {ns}><w:r><w:delText>删去的话。</w:delText></w:r></w:del>"
ADDED = "<w:ins {ns}><w:r><w:t>增加的话。</w:t></w:r></w:ins>"
NUMBERED = "<w:numPr {ns}><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


def shown(as_: As, cast: Cast, word: "docx.document.Document") -> Preview | None:
    stream = io.BytesIO()
    word.save(stream)
    case_id = new_case(as_, cast)
    with as_(cast.drafter) as work:
        stream.seek(0)
        upload = receive_upload(work.files, "办法.docx", stream)
        attach_document(work, case_id, "submission_draft", upload)
    with as_(cast.drafter) as work:
        return preview(work, work.session.scalars(sa.select(Document)).one())


def element(text: str) -> Any:
    return parse_xml(text.format(ns=nsdecls("w")))


def test_articles_chapters_and_heading_are_told_apart(as_: As, cast: Cast) -> None:
    word = docx.Document()
    for line in ("六安市停车办法", "第一章 总则", "第一条　为了规范停车，", "其他。"):
        word.add_paragraph(line)
    found = shown(as_, cast, word)
    assert found is not None
    assert [(p.number, p.text, p.is_heading) for p in found.paragraphs] == [
        ("", "六安市停车办法", True),
        ("", "第一章 总则", True),
        ("第一条", "为了规范停车，", False),
        ("", "其他。", False),
    ]


def test_inserted_words_are_shown_and_deleted_ones_are_not(as_: As, cast: Cast) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("原有的话。")
    for text in (DELETED, ADDED):
        paragraph._p.append(element(text))  # noqa: SLF001 # python-docx has no other way
    found = shown(as_, cast, word)
    assert found is not None
    assert found.paragraphs[0].text == "原有的话。增加的话。"


@pytest.mark.parametrize("numbers", [True, False])
def test_numbers_that_word_makes_itself_are_not_passed_over_in_silence(
    as_: As,
    cast: Cast,
    numbers: bool,  # noqa: FBT001
) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("为了规范停车。")
    if numbers:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 # as above
        properties.append(element(NUMBERED))
    found = shown(as_, cast, word)
    assert found is not None
    assert found.numbers_itself is numbers
