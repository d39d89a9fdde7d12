import hashlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.access import AuditRecord
from reviewflow.model.document import Document
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import bring_to, new_case, word_file
from tests.web.desk import Desk, file, place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def materials(as_: As, cast: Cast) -> str:
    """The dossier of a case that waits for its drafter."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "consult_units")
    return f"/cases/{case_id}/materials"


def address(as_: As) -> str:
    with as_(None) as work:
        document = work.session.scalars(
            sa.select(Document).where(Document.role == "submission_draft")
        ).one()
        return f"/cases/{document.case_id}/materials/{document.id}/1"


def test_the_dossier_says_what_is_there_and_what_is_missing(
    app: Flask, materials: str
) -> None:
    page = Desk(app, "drafter").page(materials)
    assert "submission_draft.docx" in page
    assert "还缺 6 项必备材料" in page
    assert hashlib.sha256(word_file("submission_draft")).hexdigest()[:12] in page


def test_files_are_added_while_one_has_a_task(app: Flask, materials: str) -> None:
    desk = Desk(app, "drafter")
    sent = {"drafting_note": file("起草说明.docx"), "basis_table": file("对照表.docx")}
    assert place(desk.send(materials, sent)) == materials
    page = desk.page(materials)
    assert "已上传 2 份材料。" in page
    assert "对照表.docx" in page


def test_no_file_is_said_at_once(app: Flask, materials: str) -> None:
    answer = Desk(app, "drafter").send(materials, {})
    assert answer.status_code == 422
    assert "请先选择要上传的文件。" in answer.text


def test_a_file_for_something_the_dossier_does_not_have_is_refused(
    app: Flask, materials: str
) -> None:
    answer = Desk(app, "drafter").send(materials, {"anything": file("某文件.docx")})
    assert answer.status_code == 422
    assert "材料清单中没有这一项" in answer.text


def test_who_has_no_task_may_read_but_not_add(app: Flask, materials: str) -> None:
    desk = Desk(app, "unit.legal")
    assert 'type="file"' not in desk.page(materials)
    answer = desk.send("/password", {"basis_table": file("对照表.docx")}, to=materials)
    assert answer.status_code == 403


def test_a_download_is_the_file_itself_and_is_recorded(
    app: Flask, as_: As, cast: Cast, materials: str
) -> None:
    desk = Desk(app, "unit.legal")
    with desk.get(address(as_)) as answer:
        assert answer.status_code == 200
        assert answer.data == word_file("submission_draft")
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment; filename=submission_draft.docx")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    with as_(None) as work:
        read = work.session.scalars(
            sa.select(AuditRecord).where(AuditRecord.kind == "document.read")
        ).one()
        assert read.actor_id == cast.unit_legal
    assert materials.split("/")[2] == address(as_).split("/")[2]


def test_a_chinese_name_arrives_whole(app: Flask, materials: str) -> None:
    desk = Desk(app, "drafter")
    desk.send(materials, {"drafting_note": file("起草说明（定稿）.docx")})
    (link,) = {
        link for link in desk.links(materials) if link.startswith(f"{materials}/2/")
    }
    with desk.get(link) as answer:
        assert "filename*=UTF-8''%E8%B5%B7" in answer.headers["Content-Disposition"]


@pytest.mark.usefixtures("materials")
def test_a_foreign_file_does_not_exist(app: Flask, as_: As) -> None:
    path = address(as_)
    assert Desk(app, "other.drafter").status(path) == 404
    assert (
        Desk(app, "drafter").status(path.replace("/1/materials", "/9/materials")) == 404
    )
    assert Desk(app, "drafter").status(path[:-1] + "7") == 404
