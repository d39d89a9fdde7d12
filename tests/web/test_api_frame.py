"""What stands before every noun of the API: token, form of failures, description."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_openapi3.models import APISpec

from reviewflow.model.access import AccessToken
from reviewflow.model.people import User
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.web.browser import sign_in
from tests.web.program import Programs, body, sentence


@pytest.fixture
def description(client: FlaskClient) -> dict[str, Any]:
    return body(client.get("/api/v1/openapi.json"))


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer rf_wrong",
        "Basic cm9vdDpyb290",
        "Bearer \xe9\xff",
        "rf_wrong",
    ],
)
def test_without_a_good_token_nothing_is_said(
    client: FlaskClient, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}

    answer = client.get("/api/v1/me", headers=headers)

    assert "令牌" in sentence(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_cookie_is_no_token(client: FlaskClient) -> None:
    sign_in(client, "drafter")
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_needs_no_form_token_and_sets_no_cookie(
    programs: Programs, cast: Cast
) -> None:
    answer = programs(cast.drafter).post("/cases/1/withdraw", {"reason": "不再需要"})

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_revoked_token_ends_at_once(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    program = programs(cast.drafter)
    assert program.get("/me").status_code == 200

    with runtime.begin(None) as work:
        work.session.execute(sa.update(AccessToken).values(revoked_at=work.now))

    assert program.get("/me").status_code == 401


def test_the_token_of_a_disabled_user_ends_at_once(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    program = programs(cast.drafter)

    with runtime.begin(None) as work:
        work.session.get_one(User, cast.drafter).is_active = False

    assert program.get("/me").status_code == 401


def test_me_is_who_the_token_stands_for(programs: Programs, cast: Cast) -> None:
    me = body(programs(cast.office_intake).get("/me"))

    assert (me["id"], me["display_name"]) == (cast.office_intake, "冯静")
    assert me["roles"] == ["office_intake"]
    units = {unit["id"] for unit in me["units"]}
    assert units >= {cast.units["office"], cast.units["housing"]}
    assert {"role": "office_intake", "unit_id": cast.units["office"]} in me["posts"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/api/"])
def test_an_unknown_address_is_a_problem(client: FlaskClient, path: str) -> None:
    sentence(client.get(path), 404)


def test_a_wrong_method_is_a_problem(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/me")
    sentence(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_is_a_problem_with_a_number(app: Flask) -> None:
    @app.get("/api/v1/fault")
    def fail() -> str:
        raise ZeroDivisionError("secret")

    answer = app.test_client().get("/api/v1/fault")

    assert re.search("编号 [0-9A-F]{6}", sentence(answer, 500))
    assert "secret" not in answer.text


def parts(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of a document with where it is."""
    yield place, value
    pairs = value.items() if isinstance(value, dict) else ()
    for name, one in [*pairs, *enumerate(value if isinstance(value, list) else ())]:
        yield from parts(one, f"{place}/{name}")


def followed(description: dict[str, Any], reference: str) -> Any:
    place: Any = description
    for part in reference.removeprefix("#/").split("/"):
        place = place[part]
    return place


def test_a_database_that_cannot_be_read_is_a_problem_for_a_while(
    programs: Programs, cast: Cast, runtime: Runtime
) -> None:
    program = programs(cast.drafter)
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE access_token RENAME TO moved")

    answer = program.get("/me")

    assert "数据库" in sentence(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


def test_the_description_is_openapi_3_1(description: dict[str, Any]) -> None:
    def spelt_out(one: Any) -> Any:
        """What is referred to, in place: the model below knows no references here."""
        return followed(description, one["$ref"]) if "$ref" in one else one

    assert description["openapi"].startswith("3.1")
    for _, _, operation in operations(description):
        answers = operation["responses"].items()
        operation["responses"] = {status: spelt_out(one) for status, one in answers}
        asked = operation.get("parameters", ())
        operation["parameters"] = [spelt_out(one) for one in asked]

    APISpec.model_validate(description)


def test_every_reference_of_the_description_leads_somewhere(
    description: dict[str, Any],
) -> None:
    references = {one for place, one in parts(description) if place.endswith("/$ref")}
    assert len(references) > 30
    for reference in references:
        assert followed(description, reference)


def test_every_operation_says_who_may_call_it(description: dict[str, Any]) -> None:
    for path, _method, operation in operations(description):
        is_open = path == "/api/v1/healthz"
        assert operation["security"] == ([] if is_open else [{"token": []}]), path
    assert "token" in description["components"]["securitySchemes"]


def test_nothing_in_the_description_is_null(description: dict[str, Any]) -> None:
    nothings = [place for place, one in parts(description) if one is None]
    assert not [place for place in nothings if not place.endswith("/default")]


def test_every_operation_is_described_in_chinese(description: dict[str, Any]) -> None:
    found = list(operations(description))
    ids = [operation["operationId"] for _, _, operation in found]
    assert len(set(ids)) == len(ids) >= 70
    for path, method, operation in found:
        assert not operation["summary"].isascii(), path
        assert operation["responses"].keys() & {"200", "201"}, path
        assert ("401" in operation["responses"]) == bool(operation["security"]), path
        names = {p["name"] for p in operation.get("parameters", ()) if "name" in p}
        assert names >= set(re.findall(r"{(\w+)}", path)), path
        refs = {p.get("$ref") for p in operation.get("parameters", ())}
        assert ("#/components/parameters/key" in refs) == (method == "post"), path


def test_every_route_is_described(app: Flask, description: dict[str, Any]) -> None:
    own = {"/api/v1/openapi.json"}
    routes = {
        re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert routes - own == set(description["paths"])


def test_the_help_page_takes_everything_from_here(client: FlaskClient) -> None:
    page = client.get("/api/docs")

    assert page.status_code == 200
    assert 'lang="zh-CN"' in page.text
    addresses = re.findall(r'(?:src|href|data-description)="([^"]+)"', page.text)
    assert len(addresses) == 6
    for one in addresses:
        with client.get(one) as answer:
            assert one.startswith("/"), one
            assert answer.status_code == 200, one


def test_nothing_but_the_reader_is_served_beside_the_help_page(
    client: FlaskClient,
) -> None:
    for path in ("../../__init__.py", "%2e%2e/%2e%2e/plugins.py", "js/nothing.js"):
        assert client.get(f"/api/docs/{path}").status_code == 404
