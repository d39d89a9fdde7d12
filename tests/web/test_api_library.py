"""Library, clean-ups and post-assessments over the API."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.cleanups import CAMPAIGN, PUBLISHED
from tests.conftest import NOON_MONDAY, As
from tests.papers import number_of, published
from tests.steps import word_file
from tests.web.program import Program, Programs, body, fields, sentence


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let the programs act on the Monday too."""
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def test_a_document_is_found_replaced_and_leads_to_the_other(
    programs: Programs, as_: As, cast: Cast
) -> None:
    old = published(as_, cast, title="旧办法", valid_until="2026-06-30")
    new = published(as_, cast, title="新办法")
    program, place = programs(cast.publisher), f"/library/{old}"
    found = body(program.get("/library", limit=1))
    assert (found["total"], found["items"][0]["title"]) == (2, "新办法")
    assert body(program.get(found["next"]))["items"][0]["id"] == old
    assert [one["id"] for one in body(program.get("/library", soon="true"))["items"]]
    assert body(program.get("/library", q="新", state="REPEALED"))["total"] == 0

    change = {"sort": "REPLACES", "effective_on": "2026-03-02", "basis": "会议决定"}
    assert fields(program.post(f"{place}/changes", change)).keys() == {"number"}
    foreign = programs(cast.drafter).post(f"{place}/changes", change)
    assert foreign.status_code == 403
    sent = {**change, "number": number_of(as_, new)}
    shown = body(program.post(f"{place}/changes", sent))
    assert (shown["state"], shown["changes"][0]["library_id"]) == ("REPLACED", new)
    again = program.post(f"{place}/changes", sent)
    assert "不再执行" in sentence(again, 422)
    record = body(programs(cast.filing_reviewer).get(f"/library/{new}"))
    assert record["changed"][0]["doc_number"] == number_of(as_, old)
    assert record["case_id"] is None  # another's case stays unknown
    number = record["texts"][0]["number"]
    with program.get(f"/library/{new}/text/{number}") as text:
        assert text.status_code == 200
        assert "sandbox" in text.headers["Content-Security-Policy"]
    sentence(program.get(f"/library/{new}/text/99"), 404)


def test_a_clean_up_ends_what_it_says_once_it_is_published(
    programs: Programs, as_: As, cast: Cast
) -> None:
    kept, ended = published(as_, cast), published(as_, cast)
    office, drafter = programs(cast.unit_legal), programs(cast.drafter)
    sent = {**CAMPAIGN, "organ_id": cast.units["housing"]}
    assert drafter.post("/cleanups", sent).status_code == 403
    assert fields(office.post("/cleanups", {**sent, "basis": ""})).keys() == {"basis"}
    begun = body(office.post("/cleanups", sent), 201)
    place = f"/cleanups/{begun['id']}"
    assert [one["library_id"] for one in begun["items"]] == [kept, ended]
    for one, result in zip(begun["items"], ("KEEP", "REPEAL"), strict=True):
        item = f"/cleanups/items/{one['id']}"
        early = {"proposal": result, "reason": "上位法修改。"}
        assert "还没有提出意见" in sentence(
            office.post(f"{item}/confirmation", early), 409
        )
        unsaid = drafter.post(f"{item}/answer", {"proposal": result})
        assert fields(unsaid).keys() == {"reason"}
        body(drafter.post(f"{item}/answer", early))
        assert "还有" in sentence(office.post(f"{place}/publication", PUBLISHED), 409)
        body(office.post(f"{item}/confirmation", {"proposal": result}))
    assert programs(cast.other_drafter).get(place).status_code == 404
    done = body(office.post(f"{place}/publication", PUBLISHED))

    assert [one["result"] for one in done["items"]] == ["KEEP", "REPEAL"]
    (line,) = body(drafter.get("/cleanups"))["items"]
    assert (line["documents"], line["confirmed"]) == (2, 2)
    states = [body(drafter.get(f"/library/{one}"))["state"] for one in (kept, ended)]
    assert states == ["IN_FORCE", "REPEALED"]
    assert "已经公布" in sentence(office.post(f"{place}/publication", PUBLISHED), 409)


def finish(program: Program, place: str, **changed: object) -> TestResponse:
    """Send the result of a post-assessment with its report."""
    said = {"conclusion": "AMEND", "summary": "较好。", "next_steps": "修订。"}
    report = (io.BytesIO(word_file("评估报告")), "评估报告.docx")
    form: dict[str, Any] = {**said, "done_on": "2026-03-02", "report": report}
    return program.send(f"{place}/result", **(form | changed))


def test_a_post_assessment_is_planned_and_finished_with_its_report(
    programs: Programs, as_: As, cast: Cast
) -> None:
    number = number_of(as_, published(as_, cast))
    office, drafter = programs(cast.unit_legal), programs(cast.drafter)
    plan = {"year": 2026, "number": number, "reason": "满两年", "due_on": "2026-11-30"}
    assert drafter.post("/post-assessments", plan).status_code == 403
    unknown = office.post("/post-assessments", {**plan, "number": "没有"})
    assert fields(unknown).keys() == {"number"}
    begun = body(office.post("/post-assessments", plan), 201)
    place = f"/post-assessments/{begun['id']}"
    sentence(drafter.get(f"{place}/report"), 404)

    assert fields(finish(drafter, place, summary="")).keys() == {"summary"}
    assert fields(finish(drafter, place, report="无")).keys() == {"report"}
    assert body(finish(drafter, place))["conclusion"] == "AMEND"
    assert "已经完成" in sentence(finish(drafter, place), 409)
    with drafter.get(f"{place}/report") as report:
        assert report.status_code == 200
    year = body(drafter.get("/post-assessments"))
    assert [one["done_on"] for one in year["items"]] == ["2026-03-02"]
    assert (year["without_plan"], year["unfinished"]) == ([], [])
