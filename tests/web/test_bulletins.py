"""The pages of bulletins: made, read, sent out, compared, proved to anybody."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
import time_machine
from flask import Flask

from reviewflow.model.filing import FilingObligation, FilingSubmission
from reviewflow.work import Runtime
from tests.bulletins import THEN, day
from tests.cast import Cast
from tests.conftest import As
from tests.web.desk import Desk
from tests.web.program import Programs, body, fields
from tests.web.statements import counted

ROOT = Path(__file__).parents[2]
PAGE = "/bulletins"
RATES = ("93.33%", "73.33%", "78.57%")


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Let it be the day of the example."""
    with time_machine.travel(THEN, tick=False):
        yield


@pytest.fixture
def desk(app: Flask, filed: dict[str, int]) -> Desk:
    """The city's filing reviewer, with the filings of the example."""
    assert filed
    return Desk(app, "city.filing.reviewer")


def made(desk: Desk, cast: Cast, **said: str) -> str:
    """Make the report on January to October and return where it is."""
    typed = {"organ_id": str(cast.units["city"]), "period": "2026/10"}
    answer = desk.send(PAGE, {**typed, "as_of": "TODAY", **said})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_report_is_made_read_and_sent_out(desk: Desk, cast: Cast) -> None:
    assert PAGE in desk.links("/statistics")
    wrong = desk.send(
        PAGE, {"organ_id": str(cast.units["city"]), "period": "2026", "as_of": "TODAY"}
    )
    assert wrong.status_code == 422
    place = made(desk, cast)

    page = desk.page(place)
    assert all(rate in page for rate in RATES)
    assert "签名有效" in page
    assert all(rate in desk.page(PAGE) for rate in RATES)
    again = {"organ_id": str(cast.units["city"]), "period": "2026/10"}
    twice = desk.send(PAGE, {**again, "as_of": "TODAY"})
    assert (twice.status_code, "没有变化" in twice.text) == (409, True)

    paper = docx.Document(io.BytesIO(desk.content(f"{place}.docx")))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert said.startswith("六安市人民政府2026年1月至10月备案情况通报")
    assert "到期应报备15件，已报备14件，报备率93.33%" in said
    assert "二、逾期未报。市城市管理局1件" in said
    total = [cell.text for cell in paper.tables[0].rows[-1].cells]
    assert total[:4] == ["全部", "15", "14", "11"]
    book = openpyxl.load_workbook(io.BytesIO(desk.content(f"{place}.xlsx")))
    last = [cell.value for cell in book["报备"][book["报备"].max_row]]
    assert (last[0], last[3]) == ("全部", 15)


def test_what_came_later_is_named_beside_what_was_told(
    app: Flask, desk: Desk, as_: As, cast: Cast, filed: dict[str, int]
) -> None:
    place = made(desk, cast)
    assert "全部数字与通报一致" in desk.page(f"{place}/comparison")
    with as_(None, THEN) as work:
        row = work.get(FilingObligation, filed["N07"])
        row.submissions.append(
            FilingSubmission(
                submitted_on=day("07-20"), submitted_at=THEN, submitted_by_id=cast.filer
            )
        )
        row.settle()

    page = desk.page(f"{place}/comparison")
    assert "100.00%" in page
    assert "六城管规" not in page  # not his to see: only its number
    assert f"增加：编号 {filed['N07']}" in page
    assert "《N07》（六城管规〔2026〕2号）" in Desk(app, "auditor").page(
        f"{place}/comparison"
    )
    assert "93.33%" in desk.page(place)


def test_a_spoilt_report_shows_no_figures(
    runtime: Runtime, desk: Desk, cast: Cast
) -> None:
    place = made(desk, cast)
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_bulletin_update")
        connection.exec_driver_sql(
            "UPDATE bulletin SET snapshot = replace(snapshot, '93.33', '99.99')"
        )

    page = desk.page(place)

    assert "与签名时不一致" in page
    assert "99.99" not in page
    assert "99.99" not in desk.page(PAGE)
    assert [desk.status(place + part) for part in (".docx", ".xlsx")] == [409, 409]
    assert desk.status(f"{place}/comparison") == 303


def test_anybody_checks_it_with_the_script_of_the_document(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    place = made(desk, cast)
    said = (ROOT / "docs/bulletins.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", said, re.DOTALL)
    assert found
    assert len(found[1].splitlines()) <= 20
    (tmp_path / "check.py").write_text(found[1], encoding="utf-8")
    proof = json.loads(desk.content(f"{place}.json"))
    shown = re.search(r'class="digest">([0-9a-f]{64})<', desk.page(PAGE))
    assert shown

    def check(content: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        (tmp_path / "bulletin.json").write_text(json.dumps(content), encoding="utf-8")
        return subprocess.run(  # noqa: S603 # our own script
            [sys.executable, "-X", "utf8", "check.py", "bulletin.json", shown[1]],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    right = check(proof)
    assert (right.returncode, right.stderr) == (0, "")
    assert "六安市人民政府 2026年1月至10月" in right.stdout
    assert "I-1 14/15 93.33" in right.stdout
    for name in ("snapshot", "signature"):
        spoilt = proof[name].replace("9", "8", 1)
        assert check({**proof, name: spoilt}).returncode == 1


def test_the_list_asks_as_often_for_many(
    runtime: Runtime, desk: Desk, cast: Cast
) -> None:
    made(desk, cast, period="2026-01")
    with counted(runtime) as few:
        desk.page(PAGE)
    for month in range(2, 5):
        made(desk, cast, period=f"2026-{month:02}")
    with counted(runtime) as many:
        desk.page(PAGE)
    assert len(many) == len(few)


def test_programs_make_and_compare_too(
    programs: Programs, cast: Cast, filed: dict[str, int]
) -> None:
    assert filed
    program = programs(cast.signer)
    asked = {"organ_id": cast.units["city"], "period": "2026/10", "as_of": "TODAY"}
    assert fields(program.post(PAGE, {**asked, "period": "2026Q4"})).keys() == {
        "period"
    }
    one = body(program.post(PAGE, asked, key="once"), 201)
    assert body(program.post(PAGE, asked, key="once"), 201) == one
    assert one["seal"] == "INTACT"
    assert one["public_key"] == body(program.get(f"{PAGE}/key"))["public_key"]
    told = json.loads(one["snapshot"])["figures"]["total"]["rates"]
    assert [told[rate]["value"] for rate in ("I-1", "I-2", "I-3")] == [
        rate.strip("%") for rate in RATES
    ]
    listed = body(program.get(PAGE))
    assert (listed["total"], listed["items"][0]["id"]) == (1, one["id"])
    found = body(program.get(f"{PAGE}/{one['id']}/comparison"))
    assert (found["differences"], found["is_other_law"]) == ([], False)
    assert programs(cast.drafter).get(f"{PAGE}/{one['id']}").status_code == 404
