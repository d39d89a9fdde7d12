"""Knocking at a route: as somebody, at somebody's object, with a body that fits."""

import io
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.laws import TL13
from tests.security.nouns import sent_about_lists, sent_about_nouns
from tests.security.world import FORMER, World
from tests.steps import START, TEXT, word_file
from tests.web.browser import hidden, sign_in

API = "/api/v1/"
NOUNS = "bulletin export group hearing opinion participant rule_list sending set"
WORDS = {
    **{f"{noun}_id": "1" for noun in [*NOUNS.split(), "template", "term"]},
    "name": "review_opinion",
    "process": "normative_document",
    "key": "normative_document",
    "digest": "0",
    "filename": "app.css",
    "paper": "notice",
    "code": "AAAA-AAAA-AAAA-AAAA",
    "token": "guessed",
    "act": "group",
    "verb": "confirm",
    "year": "2026",
    "wording": "review_opinion",
    "limit_id": "TL-13",
    "item_number": "18",
    **dict.fromkeys(("register", "register_name"), "reviews"),
}
ELSEWHERE = {"/letters/": "published_id", "/new/": "registering_id"}
"""Routes that only a case at another step has."""

ASKED = {
    "/api/v1/deadline": "?start=2026-03-02&days=5&unit=日",
    "/statistics/list": "?of=due",
    "/statistics/list.xlsx": "?of=due",
    "/reports/<year>/list": "?of=due",
    "/reports/<year>/list.xlsx": "?of=due",
    "/statistics/reviews/list": "?of=late",
    "/statistics/reviews/list.xlsx": "?of=late",
}
MISSING = 10**6
SHEET = "姓名,联系方式,来源,对应条款,意见内容,收到日期\n,,,,试探,2026-02-01\n"
TABLE = "条款,条文内容,依据名称及条款,依据原文,说明\n第一条,,,,自设：试探\n"
SPEECHLESS = frozenset({"HEAD", "OPTIONS"})


def routes(app: Flask) -> dict[str, Rule]:
    """Return every method of every route, as `GET /cases`."""
    return {
        f"{method} {plain(rule)}": rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - SPEECHLESS
    }


def plain(rule: Rule) -> str:
    """Return the address of a route without the sorts of its parts."""
    return re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"<\1>", rule.rule)


def address(route: str, ids: Mapping[str, int]) -> str:
    """Return the address of a route with its parts filled in."""
    path = route.partition(" ")[2]
    known = {**WORDS, **ids}
    for part, other in ELSEWHERE.items():
        if part in path:
            known["case_id"] = ids[other]
    if path.startswith("/meetings/"):
        known["act"] = "agenda"
    return re.sub(r"<(\w+)>", lambda part: str(known[part[1]]), path) + ASKED.get(
        path, ""
    )


@dataclass(frozen=True, slots=True)
class Knock:
    """What came of it."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Caller:
    """Somebody with a browser and a token, or a stranger with neither."""

    who: str
    client: FlaskClient
    bearer: str
    csrf: str = ""

    @classmethod
    def enter(cls, app: Flask, world: World, who: str) -> "Caller":
        """Sign somebody in, as far as that is possible."""
        client = app.test_client()
        caller = cls(who, client, world.tokens.get(who, "rf_nobody"))
        page = "/signin"
        if who in world.tokens:
            sign_in(client, who.replace("_", "."))
            page = "/signin" if who == FORMER else "/password"
        caller.csrf = hidden(client.get(page).text, "csrf_token")
        return caller

    def knock(self, route: str, ids: Mapping[str, int], cast: Cast) -> Knock:
        """Ask for a route as a browser or a program would."""
        with self._open(route, ids, cast) as answer:
            text = answer.get_data().decode(errors="replace")
            return Knock(answer.status_code, text, dict(answer.headers))

    def _open(self, route: str, ids: Mapping[str, int], cast: Cast) -> TestResponse:
        method, path = route.partition(" ")[0], address(route, ids)
        sent = body_of(route, ids, cast) if method == "POST" else {}
        if path.startswith(API):
            headers = {"Authorization": f"Bearer {self.bearer}"}
            return self.client.open(path, method=method, headers=headers, **sent)
        if method == "POST":
            sent["data"] = {
                **sent.get("data", {}),
                "csrf_token": self.csrf,
                "submit_key": secrets.token_hex(16),
            }
        return self.client.open(path, method=method, **sent)


def body_of(route: str, ids: Mapping[str, int], cast: Cast) -> dict[str, Any]:
    """Return what is sent: well formed, but nothing that could be carried out."""
    begun = {
        "kind": "normative_document",
        "title": "六安市试探办法",
        "unit_id": cast.units["housing"],
    }
    lists = sent_about_lists(cast)
    if route in lists:
        return lists[route]
    if route.startswith(f"POST {API}"):
        return _to_the_api(begun, cast.other_drafter).get(route, {"json": {}})
    return _to_a_page(begun, cast.other_drafter, ids).get(route, {})


def _to_the_api(begun: dict[str, Any], other: int) -> dict[str, dict[str, Any]]:
    return {
        "POST /api/v1/cases": {"json": {**begun, "fields": {}}},
        "POST /api/v1/cases/<case_id>/documents": {
            "data": {"role": "no_such_item", **_file("file")}
        },
        **_about_opinions(),
        **_about_rules(),
        "POST /api/v1/cases/<case_id>/withdraw": {"json": {"reason": ""}},
        "POST /api/v1/kinds": {"data": {"file": (io.BytesIO(b"PK"), "kind.zip")}},
        "POST /api/v1/tasks/<task_id>/complete": {
            "json": {"answers": {}, "task_version": 1}
        },
        "POST /api/v1/tasks/<task_id>/reassign": {
            "json": {"user_id": other, "reason": TEXT}
        },
        "POST /api/v1/tasks/<task_id>/return": {"json": {"reason": TEXT}},
        "POST /api/v1/rule-lists/<rule_list_id>/receipt": {
            "data": {"received_on": "2026-03-02", **_file("receipt")}
        },
        **sent_about_nouns(MISSING),
        "POST /api/v1/filings/<filing_id>/return": {"json": {"reason": TEXT}},
        "POST /api/v1/filings/<filing_id>/request-correction": {
            "json": {"reason": TEXT}
        },
    }


def _about_rules() -> dict[str, dict[str, Any]]:
    notice = {"title": "放假通知", "address": "试探", "text": TEXT, "reason": TEXT}
    return {
        "POST /api/v1/rules/<limit_id>": {
            "json": {**TL13, "days": 15, "reason": ""},
        },
        "POST /api/v1/calendar": {"json": notice},
    }


def _about_opinions() -> dict[str, dict[str, Any]]:
    case = "POST /api/v1/cases/<case_id>"
    none = {"group_id": MISSING, "adoption": "FULL", "reason": ""}
    row = {"clause": "第一条", "nature": "OWN", "note": TEXT}
    return {
        f"{case}/bases": {"json": row},
        f"{case}/bases/<basis_id>": {"json": row},
        f"{case}/bases/import": {"json": {"rows": [row]}},
        f"{case}/consultation/answers": {"json": {"answers": [none]}},
        f"{case}/consultation/comments": {"json": {"text": TEXT}},
        f"{case}/consultation/extension": {
            "json": {"ends_on": "2026-04-01", "reason": TEXT}
        },
        f"{case}/emergency": {"data": {"reason": TEXT, **_file("emergency_note")}},
        f"{case}/emergency/decision": {"json": {"outcome": "REFUSE", "refusal": TEXT}},
        f"{case}/units": {"json": {"unit_ids": [MISSING], "due_on": "2020-01-01"}},
        f"{case}/units/<opinion_id>/answer": {
            "json": {"stance": "AGREE", "answered_on": "2026-03-02"}
        },
        f"{case}/units/<opinion_id>/settlement": {
            "json": {"settlement": "SETTLED", "note": TEXT}
        },
    }


def _to_a_page(
    begun: dict[str, Any], other: int, ids: Mapping[str, int]
) -> dict[str, dict[str, Any]]:
    return {
        "POST /cases/<case_id>/new/check": {"data": {"planned_on": "明天"}},
        "POST /cases/<case_id>/new/materials": {"data": _file("no_such_item")},
        "POST /cases/new": {"data": {**begun, **START, "kind_code": ""}},
        "POST /cases/<case_id>/materials": {"data": _file("no_such_item")},
        "POST /cases/<case_id>/withdraw": {"data": {"reason": ""}},
        "POST /cases/<case_id>/consultations/groups/<group_id>": {
            "data": {"act": "split", "comment_id": 1}
        },
        "POST /cases/<case_id>/consultations/extension": {
            "data": {"ends_on": "", "extension_reason": ""}
        },
        "POST /cases/<case_id>/consultations/sheet": {
            "data": {"sheet": (io.BytesIO(SHEET.encode()), "意见.csv")}
        },
        "POST /cases/<case_id>/bases/sheet": {
            "data": {"sheet": (io.BytesIO(TABLE.encode()), "对照表.csv")}
        },
        "POST /filings/<filing_id>/move": {"data": {"move_reason": TEXT}},
        "POST /filings/<filing_id>": {
            "data": {"task_id": ids.get("filing_task_id", MISSING)}
        },
        "POST /tasks/<task_id>/reassign": {
            "data": {"user_id": other, "handover_reason": TEXT}
        },
        "POST /tasks/<task_id>/return": {"data": {"why": TEXT}},
    }


def _file(item: str) -> dict[str, Any]:
    return {item: (io.BytesIO(word_file("试探")), "试探.docx")}
