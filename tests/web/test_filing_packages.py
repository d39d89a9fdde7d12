"""What is filed as one file, its receipt, and what is wrong with its form."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.event import Event
from reviewflow.model.filing import FilingSubmission
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.steps import waiting, word_file
from tests.web.desk import Desk, file, place

FILER = "department.filer"
PAPERS = {"drafting_note": file, "basis_table": file}


def asked(as_: As, press: Press, filing: int, step: str) -> dict[str, object]:
    return {"task_id": waiting(as_, press.case_of(filing), step)}


def send(app: Flask, as_: As, press: Press, filing: int, on: str = "06-10") -> Desk:
    """Send a filing as its officer does; return the desk."""
    with time_machine.travel(at(day(on)), tick=False):
        desk = Desk(app, FILER)
        task = asked(as_, press, filing, "prepare_filing")
        papers = {role: make(f"{role}.docx") for role, make in PAPERS.items()}
        path = f"/filings/{filing}"
        assert place(desk.send(path, task | papers)) == path
    return desk


def sent_row(runtime: Runtime) -> FilingSubmission:
    with runtime.read(None) as work:
        return work.session.scalars(sa.select(FilingSubmission)).unique().one()


def attach(as_: As, cast: Cast, case_id: int, name: str, text: str) -> None:
    content = io.BytesIO(word_file(text))
    with as_(cast.department_filer, at(day("06-09"))) as work:
        upload = receive_upload(work.files, name, content)
        attach_document(work, case_id, "final_text", upload)


def test_what_is_sent_is_confirmed_at_once_and_can_be_checked_by_anybody(
    app: Flask, runtime: Runtime, as_: As, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    desk = send(app, as_, press, filing)
    row = sent_row(runtime)
    assert row.receipt_number == "六司收〔2026〕1号"
    assert row.submitted_at == at(day("06-10"))
    with time_machine.travel(at(day("06-10")), tick=False):
        assert row.receipt_number in desk.page(f"/filings/{filing}")
    with runtime.read(None) as work:
        told = sa.select(Event.payload).where(Event.kind == "filing.submitted")
        assert (work.session.scalar(told) or {})["digest"] == row.manifest_digest
        canonical = json.dumps(
            row.manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
    assert hashlib.sha256(canonical.encode()).hexdigest() == row.manifest_digest

    stranger = app.test_client()
    address = stranger.get(
        "/public/receipts", query_string={"code": f" {row.receipt_code.lower()} "}
    ).headers["Location"]
    text = stranger.get(address).text
    for words in (row.receipt_number, row.manifest_digest, "材料清单与出具时一致"):
        assert words in text
    for one in row.manifest["documents"]:
        assert one["sha256"] in text
    assert "department" not in text
    refused = stranger.get("/public/receipts?code=AAAA")
    assert refused.status_code == 404
    assert "没有这份回执" in refused.text


def test_what_is_uploaded_later_is_not_in_the_receipt(
    app: Flask, runtime: Runtime, as_: As, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    send(app, as_, press, filing)
    before = sent_row(runtime).manifest
    press.request_correction(filing, day("06-11"))
    with time_machine.travel(at(day("06-12")), tick=False):
        desk = Desk(app, FILER)
        task = asked(as_, press, filing, "correct_filing")
        more = {"note": "已补交。", "basis_table": file("新表.docx", "另有依据。")}
        path = f"/filings/{filing}"
        assert place(desk.send(path, task | more)) == path
    assert sent_row(runtime).manifest == before
    code = sent_row(runtime).receipt_code
    assert "材料清单与出具时一致" in desk.page(f"/public/receipts/{code}")


def test_a_changed_manifest_is_told_and_so_is_a_return(
    app: Flask, runtime: Runtime, as_: As, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    send(app, as_, press, filing)
    code = sent_row(runtime).receipt_code
    press.do(
        filing,
        "examine_filing",
        day("06-11"),
        decision="WRONG_ROUTE",
        reason="应当报送市人大常委会。",
    )
    text = app.test_client().get(f"/public/receipts/{code}").text
    assert "已经退回" in text
    with as_(None) as work:
        row = work.session.scalars(sa.select(FilingSubmission)).unique().one()
        row.manifest = {**row.manifest, "title": "另一件文件"}
    text = app.test_client().get(f"/public/receipts/{code}").text
    assert "与出具时不一致" in text


def test_all_papers_come_as_one_file_the_same_each_time(
    app: Flask, as_: As, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    desk = send(app, as_, press, filing)
    address = f"/filings/{filing}/package.zip"
    with time_machine.travel(at(day("06-10")), tick=False):
        assert address in desk.links(f"/filings/{filing}")
        content = desk.content(address)
    with time_machine.travel(at(day("06-10")) + timedelta(minutes=5), tick=False):
        assert desk.content(address) == content
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert [name for name in names if name.startswith("0-备案报告")]
    assert len(names) == len(set(names)) >= 4
    manifest = json.loads(archive.read("manifest.json"))
    digests = {hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    assert {one["sha256"] for one in manifest["documents"]} <= digests
    assert manifest["receipts"][0]["number"] == "六司收〔2026〕1号"
    assert not [name for name in names if "/" in name or "\\" in name]


def test_form_is_looked_at_before_it_is_sent_and_keeps_nobody(
    app: Flask, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    attach(as_, cast, press.case_of(filing), "正文.docx", "第一条 为了规范停车。")
    with time_machine.travel(at(day("06-10")), tick=False):
        page = Desk(app, FILER).page(f"/filings/{filing}")
    for words in ("格式检查", "没有找到标题", "没有找到文号", "没有公布渠道"):
        assert words in page
    send(app, as_, press, filing)
    with time_machine.travel(at(day("06-10")), tick=False):
        for who in (FILER, "city.filing.reviewer"):
            assert "格式检查" not in Desk(app, who).page(f"/filings/{filing}")
