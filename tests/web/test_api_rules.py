"""Limits and holidays over the API: read by all, changed by two."""

from collections.abc import Iterator

import pytest
import time_machine

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.duties import Press, at, day
from tests.laws import TL13, YEAR_2027
from tests.web.program import Programs, body

NEW = {**TL13, "days": 15}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(at(day("11-23")), tick=False):
        yield


def test_a_limit_is_changed_by_two_programs(
    programs: Programs, cast: Cast, runtime: Runtime, press: Press
) -> None:
    (filing,) = press.publish(day("09-10"))
    admin, signer = programs(cast.admin), programs(cast.signer)
    before = body(admin.get("/rules", q="TL-13"))
    assert [one["days"] for one in before["items"]] == [15]
    assert before["items"][0]["unit"] == "日"

    change = body(admin.post("/rules/TL-13", NEW), 201)
    assert change["state"] == "PENDING"
    place = f"/rule-changes/{change['id']}"
    seen = body(signer.get(place))
    assert [(one["before"], one["after"]) for one in seen["clocks"]] == [
        ("2026-09-28", "2026-10-08")
    ]
    assert seen["moved"] == 1
    assert body(programs(cast.drafter).get(place))["moved"] is None
    assert admin.post(f"{place}/approval").status_code == 403
    assert body(signer.post(f"{place}/approval"))["state"] == "APPROVED"
    run_waiting_jobs(runtime)

    after = body(admin.get("/rules/TL-13"))
    assert after["present"]["unit"] == "工作日"
    assert [row["local"] for row in after["rows"]] == [True, False]
    assert body(admin.get("/rules"))["version"] != before["version"]
    filer = programs(cast.department_filer)
    assert body(filer.get(f"/filings/{filing}"))["due_on"] == "2026-10-08"


def test_a_change_is_given_up(programs: Programs, cast: Cast) -> None:
    admin = programs(cast.admin)
    place = f"/rule-changes/{body(admin.post('/rules/TL-13', NEW), 201)['id']}"
    assert body(admin.post(f"{place}/withdrawal"))["state"] == "DROPPED"
    assert admin.post(f"{place}/withdrawal").status_code == 409


def test_a_notice_is_read_whole_or_refused(programs: Programs, cast: Cast) -> None:
    admin = programs(cast.admin)
    assert body(admin.get("/calendar", year=2026))["working_days"] == 248
    assert not body(admin.get("/calendar", year=2027))["announced"]
    refused = admin.post("/calendar", {**YEAR_2027, "text": "一、春节：2月30日放假。"})
    assert refused.status_code == 422
    assert "未识别“2月30日”，请对照通知原文更正。" in refused.text
    assert body(admin.post("/calendar", YEAR_2027), 201)["key"] == "2027"
    assert admin.get("/calendar", year=1999).status_code == 404
    assert admin.get("/rules/TL-99").status_code == 404
