import json
from typing import Any

import pytest

from reviewflow import cli
from reviewflow.config import Settings
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def filed(
    settings: Settings,
    runtime: Runtime,
    as_: As,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> Runtime:
    """The filings of the example, where the commands look for them."""
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REVIEWFLOW_DATABASE_URL", settings.database_url)
    with as_(None) as work:
        for filing in FILINGS:
            Ledger(work, cast).enter(filing)
    return runtime


def told(captured: Captured, *arguments: str) -> Any:
    assert cli.main([*arguments, "--json"]) == 0
    return json.loads(captured.readouterr().out)


@pytest.mark.usefixtures("filed")
def test_indicators_prints_rates_with_their_lists(capsys: Captured) -> None:
    answer = told(capsys, "indicators", "--as-of", "2026-11-23", "--group", "level")

    rates = {row["id"]: row for row in answer["indicators"]}
    assert [rates[i]["value"] for i in ("I-1", "I-2", "I-3")] == [
        "93.33",
        "73.33",
        "78.57",
    ]
    assert rates["I-16"]["value"] is None
    assert len(rates["I-1"]["numerator_ids"]) == rates["I-1"]["numerator"] == 14
    assert [group["key"] for group in answer["groups"]] == ["CITY", "COUNTY", "TOWN"]
    assert answer["rule_version"] == rates["I-1"]["rule_version"]


@pytest.mark.usefixtures("filed")
def test_indicators_tries_another_limit(capsys: Captured) -> None:
    limit = ("--limit", "TL-13=15工作日")

    answer = told(capsys, "indicators", "--as-of", "2026-11-23", *limit)

    rates = {row["id"]: row["value"] for row in answer["indicators"]}
    assert rates["I-2"] == "86.67"
    assert answer["limit"] == "TL-13=15工作日"


@pytest.mark.usefixtures("filed")
def test_indicators_speaks_to_people_too(capsys: Captured) -> None:
    assert cli.main(["indicators", "--as-of", "2026-11-23"]) == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert "报备及时率 73.33%（11/15）" in said.err


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "昨天"],
        ["--group", "colour"],
        ["--limit", "TL-99=15日"],
        ["--from", "2026-02-01", "--to", "2026-01-01"],
    ],
)
def test_indicators_refuses_with_one_sentence(
    capsys: Captured, arguments: list[str]
) -> None:
    assert cli.main(["indicators", *arguments, "--json"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.strip().endswith("。")


@pytest.mark.usefixtures("filed")
def test_deadline_prints_the_day_and_the_way_there(capsys: Captured) -> None:
    answer = told(capsys, "deadline", "2026-02-03", "15", "--unit", "日")

    assert answer["due_on"] == "2026-02-24"
    assert answer["provisional"] is False
    assert answer["steps"]
    assert cli.main(["deadline", "1999-01-01", "15", "--unit", "日"]) == 2
    assert capsys.readouterr().err.strip().endswith("。")
