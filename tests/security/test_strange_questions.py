"""Nonsense in addresses and forms: refused or passed over, never a fault of ours."""

import secrets
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.wrappers import Response

from tests.security.conftest import SignIn
from tests.security.knocks import API, Caller, address, routes
from tests.security.world import SEEN, World

NAMES = (
    *("q", "page", "unit", "kind", "state", "status", "by", "month", "since", "about"),
    *("of", "key", "group", "from", "to", "as_of", "chain", "limit", "stage", "side"),
    *("account", "next", "start", "days"),
)
VALUES = (
    "",
    "-1",
    "0",
    "9" * 30,
    "-" + "9" * 30,
    "1e9",
    "NaN",
    "\x00",
    "%",
    "_",
    "\\",
    "'\"; DROP TABLE task; --",
    "' OR '1'='1",
    "(((((a+)+)+)+)+)$",
    "{{7*7}}",
    "${7*7}",
    "../../etc/passwd",
    "长" * 5000,
    "\u202e",
    "2026-02-30",
    "[]",
    "__class__",
)
NO_NUMBER = {
    *("GET /rules/<limit_id>", "GET /api/v1/rules/<limit_id>"),
    *("GET /registers/<register>", "GET /registers/<register>/table.xlsx"),
    "GET /api/v1/registers/<register_name>",
}
"""Limits and registers have ids of letters, and are for all."""
HUGE = {
    **dict.fromkeys(("item_number", "year"), 10**25),
    "case_id": 10**25,
    "task_id": 2**63,
    "document_id": 2**63,
    "number": 10**30,
}
NUMBERS = ("user_id", "unit_id", "task_id", "task_version", "position", "number")
WORDS = (
    *("title", "kind", "kind_code", "reason", "why", "handover_reason", "name"),
    *("display_name", "role", "last_day", "outcome", "conclusion", "password", "again"),
    *("findings-0-clause", "findings-999-clause", "grounds", "more", "maker", "next"),
)
FAULT = "系统出现问题"
ENDS_SESSION = {"POST /signout", "POST /password"}


def is_fault(answer: Response) -> bool:
    """The server failed, or says that it did."""
    text = answer.get_data().decode(errors="replace")
    return answer.status_code >= 500 or FAULT in text


def pages(app: Flask, method: str) -> list[str]:
    """Return the routes of the pages with that method."""
    return [
        route
        for route in routes(app)
        if route.startswith(f"{method} ") and API not in route and "static" not in route
    ]


@pytest.mark.parametrize("who", ["handler", "admin"])
def test_no_address_makes_a_page_fail(
    world_app: Flask, world: World, signed_in: SignIn, who: str
) -> None:
    client = signed_in(who)
    ids = world.ids["housing"]
    bad = []
    for route in pages(world_app, "GET"):
        known = address(route, ids).partition("?")[0]
        for value in VALUES:
            asked = "&".join(f"{name}={quote(value)}" for name in NAMES)
            with client.get(f"{known}?{asked}") as answer:
                if is_fault(answer):
                    bad.append((known, value[:20], answer.status_code))
    assert bad == []


def test_a_number_beyond_all_numbers_is_nothing(
    world_app: Flask, world: World, signed_in: SignIn
) -> None:
    client = signed_in("auditor")
    huge = world.ids["housing"] | dict.fromkeys(world.ids["housing"], 10**25) | HUGE
    for route in pages(world_app, "GET"):
        if "<" in route and route not in NO_NUMBER:
            with client.get(address(route, huge)) as answer:
                assert answer.status_code in {303, 403, 404}, route


@pytest.mark.parametrize("who", ["handler", "admin"])
def test_no_form_makes_a_page_fail(world_app: Flask, world: World, who: str) -> None:
    caller = Caller.enter(world_app, world, who)
    bad = []
    for route in set(pages(world_app, "POST")) - ENDS_SESSION:
        path = address(route, world.ids["housing"])
        for value in VALUES[:12]:
            form = {
                **{name: [value, value] for name in NUMBERS + WORDS},
                "csrf_token": caller.csrf,
                "submit_key": secrets.token_hex(16),
            }
            with caller.client.post(path, data=form) as answer:
                if is_fault(answer):
                    bad.append((route, value[:20], answer.status_code))
    assert bad == []


@pytest.mark.parametrize("key", ["\x00" * 20, "长" * 20, "' OR 1=1 --        "])
def test_a_strange_submission_key_is_only_a_key(
    world_app: Flask, world: World, key: str
) -> None:
    caller = Caller.enter(world_app, world, "drafter")
    path = address("POST /cases/<case_id>/withdraw", world.ids["housing"])
    form = {"csrf_token": caller.csrf, "submit_key": key, "reason": ""}
    assert caller.client.post(path, data=form).status_code == 422


@pytest.mark.parametrize(
    "text", ["%", "_", "%%", "六安_", "六安%办法", "\\%", "[一-龥]"]
)
def test_a_search_takes_every_sign_for_itself(
    world: World, signed_in: SignIn, text: str
) -> None:
    client = signed_in("auditor")
    headers = {"Authorization": f"Bearer {world.tokens['auditor']}"}
    for path in ("/cases", "/inbox", "/done", "/filings"):
        shown = client.get(path, query_string={"q": text}).text
        assert not any(word in shown for word in SEEN.values()), path
    found = client.get("/api/v1/cases", query_string={"q": text}, headers=headers)
    assert found.get_json()["total"] == 0
