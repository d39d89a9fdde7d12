"""A draft with provisions, and what they rest on: short ways to a table of bases."""

import io
from collections.abc import Mapping, Sequence

import docx
import sqlalchemy as sa

from reviewflow.model.basis import Basis
from reviewflow.queries.bases import BasesPage, bases_page, latest_draft
from reviewflow.usecases.bases import add_basis
from reviewflow.usecases.documents import attach_document, receive_upload
from tests.cast import Cast
from tests.steps import As, bring_to, new_case

FIRST = "为了规范停车秩序，根据有关法律、法规，制定本办法。"
SECOND = "新建建筑物应当配建停车位。"
THIRD = "本办法自2026年5月1日起施行。"
ARTICLES = (f"第一条　{FIRST}", f"第二条　{SECOND}", f"第三条　{THIRD}")
LAW = {
    "clause": "第二条",
    "nature": "DETAIL",
    "source": "《安徽省城镇停车条例》第十条",
    "quote": "新建建筑物应当按照标准配建停车位。",
    "note": "",
}
OWN = {"clause": "第三条", "nature": "OWN", "note": "施行日期由制定机关确定。"}
REST = ({**LAW, "clause": "第一条", "nature": "EXECUTE"}, OWN)


def draft_file(articles: Sequence[str], title: str = "六安市停车管理办法") -> bytes:
    """Return a Word file with a heading and these paragraphs."""
    document, stream = docx.Document(), io.BytesIO()
    for line in (title, *articles):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def hand_in(
    as_: As,
    cast: Cast,
    case_id: int,
    *articles: str,
    role: str = "submission_draft",
    name: str = "送审稿.docx",
) -> None:
    """Upload a draft as the drafter."""
    with as_(cast.drafter) as work:
        source = io.BytesIO(draft_file(articles))
        received = receive_upload(work.files, name, source)
        attach_document(work, case_id, role, received)


def drafted(as_: As, cast: Cast) -> int:
    """Return a case at the drafting of its text, with a draft of three provisions."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_text")
    hand_in(as_, cast, case_id, *ARTICLES)
    return case_id


def enter(as_: As, cast: Cast, case_id: int, *rows: Mapping[str, str]) -> list[int]:
    """Enter rows; return their ids."""
    ids = []
    for row in rows:
        with as_(cast.drafter) as work:
            entered = add_basis(work, case_id, row, latest_draft(work, case_id))
            work.session.flush()
            ids.append(entered.id)
    return ids


def page_of(as_: As, user_id: int | None, case_id: int) -> BasesPage:
    """Return the table as somebody sees it; what is read of it is loaded."""
    with as_(user_id) as work:
        page = bases_page(work, case_id)
        work.session.expunge_all()
    return page


def history_of(as_: As, case_id: int) -> list[tuple[str, str, bool, int | None]]:
    """Return every row there ever was: clause, what it says, ended, replaces."""
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(Basis).where(Basis.case_id == case_id).order_by(Basis.id)
        )
        return [
            (
                row.clause,
                f"{row.source}{row.note}",
                row.ended_at is not None,
                row.replaces_id,
            )
            for row in rows
        ]
