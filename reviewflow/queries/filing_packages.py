"""The package of a filing: what is wrong with its form, and all of it in one file."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from reviewflow import signing
from reviewflow.journal import plain
from reviewflow.letters.render_docx import render_docx
from reviewflow.model.document import Document
from reviewflow.model.filing import FilingObligation
from reviewflow.paragraphs import ENDING
from reviewflow.queries.documents import documents_of
from reviewflow.queries.letters import NOT_IN_NAMES, letter
from reviewflow.queries.preview import preview
from reviewflow.receipts import REPLY, filing_manifest
from reviewflow.work import Work

REPORT, TEXT = "filing_report", "final_text"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
IN_MEMORY = 8 * 1024 * 1024
LASTING = (".docx", ".pdf", ".ofd")
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""Entries carry no time, so that the same package is the same file."""
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Package:
    """All papers of a filing in one zip file, with the list of them."""

    name: str
    source: IO[bytes]


def filing_package(work: Work, filing_id: int) -> Package:
    """Return what is filed as one file, as it stands now.

    The report is written from what was published, unless one was uploaded. What
    was confirmed by receipts is listed with their digests. The list names every
    file with its digest, and is signed in the name of the installation.

    Raises:
        Missing: There is no such filing for the actor.
        Invalid: The report cannot be written; the sentence says what is missing.
        Unavailable: There is no key to sign with.
    """
    duty = work.get(FilingObligation, filing_id)
    manifest = plain(filing_manifest(work, duty.case, duty))
    manifest["receipts"] = plain({"of": _receipts(duty)})["of"]
    source = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 # is sent on
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest["files"] = {}
        for name, content in _papers(work, duty):
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), content)
            manifest["files"][name] = hashlib.sha256(content).hexdigest()
        listed = _text(manifest)
        archive.writestr(zipfile.ZipInfo(MANIFEST, NO_TIME), listed)
        signed = _text(_signature(work, listed))
        archive.writestr(zipfile.ZipInfo(SIGNATURE, NO_TIME), signed)
    source.seek(0)
    number = duty.publication.doc_number or duty.case.number
    return Package(NOT_IN_NAMES.sub("_", f"{number}-报备材料.zip"), source)


def _signature(work: Work, listed: str) -> dict[str, str]:
    return {
        "signed": MANIFEST,
        "sha256": signing.digest(listed),
        "algorithm": signing.ALGORITHM,
        "signature": work.signer.sign(listed),
        "public_key": work.signer.public_key,
    }


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


def form_findings(work: Work, duty: FilingObligation) -> list[str]:
    """Return what a receiver would find wrong with the form of a package.

    They are told before it is sent and keep nobody from sending it: whether a
    filing conforms is for the receiver to say.

    Source: 《安徽省行政规范性文件管理办法》第三十条 (what a report contains).
    """
    held = documents_of(work, duty.case_id)
    return [*_of_publication(duty), *_of_text(work, duty, held.get(TEXT))]


def _of_publication(duty: FilingObligation) -> Iterator[str]:
    row = duty.publication
    said = {
        "文号": row.doc_number,
        "制定机关统一登记编号": row.register_number,
        "审议的会议": row.meeting,
        "公布渠道": row.channel,
    }
    for name, value in said.items():
        if not value.strip():
            yield f"公布信息中没有{name}，备案报告将缺少这一项。"
    if row.decided_on and row.published_on and row.decided_on > row.published_on:
        yield "审议日期晚于公布日期，请核对。"


def _of_text(
    work: Work, duty: FilingObligation, held: Document | None
) -> Iterator[str]:
    if held is None:
        return
    name = held.latest.name.lower()
    if not name.endswith(LASTING):
        yield "正式文本不是 docx、pdf 或者 ofd 文件，接收机关可能无法打开。"
    if not name.endswith(ENDING):
        return
    read = preview(work, held)
    if read is None:
        yield "正式文本不能打开，请重新上传。"
        return
    words = _close("".join(one.number + one.text for one in read.paragraphs))
    row = duty.publication
    if _close(row.title) not in words:
        yield f"正式文本中没有找到标题“{row.title}”，请核对是否上传了正式公布的文本。"
    if row.doc_number and _close(row.doc_number) not in words:
        yield f"正式文本中没有找到文号“{row.doc_number}”，请核对是否为正式公布的文本。"


def _close(text: str) -> str:
    return SPACES.sub("", text).replace("[", "〔").replace("]", "〕")


def _papers(work: Work, duty: FilingObligation) -> Iterator[tuple[str, bytes]]:
    held = documents_of(work, duty.case_id)
    held.pop(REPLY, None)
    for place, document in enumerate(held.values(), start=1):
        version = document.latest
        name = NOT_IN_NAMES.sub("_", f"{place}-{document.title}-{version.name}")
        with work.files.open(version.sha256) as file:
            yield name, file.read()
    if REPORT not in held:
        report = render_docx(letter(work, duty.case_id, REPORT))
        yield "0-备案报告（系统生成）.docx", _without_times(report)


def _without_times(content: bytes) -> bytes:
    """Return a Word file whose parts carry no time of their own."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as given,
        zipfile.ZipFile(target, "w") as archive,
    ):
        for part in given.infolist():
            named = zipfile.ZipInfo(part.filename, NO_TIME)
            archive.writestr(named, given.read(part), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _receipts(duty: FilingObligation) -> list[dict[str, object]]:
    return [
        {
            "number": row.receipt_number,
            "code": row.receipt_code,
            "at": row.submitted_at,
            "digest": row.manifest_digest,
            "manifest": row.manifest,
        }
        for row in duty.submissions
        if row.receipt_code
    ]
