"""Receivers that do not work here: sent as a signed package, answered on paper."""

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role
from reviewflow.model.standing import ObligationStatus
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.people import end_post
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.usecases.unit_terms import enter_unit_term
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.steps import waiting, word_file
from tests.usecases.posts import post_of
from tests.web.desk import Desk, file, place
from tests.web.program import Programs

ROOT = Path(__file__).parents[2]
FILER = "department.filer"
TERM = {"sort": "OUTSIDE", "holder": "机要交换报送", "valid_from": "2026-01-01"}
SENT = {"way": "EXCHANGE", "note": "一式三份。"}
REGISTERED = {"decision": "REGISTER", "register_number": "皖府备〔2026〕18号"}
LACKING = {"decision": "SUPPLEMENT", "reason": "缺少条文依据对照表。"}


@pytest.fixture
def outside(as_: As, cast: Cast) -> None:
    """Let nobody receive filings for the city here, and say so."""
    post = post_of(as_, cast.city_filing_reviewer, Role.FILING_REVIEWER)
    with as_(None, at(date(2026, 1, 5))) as work, pytest.raises(Invalid) as caught:
        enter_unit_term(work, cast.units["city"], TERM)
    assert "有在岗的备案审查人" in caught.value.message
    with as_(None, at(date(2026, 1, 5))) as work:
        end_post(work, post)
    with as_(None, at(date(2026, 1, 6))) as work:
        enter_unit_term(work, cast.units["city"], TERM)


class Filer:
    """Who files, at the page of one duty."""

    def __init__(self, app: Flask, as_: As, press: Press, filing: int) -> None:
        self.app, self.as_, self.press = app, as_, press
        self.filing, self.path = filing, f"/filings/{filing}"

    def page(self, on: str) -> str:
        with time_machine.travel(at(day(on)), tick=False):
            return Desk(self.app, FILER).page(self.path)

    def enter(
        self, step: str, happened: str, on: str, answers: dict[str, str], *papers: str
    ) -> TestResponse:
        """Enter on one day what happened on another."""
        task_id = waiting(self.as_, self.press.case_of(self.filing), step)
        sent: dict[str, object] = {"task_id": task_id, **answers}
        sent |= {"happened_on": str(day(happened)) if happened else ""}
        sent |= {role: file(f"{role}.docx") for role in papers}
        with time_machine.travel(at(day(on)), tick=False):
            return Desk(self.app, FILER).send(self.path, sent)

    def do(self, *what: object) -> None:
        assert place(self.enter(*what)) == self.path  # type: ignore[arg-type]

    def duty(self) -> FilingObligation:
        with self.as_(None) as work:
            return work.get(FilingObligation, self.filing)


@pytest.fixture
def filer(
    app: Flask,
    as_: As,
    press: Press,
    outside: None,  # noqa: ARG001 # is arranged
) -> Filer:
    (filing,) = press.publish(day("06-01"))
    return Filer(app, as_, press, filing)


PAPERS = ("drafting_note", "basis_table")


def test_what_was_answered_counts_as_of_its_own_days(
    filer: Filer, runtime: Runtime
) -> None:
    filer.do("prepare_filing", "06-10", "06-20", SENT, *PAPERS)
    page = filer.page("06-20")
    for words in ("等待六安市人民政府答复，自 06-10", "机要交换", "罗文于 06-20"):
        assert words in page
    assert "报送回执" not in page
    filer.do("examine_filing", "06-12", "06-20", LACKING, "authority_reply")
    filer.do("correct_filing", "06-17", "06-22", SENT)
    fire_due_timers(runtime, at(day("06-23")))
    filer.do("examine_filing", "06-23", "06-24", REGISTERED)

    duty = filer.duty()
    (sent,) = duty.submissions
    sealed = bool(sent.manifest_digest)
    assert (sent.submitted_on, sent.receipt_code, sealed) == (day("06-10"), "", True)
    (asked,) = duty.corrections
    assert (asked.notice_on, asked.due_on) == (day("06-12"), day("06-22"))
    assert (asked.corrected_on, asked.lapsed_on) == (day("06-17"), None)
    registered = (duty.registered_on, duty.register_number, duty.backfilled_on)
    assert registered == (day("06-23"), "皖府备〔2026〕18号", day("06-20"))
    assert duty.standing.status(day("06-24")) is ObligationStatus.ON_TIME
    page = filer.page("06-24")
    assert "2026年6月23日" in page
    assert "开始备案审查" not in page
    with runtime.read(None) as work:
        assert verify(work, [duty.case_id]) == []


def test_a_correction_entered_late_is_judged_by_the_day_it_was_sent(
    filer: Filer, runtime: Runtime
) -> None:
    filer.do("prepare_filing", "06-10", "06-10", SENT, *PAPERS)
    filer.do("examine_filing", "06-12", "06-12", LACKING, "authority_reply")
    fire_due_timers(runtime, at(day("06-24")))
    assert filer.duty().corrections[0].lapsed_on == day("06-22")
    assert filer.duty().backfilled_on is None
    filer.do("correct_filing", "06-22", "06-26", SENT)
    assert filer.duty().corrections[0].lapsed_on is None
    assert filer.duty().standing.status(day("06-26")) is ObligationStatus.ON_TIME


def test_what_is_given_back_is_sent_again_and_its_clock_never_stopped(
    filer: Filer,
) -> None:
    wrong = {"decision": "WRONG_ROUTE", "reason": "应当报送市人大常委会。"}
    filer.do("prepare_filing", "06-10", "06-10", SENT, *PAPERS)
    filer.do("examine_filing", "06-18", "06-19", wrong, "authority_reply")
    assert "待报备" in filer.page("06-19") or "逾期未报" in filer.page("06-19")
    refused = filer.enter("prepare_filing", "06-12", "06-19", SENT)
    assert refused.status_code == 422
    assert "日期不能早于退回日期（2026年6月18日）" in refused.text
    filer.do("prepare_filing", "06-19", "06-19", SENT)
    assert filer.duty().standing.status(day("06-19")) is ObligationStatus.LATE


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        ("05-31", "日期不能早于公布日期（2026年6月1日）"),
        ("06-11", "日期不能晚于今天"),
        ("", "请选择送出日期"),
    ],
)
def test_nonsense_is_refused_and_what_was_typed_stays(
    filer: Filer, happened: str, sentence: str
) -> None:
    refused = filer.enter("prepare_filing", happened, "06-10", SENT, *PAPERS)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "一式三份。" in refused.text
    assert not filer.duty().submissions


def test_an_answer_needs_its_scan_and_comes_after_what_was_sent(filer: Filer) -> None:
    filer.do("prepare_filing", "06-10", "06-10", SENT, *PAPERS)
    bare = filer.enter("examine_filing", "06-12", "06-12", REGISTERED)
    assert "请上传备案机关答复的扫描件" in bare.text
    early = filer.enter(
        "examine_filing", "06-09", "06-12", REGISTERED, "authority_reply"
    )
    assert "日期不能早于送出日期（2026年6月10日）" in early.text
    assert filer.duty().registered_on is None


class Script:
    """The script of the document, run over a package that may be spoilt."""

    def __init__(self, folder: Path, key: str, content: bytes) -> None:
        said = (ROOT / "docs/filing-packages.md").read_text(encoding="utf-8")
        found = re.search(r"```python\n(.*?)```", said, re.DOTALL)
        assert found
        assert len(found[1].splitlines()) <= 20
        (folder / "check.py").write_text(found[1], encoding="utf-8")
        self.folder, self.key = folder, key
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            self.parts = {one: given.read(one) for one in given.namelist()}

    def accepts(self, **other: bytes) -> bool:
        """Run it over the package with other parts by their names."""
        with zipfile.ZipFile(self.folder / "package.zip", "w") as archive:
            for name, part in {**self.parts, **other}.items():
                archive.writestr(name, part)
        done = subprocess.run(  # noqa: S603 # our own script
            [sys.executable, "-X", "utf8", "check.py", "package.zip", self.key],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


def test_anybody_checks_the_package_with_the_script_of_the_document(
    filer: Filer, runtime: Runtime, tmp_path: Path
) -> None:
    filer.do("prepare_filing", "06-10", "06-10", SENT, *PAPERS)
    filer.do("examine_filing", "06-12", "06-12", LACKING, "authority_reply")
    with time_machine.travel(at(day("06-12")), tick=False):
        content = Desk(filer.app, FILER).content(f"{filer.path}/package.zip")
    script = Script(tmp_path, runtime.signer.public_key, content)
    assert not [name for name in script.parts if "authority_reply" in name]
    listed = script.parts["manifest.json"]
    paper = next(iter(json.loads(listed)["files"]))

    assert script.accepts()
    assert not script.accepts(**{paper: b"another"})
    assert not script.accepts(**{"more.docx": b"more"})
    spoilt = listed.replace(b"2026", b"2025", 1)
    assert not script.accepts(**{"manifest.json": spoilt})


def test_programs_enter_it_too(
    filer: Filer, programs: Programs, cast: Cast, as_: As
) -> None:
    case_id = filer.duty().case_id
    with as_(cast.department_filer, at(day("06-09"))) as work:
        for role in PAPERS:
            paper = receive_upload(work.files, "a.docx", io.BytesIO(word_file("一")))
            attach_document(work, case_id, role, paper)
    with time_machine.travel(at(day("06-11")), tick=False):
        program = programs(cast.department_filer)
        place = f"/filings/{filer.filing}/submit"
        refused = program.post(place, {"happened_on": "2026-06-12", "way": "PORTAL"})
        told = program.post(place, {"happened_on": "2026-06-10", "way": "PORTAL"})
    assert refused.get_json()["errors"][0]["field"] == "happened_on"
    assert told.get_json()["filed_on"] == "2026-06-10"
    assert told.get_json()["submissions"][0]["way"] == "网上系统"
