"""A yearly catalogue over the API, from the proposal to the adjustment."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.decisions import decision
from tests.steps import bring_to
from tests.web.program import Program, Programs, body, fields, sentence

PROPOSAL = {
    "sort": "DECISIONS",
    "year": 2026,
    "category": "PLAN",
    "title": "六安市城区学校布局规划",
    "schedule": "9月完成",
    "grounds": "学位不足，布点不匹配。",
}
CONSENT = {"consent_on": "2026-03-02", "consent_reference": "市委常委会第12次会议"}
LISTED = {"outcome": "LISTED"}
PUBLISHED = {"published_on": "2026-03-02", "channel": "市政府门户网站"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let the programs act on the Monday too."""
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def proposed(drafter: Program, cast: Cast, **changed: str) -> int:
    """Propose a matter; return the id of its catalogue."""
    sent = {**PROPOSAL, "unit_id": cast.units["housing"], **changed}
    answer = drafter.post("/catalogues/proposals", sent)
    found = body(answer, 201)["id"]
    assert answer.headers["Location"].endswith(f"/catalogues/{found}")
    return int(found)


def open_item(program: Program, place: str) -> str:
    """Return the address of what has been proposed and not settled."""
    items = body(program.get(place))["items"]
    (found,) = (one["id"] for one in items if one["state"] == "PROPOSED")
    return f"/catalogues/items/{found}"


def test_a_catalogue_is_proposed_argued_and_published(
    programs: Programs, cast: Cast
) -> None:
    drafter, clerk = programs(cast.drafter), programs(cast.office_intake)
    wrong = {**PROPOSAL, "unit_id": cast.units["housing"], "category": "RULE_NEW"}
    refused = drafter.post("/catalogues/proposals", wrong)
    assert fields(refused).keys() == {"category"}
    place = f"/catalogues/{proposed(drafter, cast)}"
    item = open_item(clerk, place)

    assert "还有待论证" in sentence(clerk.post(f"{place}/consent", CONSENT), 409)
    declined = {"outcome": "DECLINED", "reason": ""}
    assert fields(clerk.post(f"{item}/argument", declined)).keys() == {"reason"}
    assert drafter.post(f"{item}/argument", declined).status_code == 403
    body(clerk.post(f"{item}/argument", LISTED))
    early = clerk.post(f"{place}/publication", PUBLISHED)
    assert "还没有经过同意" in sentence(early, 409)
    body(clerk.post(f"{place}/consent", CONSENT))
    published = body(clerk.post(f"{place}/publication", PUBLISHED))
    assert published["published_on"] == "2026-03-02"
    (line,) = body(drafter.get("/catalogues"))["items"]
    assert (line["listed"], line["begun"], line["proposed"]) == (1, 0, 0)
    assert body(drafter.get("/catalogues", year=2025))["items"] == []


def test_a_published_catalogue_is_adjusted_and_linked(
    programs: Programs, as_: As, cast: Cast
) -> None:
    drafter, clerk = programs(cast.drafter), programs(cast.office_intake)
    place = f"/catalogues/{proposed(drafter, cast)}"
    item = open_item(clerk, place)
    body(clerk.post(f"{item}/argument", LISTED))
    body(clerk.post(f"{place}/consent", CONSENT))
    body(clerk.post(f"{place}/publication", PUBLISHED))

    case_id = decision(as_, cast)
    bring_to(as_, cast, case_id, "list_matter")
    number = body(clerk.get(f"/cases/{case_id}"))["number"]
    assert fields(clerk.post(f"{item}/link", {"number": "无"})).keys() == {"number"}
    (linked,) = body(clerk.post(f"{item}/link", {"number": number}))["items"]
    assert (linked["case_id"], linked["case_number"]) == (case_id, number)
    gone = clerk.post(f"{item}/removal", {"reason": "另行安排"})
    assert "已经启动，不能调出" in sentence(gone, 409)

    proposed(drafter, cast, title="供水规划")
    later = open_item(clerk, place)
    assert fields(clerk.post(f"{later}/argument", LISTED)).keys() == {"reason"}
    sent = {**LISTED, "reason": "省里部署"}
    added = body(clerk.post(f"{later}/argument", sent))
    assert [one["is_adjustment"] for one in added["items"]] == [False, True]
    removed = body(clerk.post(f"{later}/removal", {"reason": "并入另一项"}))
    assert removed["items"][-1]["state"] == "REMOVED"


def test_what_is_not_there_is_missing_for_everybody(
    programs: Programs, cast: Cast
) -> None:
    clerk = programs(cast.office_intake)
    sentence(clerk.get("/catalogues/999"), 404)
    sentence(clerk.post("/catalogues/items/999/removal", {"reason": "无"}), 404)
