"""The description of the API (OpenAPI 3.1), finished with Chinese words."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml
from flask import current_app
from flask_openapi3.openapi import OpenAPI

from web import problems
from web.api.shapes.problems import Problem
from web.api.tokens import HEADER, LONGEST_KEY

Document = dict[str, Any]

SENDING = ("400", "403", "409", "413", "415", "422")
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def of_app() -> str:
    """Return the description of the running application as JSON."""
    app = cast("OpenAPI", current_app)
    kept: str | None = app.extensions.get("api_description")
    if kept is None:
        kept = json.dumps(finished(app.api_doc), ensure_ascii=False)
        app.extensions["api_description"] = kept
    return kept


def finished(bare: Document) -> Document:
    """Return a description with words, failures and keys added to every operation."""
    words = wording()
    whole: Document = _without_nothing(bare)
    whole["info"] |= words["info"]
    components = whole["components"]
    components["schemas"].pop("ValidationErrorModel", None)
    components["schemas"] |= _problem()
    components["responses"] = {status: _failure(status) for status in words["failures"]}
    components["parameters"] = {"key": _key(words["key"])}
    for schema in components["schemas"].values():
        _name(schema, words["fields"])
    for path, method, operation in operations(whole):
        _finish(operation, path, method)
    whole["tags"] = [
        {"name": name, "description": text} for name, text in words["tags"].items()
    ]
    return whole


def operations(whole: Document) -> Iterator[tuple[str, str, Document]]:
    """Give every operation with its path and method."""
    for path, item in whole["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


@cache
def wording() -> Mapping[str, Any]:
    """Return the words, by what they are said of."""
    content = files(__package__).joinpath("wording.yaml").read_bytes()
    words: Mapping[str, Any] = yaml.safe_load(content)
    return words


def _finish(operation: Document, path: str, method: str) -> None:
    words = wording()
    operation |= words["operations"][operation["operationId"]]
    operation.setdefault("security", [])
    failures = {"503"}
    if operation["security"]:
        failures |= {"401", *(SENDING if method == "post" else ())}
    if "{" in path:
        failures.add("404")
    if operation.get("parameters"):
        failures.add("422")
    operation["responses"].pop("422", None)
    operation["responses"] |= {
        status: {"$ref": f"#/components/responses/{status}"}
        for status in sorted(failures)
    }
    if method == "post":
        key = {"$ref": "#/components/parameters/key"}
        operation["parameters"] = [*operation.get("parameters", ()), key]


def _problem() -> Document:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"Problem": schema, **schema.pop("$defs")}


def _failure(status: str) -> Document:
    return {
        "description": wording()["failures"][status],
        "content": {problems.MEDIA_TYPE: {"schema": PROBLEM}},
    }


def _key(about: str) -> Document:
    return {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": about,
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    }


def _name(schema: Document, fields: Mapping[str, str]) -> None:
    """Give every property its Chinese name in place of the library's English."""
    schema.pop("title", None)
    schema.pop("$defs", None)
    schema.pop("description", None)
    for name, value in schema.get("properties", {}).items():
        value.pop("title", None)
        if name in fields and "$ref" not in value:
            value["title"] = fields[name]


def _without_nothing(value: Any) -> Any:
    """Return the description without members that say nothing."""
    if isinstance(value, dict):
        return {
            name: _without_nothing(one)
            for name, one in value.items()
            if one is not None or name == "default"
        }
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    return value
