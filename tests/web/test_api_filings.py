from typing import Any

import pytest

from tests.cast import Cast
from tests.steps import As, bring_to, new_case
from tests.web.program import Programs, body, fields, sentence


@pytest.fixture
def filings(programs: Programs, as_: As, cast: Cast) -> dict[str, Any]:
    """The duties of a published document, by chain."""
    bring_to(as_, cast, new_case(as_, cast), "archive_file")
    found = body(programs(cast.filer).get("/filings"))
    return {filing["chain"]: filing for filing in found["items"]}


def test_duties_are_found_by_status_and_chain(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    filer = programs(cast.filer)

    def count(**query: Any) -> int:
        return int(body(filer.get("/filings", **query))["total"])

    assert filings.keys() == {"GOV", "NPC"}
    assert count() == 2
    assert count(chain="GOV") == count(chain="NPC") == 1
    status = filings["GOV"]["status"]
    assert count(status=status, chain="GOV") == 1
    assert count(status="EXEMPT") == 0
    assert fields(filer.get("/filings", status="DONE")).keys() == {"status"}


def test_a_duty_names_document_receiver_and_due_date(filings: dict[str, Any]) -> None:
    filing = filings["GOV"]

    assert filing["doc_number"] == "六政〔2026〕8号"
    assert filing["authority"]["name"] == "安徽省人民政府"
    assert filing["published_on"] < filing["due_on"]
    assert [task["step"] for task in filing["open_tasks"]] == ["prepare_filing"]


def test_a_filing_is_sent_corrected_and_registered(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    place = f"/filings/{filings['GOV']['id']}"
    filer, reviewer = programs(cast.filer), programs(cast.filing_reviewer)

    sent = body(filer.post(f"{place}/submit", {"note": "由我局统一报送。"}))
    asked = body(
        reviewer.post(f"{place}/request-correction", {"reason": "缺少条文依据对照表。"})
    )
    mended = body(filer.post(f"{place}/correct", {"note": "已补交。"}))
    done = body(reviewer.post(f"{place}/register"))

    assert sent["submissions"][0]["submitted_at"].endswith("+08:00")
    assert sent["filed_on"]
    assert asked["corrections"][0]["corrected_on"] is None
    assert mended["corrections"][0]["corrected_on"]
    assert (done["registered_on"] is not None, done["open_tasks"]) == (True, [])
    assert done["register_number"]
    assert body(filer.get(place)) == done


def test_what_went_the_wrong_way_is_given_back(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    place = f"/filings/{filings['GOV']['id']}"
    body(programs(cast.filer).post(f"{place}/submit"))
    reviewer = programs(cast.filing_reviewer)

    without = reviewer.post(f"{place}/return", {"reason": " "})
    back = body(reviewer.post(f"{place}/return", {"reason": "应当报送市人民政府。"}))

    assert "reason" in fields(without)
    assert back["submissions"][0]["returned_on"]
    assert back["filed_on"] is None
    assert [task["step"] for task in back["open_tasks"]] == ["prepare_filing"]


def test_who_files_does_not_register(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    place = f"/filings/{filings['GOV']['id']}"
    sentence(programs(cast.filing_reviewer).post(f"{place}/submit"), 403)
    body(programs(cast.filer).post(f"{place}/submit"))
    for verb, sent in (
        ("register", None),
        ("request-correction", {"reason": "缺少材料。"}),
        ("return", {"reason": "途径错误。"}),
    ):
        answer = programs(cast.filer).post(f"{place}/{verb}", sent)
        assert "岗位" in sentence(answer, 403)


def test_an_act_that_comes_too_late_says_where_the_filing_is(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    place = f"/filings/{filings['GOV']['id']}"
    filer = programs(cast.filer)
    too_early = programs(cast.filing_reviewer).post(f"{place}/register")
    body(filer.post(f"{place}/submit"))

    again = sentence(filer.post(f"{place}/submit"), 409)

    assert "报送" in sentence(too_early, 409)
    assert "徐备" in again
    assert "核对报备材料" in again


def test_foreign_and_absent_duties_are_alike(
    programs: Programs, cast: Cast, filings: dict[str, Any]
) -> None:
    stranger = programs(cast.other_drafter)
    because = {"reason": "缺少材料。"}
    sent = {"return": because, "request-correction": because}

    def ask(filing_id: object, verb: str) -> tuple[int, bytes]:
        answer = stranger.post(f"/filings/{filing_id}/{verb}", sent.get(verb))
        return answer.status_code, answer.data

    absent = stranger.get("/filings/9999")
    sentence(absent, 404)
    assert stranger.get(f"/filings/{filings['GOV']['id']}").data == absent.data
    assert body(stranger.get("/filings"))["total"] == 0
    for verb in ("submit", "register", "correct", "return", "request-correction"):
        for filing_id in (filings["GOV"]["id"], 9999, 2**80):
            assert ask(filing_id, verb) == (404, absent.data), verb
