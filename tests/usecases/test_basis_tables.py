"""The table of bases in the dossier: complete, fixed, and older once rows change."""

import io

import docx
import pytest
import sqlalchemy as sa

from reviewflow.basis_rows import Laid
from reviewflow.errors import Conflict, Refused
from reviewflow.letters.table_docx import render_table
from reviewflow.model.case import Case
from reviewflow.model.document import Document
from reviewflow.queries.bases import latest_draft
from reviewflow.queries.basis_tables import SHARES, find_table
from reviewflow.usecases.bases import change_basis
from reviewflow.usecases.basis_tables import file_bases
from reviewflow.usecases.documents import receive_upload
from tests.bases import ARTICLES, LAW, REST, drafted, enter, hand_in, page_of
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next

NOTED = {**LAW, "note": "标准由本市规定。"}


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft has three provisions, two of which have a basis."""
    case_id = drafted(as_, cast)
    enter(as_, cast, case_id, *REST)
    return case_id


def lay(as_: As, cast: Cast, case_id: int, stamp: str = "") -> int:
    """Put the table as it stands into the dossier; return which version it is."""
    with as_(cast.drafter) as work:
        table = find_table(work, case_id)
        content = render_table(table.sheet, table.facts, table.day, SHARES)
        upload = receive_upload(work.files, "对照表.docx", io.BytesIO(content))
        made_from = stamp or table.stamp
        return file_bases(work, case_id, upload, made_from, table.draft).number


def state(as_: As, cast: Cast, case_id: int) -> Laid:
    return page_of(as_, cast.drafter, case_id).laid


def test_only_a_complete_table_is_laid(as_: As, cast: Cast, case_id: int) -> None:
    with pytest.raises(Conflict, match="第二条 1 条还没有依据"):
        lay(as_, cast, case_id)
    enter(as_, cast, case_id, LAW)
    hand_in(as_, cast, case_id, ARTICLES[0].replace("秩序", "行为"), *ARTICLES[1:])
    with pytest.raises(Conflict, match="有 1 行的条文已有变化"):
        lay(as_, cast, case_id)
    hand_in(as_, cast, case_id, "没有条号的文字。")
    with pytest.raises(Conflict, match="条号为文字"):
        lay(as_, cast, case_id)
    assert state(as_, cast, case_id) is Laid.NONE


def test_what_is_laid_is_fixed_and_older_once_a_row_changes(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    assert lay(as_, cast, case_id) == 1
    assert state(as_, cast, case_id) is Laid.CURRENT

    with as_(cast.drafter) as work:  # at the same instant
        change_basis(work, case_id, row, NOTED, latest_draft(work, case_id))

    assert state(as_, cast, case_id) is Laid.OLDER
    assert lay(as_, cast, case_id) == 2
    assert state(as_, cast, case_id) is Laid.CURRENT
    with as_(None) as work:
        held = sa.select(Document).where(
            Document.case_id == case_id, Document.role == "basis_table"
        )
        versions = work.session.scalars(held).one().versions
        with work.files.open(versions[0].sha256) as file:
            (table,) = docx.Document(io.BytesIO(file.read())).tables
    second = [cell.text for cell in table.rows[2].cells]
    assert second == ["第二条", *second[1:2], LAW["source"], LAW["quote"], "细化性"]

    hand_in(as_, cast, case_id, "对照表", role="basis_table", name="对照表.docx")

    assert state(as_, cast, case_id) is Laid.BY_HAND


def test_a_file_made_before_a_change_is_not_laid(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    with as_(cast.drafter) as work:
        before = find_table(work, case_id).stamp
    with as_(cast.drafter) as work:
        change_basis(work, case_id, row, NOTED, latest_draft(work, case_id))
    with pytest.raises(Conflict, match="刚刚有改动"):
        lay(as_, cast, case_id, before)


def test_who_has_no_task_cannot_lay_it(as_: As, cast: Cast, case_id: int) -> None:
    enter(as_, cast, case_id, LAW)
    bring_to(as_, cast, case_id, "unit_legal_review")
    with pytest.raises(Refused):  # as for any upload
        lay(as_, cast, case_id)


def test_the_table_laid_is_the_document_the_submission_and_the_filing_ask_for(
    as_: As, cast: Cast, case_id: int
) -> None:
    enter(as_, cast, case_id, LAW)
    lay(as_, cast, case_id)
    bring_to(as_, cast, case_id, "sign_submission")
    assert state(as_, cast, case_id) is Laid.CURRENT  # nothing was uploaded over it
    do_next(as_, cast, case_id, "sign_submission")
    bring_to(as_, cast, case_id, "archive_file")
    with as_(None) as work:
        filings = sa.select(Case.id).where(Case.parent_id == case_id)
        filing = work.session.scalars(filings).first()
        held = sa.select(Document).where(
            Document.role == "basis_table", Document.case_id.in_([case_id, filing])
        )
        digests = [one.latest.sha256 for one in work.session.scalars(held)]
    assert len(digests) == 2
    assert len(set(digests)) == 1
