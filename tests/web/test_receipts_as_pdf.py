"""A receipt as PDF: readable, the same each time, without a look at the network."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.errors import Unavailable
from reviewflow.letters.pdf import makes_pdf, to_pdf
from reviewflow.model.filing import FilingSubmission
from reviewflow.work import Runtime
from tests.conftest import As
from tests.duties import Press, at, day
from tests.web.desk import Desk, file
from tests.web.test_filings import FILER, task

INSTEAD = "本机未安装 PDF 组件，请用浏览器打印。"
TEXT = shutil.which("pdftotext")


@pytest.fixture
def receipt(app: Flask, press: Press, as_: As, runtime: Runtime) -> str:
    """Send a filing; return the page of its receipt."""
    (filing,) = press.publish(day("06-01"))
    with time_machine.travel(at(day("06-10")), tick=False):
        to_do = task(as_, press, filing, "prepare_filing")
        papers = {role: file(f"{role}.docx") for role in PAPERS}
        Desk(app, FILER).send(f"/filings/{filing}", to_do | papers)
    with runtime.read(None) as work:
        code = work.session.scalar(sa.select(FilingSubmission.receipt_code))
    return f"/public/receipts/{code}"


PAPERS = ("drafting_note", "basis_table")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the component away from this process."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    makes_pdf.cache_clear()
    yield
    makes_pdf.cache_clear()


@pytest.mark.skipif(not makes_pdf() or TEXT is None, reason="needs Pango and poppler")
def test_a_receipt_is_kept_as_a_file_that_can_be_read(
    app: Flask, receipt: str, tmp_path: Path
) -> None:
    stranger = app.test_client()
    assert "下载 PDF" in stranger.get(receipt).text
    first, again = stranger.get(f"{receipt}.pdf"), stranger.get(f"{receipt}.pdf")
    assert first.mimetype == "application/pdf"
    assert first.data == again.data
    (tmp_path / "receipt.pdf").write_bytes(first.data)
    said = subprocess.run(  # noqa: S603 # a reader of PDF files
        [str(TEXT), "-layout", "receipt.pdf", "-"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    code = receipt.rsplit("/", 1)[1]
    for words in ("报送回执", "六司收〔2026〕1号", "六安市住房和城乡建设局", code):
        assert words in said


@pytest.mark.skipif(not makes_pdf(), reason="needs Pango")
@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:9/x.svg", "file:///etc/hostname", "data:image/svg+xml,"]
)
def test_nothing_is_fetched_for_it(
    place: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = '<p>一<img src="{0}"><link rel="stylesheet" href="{0}">'
    assert to_pdf(page.format(place), f'@import url("{place}");').startswith(b"%PDF")
    assert caplog.text.count("disallowed protocol") >= 3


@pytest.mark.usefixtures("without")
def test_where_it_cannot_be_made_the_page_says_what_to_do(
    app: Flask, receipt: str
) -> None:
    stranger = app.test_client()
    page = stranger.get(receipt).text
    assert INSTEAD in page
    assert "下载 PDF" not in page
    refused = stranger.get(f"{receipt}.pdf")
    assert refused.status_code == 503
    assert INSTEAD in refused.text
    with pytest.raises(Unavailable):
        to_pdf("", "")


def test_a_code_nobody_has_gives_no_file(app: Flask) -> None:
    assert app.test_client().get("/public/receipts/AAAA.pdf").status_code == 404
