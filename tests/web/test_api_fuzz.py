"""Calls made up from the description: none makes the server fail."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests import hearings, meetings
from tests.cast import Cast
from tests.papers import published
from tests.steps import As, bring_to, new_case
from tests.web.program import Program, Programs, body

CALLS = 600
PEOPLE = (
    *("drafter", "unit_legal", "filer", "filing_reviewer", "admin"),
    *("secretary", "publisher", "office_intake"),
)
KINDS = ("normative_document", "filing")
WORDS = ("停车", "classify", "审查", "RUNNING", "reason", "yes", "RETURN", "2026-03-02")

texts = st.one_of(st.text(max_size=20), st.sampled_from(WORDS + KINDS))
keys = st.one_of(st.integers(1, 12), st.integers(), st.integers(2**63, 2**80))
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), keys, texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=6,
)


def fitting(schema: dict[str, Any], whole: dict[str, Any]) -> SearchStrategy[Any]:
    """Values the description allows, more or less."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return fitting(whole["components"]["schemas"][name], whole)
    if "anyOf" in schema:
        return st.one_of(*(fitting(one, whole) for one in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    simple: dict[str, Callable[[], SearchStrategy[Any]]] = {
        "integer": lambda: keys,
        "boolean": st.booleans,
        "null": st.none,
        "array": lambda: st.lists(anything, max_size=3),
        "object": lambda: _object(schema, whole),
        "string": lambda: _string(schema),
    }
    return simple.get(schema.get("type", ""), lambda: anything)()


def _string(schema: dict[str, Any]) -> SearchStrategy[Any]:
    return st.dates().map(str) if schema.get("format") == "date" else texts


def _object(schema: dict[str, Any], whole: dict[str, Any]) -> SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(texts, anything, max_size=4)
    return st.fixed_dictionaries(
        {
            name: st.one_of(fitting(one, whole), fitting(one, whole), anything)
            for name, one in schema["properties"].items()
        }
    )


def calls(whole: dict[str, Any]) -> SearchStrategy[tuple[str, str, Any, bool]]:
    """Calls as method, address, body, and whether the body is a form of parts."""
    return st.one_of(
        *(
            _call(path, method, operation, whole)
            for path, item in whole["paths"].items()
            for method, operation in item.items()
        )
    )


def _call(
    path: str, method: str, operation: dict[str, Any], whole: dict[str, Any]
) -> SearchStrategy[tuple[str, str, Any, bool]]:
    asked = [one for one in operation.get("parameters", ()) if "name" in one]
    content = operation.get("requestBody", {}).get("content", {})
    has_parts = "multipart/form-data" in content
    schema = next((one["schema"] for one in content.values()), {"type": "object"})
    sent = st.one_of(fitting(schema, whole), fitting(schema, whole), anything)

    def address(values: dict[str, Any]) -> str:
        query = [
            f"{one['name']}={quote(str(values[one['name']]), errors='replace')}"
            for one in asked
            if one["in"] == "query" and values[one["name"]] is not None
        ]
        filled = path
        for one in asked:
            text = quote(str(values[one["name"]]), safe="", errors="replace")
            filled = filled.replace(f"{{{one['name']}}}", text)
        return f"{filled}?{'&'.join(query)}"

    values = st.fixed_dictionaries(
        {
            one["name"]: st.one_of(
                st.none() if one["in"] == "query" else keys,
                fitting(one["schema"], whole),
                texts,
            )
            for one in asked
        }
    )
    return st.tuples(st.just(method), values.map(address), sent, st.just(has_parts))


def test_no_call_makes_the_server_fail(
    app: Flask, programs: Programs, as_: As, cast: Cast
) -> None:
    bring_to(as_, cast, new_case(as_, cast), "archive_file")
    bring_to(as_, cast, new_case(as_, cast), "unit_legal_review")
    hearings.planned(as_, cast)
    meetings.planned(as_, cast)
    published(as_, cast)
    people = [programs(getattr(cast, name)) for name in PEOPLE]
    whole = body(app.test_client().get("/api/v1/openapi.json"))
    seen: set[int] = set()

    @given(call=calls(whole), person=st.sampled_from(people))
    @settings(
        max_examples=CALLS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def try_it(call: tuple[str, str, Any, bool], person: Program) -> None:
        seen.add(_try(call, person))

    try_it()

    assert seen >= {200, 404, 422}


def _try(call: tuple[str, str, Any, bool], person: Program) -> int:
    method, address, sent, has_parts = call
    options: dict[str, Any] = {}
    if method == "post" and has_parts:
        form = sent if isinstance(sent, dict) else {}
        parts = {str(name): str(value) for name, value in form.items()}
        options = {"data": _encodable(parts), "content_type": "multipart/form-data"}
    elif method == "post":
        content = json.dumps(sent).encode()
        options = {"data": content, "content_type": "application/json"}
    with person.client.open(
        address, method=method, headers=person.headers(), **options
    ) as answer:
        assert answer.status_code < 500, (call, answer.data)
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json", call
            assert answer.json is not None
            assert not answer.json["detail"].isascii()
        return int(answer.status_code)


def _encodable(parts: dict[str, str]) -> dict[str, str]:
    return {
        _clean(name): _clean(value) for name, value in parts.items() if _clean(name)
    }


@cache
def _clean(text: str) -> str:
    printable = "".join(letter for letter in text if letter.isprintable())
    return printable.encode(errors="ignore").decode()
