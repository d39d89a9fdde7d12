"""Deadlines of any period, indicators, and whether the installation can work."""

import shutil
from typing import Any

import pytest
from flask.testing import FlaskClient

from reviewflow.config import Settings
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import As, bring_to, new_case
from tests.web.program import Programs, body, fields, sentence


@pytest.mark.parametrize(
    ("asked", "due_on", "provisional"),
    [
        ("2026-09-18 5 工作日", "2026-09-24", False),
        ("2026-02-10 15 工作日", "2026-03-09", False),
        ("2026-02-03 15 日", "2026-02-24", False),
        ("2026-12-20 15 日", "2027-01-04", True),
    ],
)
def test_a_due_date_comes_with_its_steps(
    programs: Programs, cast: Cast, asked: str, due_on: str, *, provisional: bool
) -> None:
    start, days, unit = asked.split()

    found = body(
        programs(cast.drafter).get("/deadline", start=start, days=days, unit=unit)
    )

    assert (found["due_on"], found["provisional"]) == (due_on, provisional)
    assert found["steps"][0]["day"] == start
    assert all(not step["text"].isascii() for step in found["steps"])


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({}, {"start", "days", "unit"}),
        ({"start": "昨天", "days": "0", "unit": "年"}, {"start", "days", "unit"}),
        ({"start": "2026-03-02", "days": "3651", "unit": "日"}, {"days"}),
        ({"start": "1949-10-01", "days": "5", "unit": "日"}, {"start"}),
        ({"start": "9999-12-31", "days": "5", "unit": "日"}, {"start"}),
    ],
)
def test_a_period_that_cannot_be_counted_is_refused(
    programs: Programs, cast: Cast, query: dict[str, str], wrong: set[str]
) -> None:
    assert fields(programs(cast.drafter).get("/deadline", **query)).keys() == wrong


@pytest.fixture
def published(as_: As, cast: Cast) -> int:
    """A document that was published on the Monday."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "archive_file")
    return case_id


def test_a_rate_has_the_lists_behind_its_numbers(
    programs: Programs, cast: Cast, published: int
) -> None:
    auditor = programs(cast.auditor)
    (filing,) = body(auditor.get("/filings", chain="GOV"))["items"]

    found = body(auditor.get("/indicators", as_of="2026-11-23", chain="GOV"))

    rates = {rate["id"]: rate for rate in found["indicators"]}
    assert rates.keys() >= {"I-1", "I-2", "I-3", "I-16", "I-18"}
    first = rates["I-1"]
    assert (first["numerator"], first["denominator"]) == (0, 1)
    assert first["value"] == "0.00"
    assert (first["numerator_ids"], first["denominator_ids"]) == ([], [filing["id"]])
    assert first["definition"]
    assert first["rule_version"]
    assert rates["I-16"]["denominator_ids"] == [published]
    assert rates["I-3"]["value"] is None


def test_figures_are_grouped_and_bounded(
    programs: Programs, cast: Cast, published: int
) -> None:
    def asked(**query: Any) -> dict[str, Any]:
        return body(programs(cast.auditor).get("/indicators", **query))

    assert published
    quarters = asked(group="quarter", as_of="2026-11-23")["groups"]
    assert [group["counts"]["all"] for group in quarters if group["counts"]["all"]]
    later = asked(**{"from": "2026-07-01", "to": "2026-09-30", "as_of": "2026-11-23"})
    assert later["counts"]["all"] == 0
    before = asked(as_of="2026-03-05")
    assert before["counts"] | {"not_due": 1, "due": 0} == before["counts"]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"from": "today"}, "from"),
        ({"as_of": "2026-13-01"}, "as_of"),
        ({"as_of": "0001-01-01"}, "as_of"),
        ({"group": "month"}, "group"),
        ({"chain": "PARTY"}, "chain"),
        ({"limit": "TL-13=soon"}, "limit"),
        ({"from": "2026-09-30", "to": "2026-07-01"}, "to"),
        ({"year": "2026"}, "year"),
    ],
)
def test_figures_that_make_no_sense_are_refused(
    programs: Programs, cast: Cast, query: dict[str, str], wrong: str
) -> None:
    assert wrong in fields(programs(cast.auditor).get("/indicators", **query))


def test_figures_count_only_what_may_be_seen(
    programs: Programs, cast: Cast, published: int
) -> None:
    assert published
    found = body(programs(cast.other_drafter).get("/indicators"))
    assert (found["scope"], found["counts"]["all"]) == ("visible", 0)


def test_health_is_said_without_a_token(client: FlaskClient) -> None:
    found = body(client.get("/api/v1/healthz"))
    assert found["status"] == "ok"
    assert {check["name"] for check in found["checks"]} >= {"数据库", "文件存储"}


def test_missing_files_make_it_unwell(client: FlaskClient, settings: Settings) -> None:
    shutil.rmtree(settings.data_dir / "files")

    answer = client.get("/api/v1/healthz")

    assert "文件存储" in sentence(answer, 503)
    assert answer.json is not None
    assert {"文件存储"} == {
        check["name"] for check in answer.json["checks"] if not check["is_right"]
    }


def test_a_database_of_another_form_makes_it_unwell(
    client: FlaskClient, runtime: Runtime
) -> None:
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'x'")

    assert "数据库" in sentence(client.get("/api/v1/healthz"), 503)
