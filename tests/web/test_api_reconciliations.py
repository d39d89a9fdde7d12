"""Lists of issued documents over the API: sent, matched, settled, counted."""

from typing import Any

import pytest

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.duties import Press, day
from tests.web.program import Program, Programs, body, fields, sentence

HOME = "/reconciliations"
FOUR = {"administrative": True, "external": True, "binding": True, "repeated": True}
SAID = {
    "doc_number": "六住建〔2026〕88号",
    "published_on": "2026-03-10",
    "effective_on": "2026-05-01",
    "reason": "规定业主的义务，没有报送备案。",
}


@pytest.fixture
def reviewer(programs: Programs, cast: Cast) -> Program:
    """A program of who examines what departments file with the city."""
    return programs(cast.city_filing_reviewer)


def sent(cast: Cast, *rows: dict[str, str], **changes: Any) -> dict[str, Any]:
    issued = {"title": "六安市物业管理办法", "issued_on": "2026-03-10"}
    return {
        "keeper_id": cast.units["justice"],
        "maker_id": cast.units["housing"],
        "source": "WEBSITE",
        "name": "市住建局网站",
        "rows": [{**issued, **row} for row in rows or ({},)],
        **changes,
    }


def matched(runtime: Runtime, reviewer: Program, whole: dict[str, Any]) -> int:
    """Send a list and have it matched; return its id."""
    made = body(reviewer.post(HOME, whole), 201)
    assert (made["added"], made["known"]) == (len(whole["rows"]), 0)
    again = body(reviewer.post(HOME, whole), 201)
    assert again == {"id": None, "added": 0, "known": len(whole["rows"])}
    run_waiting_jobs(runtime)
    return int(made["id"])


def test_a_list_is_sent_matched_and_confirmed(
    runtime: Runtime, reviewer: Program, cast: Cast, press: Press
) -> None:
    (filing_id,) = press.publish(day("05-11"))
    known = body(reviewer.get(f"/filings/{filing_id}"))
    desk = body(reviewer.get(HOME))["desks"][0]
    assert desk["keeper"]["id"] == cast.units["justice"]
    assert cast.units["housing"] in [maker["id"] for maker in desk["makers"]]

    listed = {"title": known["title"], "issued_on": "2026-05-12"}
    list_id = matched(runtime, reviewer, sent(cast, listed, {}))

    page = body(reviewer.get(f"{HOME}/{list_id}"))
    maybe, unknown = page["items"]
    assert page["reconciliation"]["counts"]["UNMATCHED"] == 1
    assert (unknown["ground"], unknown["known_title"]) == (None, None)
    assert (maybe["state"], maybe["ground"]) == ("PROBABLE", "OTHER_DAY")
    assert maybe["known_number"] == known["doc_number"]
    assert [one["id"] for one in maybe["filings"]] == [filing_id]
    row = f"{HOME}/rows/{maybe['id']}/match"
    assert body(reviewer.post(row, {"is_same": True}))["state"] == "MATCHED"


def test_what_is_unknown_is_none_of_the_sort_or_an_omission(
    runtime: Runtime, reviewer: Program, cast: Cast
) -> None:
    whole = sent(cast, {}, {"title": "工作要点"})
    list_id = matched(runtime, reviewer, whole)
    omitted, internal = body(reviewer.get(f"{HOME}/{list_id}"))["items"]

    no = {**FOUR, "external": False, "reason": "只对内部机构提出要求。"}
    done = body(reviewer.post(f"{HOME}/rows/{internal['id']}/exclusion", no))
    assert (done["state"], done["reason"]) == ("NOT_NORMATIVE", no["reason"])
    reopening = f"{HOME}/rows/{internal['id']}/reopening"
    done = body(reviewer.post(reopening))
    assert (done["state"], done["reason"]) == ("UNMATCHED", "")
    again = sentence(reviewer.post(reopening), 409)
    assert again == "这一行已经处理，请刷新后查看最新情况。"
    omission = f"{HOME}/rows/{omitted['id']}/omission"
    done = body(reviewer.post(omission, SAID))
    assert (done["state"], done["filings"][0]["stage"]) == ("OMITTED", "overdue")
    again = sentence(reviewer.post(omission, SAID), 409)
    assert again == "这一行已经处理，请刷新后查看最新情况。"
    (only,) = body(reviewer.get(f"{HOME}/{list_id}", state="OMITTED"))["items"]
    assert only["case_id"] == done["case_id"]


def test_what_is_wrong_is_said_by_row_and_nothing_is_kept(
    reviewer: Program, cast: Cast
) -> None:
    rows = ({"title": ""}, {"issued_on": "2999-01-01"})
    found = fields(reviewer.post(HOME, sent(cast, *rows)))
    assert list(found) == ["第 1 行“文件名称”", "第 2 行“发文日期”"]
    whose = reviewer.post(HOME, sent(cast, maker_id=cast.units["city"]))
    assert "不能核对" in sentence(whose, 403)
    assert body(reviewer.get(HOME))["items"] == []
    made = body(reviewer.post(HOME, sent(cast)), 201)
    row_id = body(reviewer.get(f"{HOME}/{made['id']}"))["items"][0]["id"]
    waiting = reviewer.post(f"{HOME}/rows/{row_id}/match", {"is_same": True})
    assert "已经处理" in sentence(waiting, 409)
