"""The worked example's decisions and rules, as the command, API and page tell them."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from reviewflow.demo.roster import PASSWORD
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import read_question
from reviewflow.work import Runtime
from tests.conftest import AS_OF, settings_in
from tests.pages import new_app
from tests.queries.oracle import DECISIONS, RULES
from tests.web.browser import sign_in


@pytest.fixture
def city_auditor(sample_city: Runtime, tmp_path: Path) -> FlaskClient:
    """A browser of the sample city's auditor."""
    client = new_app(settings_in(tmp_path / "city"), sample_city).test_client()
    sign_in(client, "jin.du", PASSWORD)
    return client


def asked(city: Runtime, chain: str = "GOV") -> dict[str, Any]:
    """Return the answer by kind of document, as an auditor of everything gets it."""
    raw = {"as_of": AS_OF.isoformat(), "group": "kind", "chain": chain}
    with city.read(None) as work:
        answer: dict[str, Any] = json.loads(
            json.dumps(document(indicators(work, read_question(raw, work.today))))
        )
    return answer


def rates(figures: dict[str, Any]) -> dict[str, tuple[str | None, int, int]]:
    """Return value, numerator and denominator of every rate, alternatives too."""
    found = {}
    for rate in figures["indicators"]:
        for one in (rate, *rate["alternatives"]):
            counts = (one["numerator"], one["denominator"])
            found[one["id"]] = (one["value"], *counts)
    return found


def group(answer: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the figures of one kind."""
    found: dict[str, Any] = next(g for g in answer["groups"] if g["key"] == key)
    return found


def test_the_decisions_come_out_as_in_the_example(city_to_read: Runtime) -> None:
    found = rates(group(asked(city_to_read), "ZDJC"))
    assert {name: found[name] for name in DECISIONS} == DECISIONS


@pytest.mark.parametrize("chain", RULES)
def test_the_rules_come_out_as_in_the_example(
    city_to_read: Runtime, chain: str
) -> None:
    found = rates(group(asked(city_to_read, chain), "ZFGZ"))
    assert {name: found[name] for name in RULES[chain]} == RULES[chain]


def test_rules_stand_apart_from_the_total_of_documents(city_to_read: Runtime) -> None:
    answer = asked(city_to_read)
    rules = group(answer, "ZFGZ")["counts"]
    assert rules["due"] == 4
    assert answer["counts"]["due"] == 15


def test_the_lists_behind_the_figures_name_the_matters(
    city_auditor: FlaskClient,
) -> None:
    def listed(count: str) -> str:
        address = f"/statistics/list?as_of={AS_OF}&group=kind&key=ZDJC&of={count}"
        return city_auditor.get(address).text

    assert "烟花爆竹禁放区域" in listed("hearings_missing")
    assert "居民生活用水价格" not in listed("hearings_missing")
    assert "淠河城区段防洪" in listed("reserves_short")
    assert "公共租赁住房租金" in listed("submissions_again")
    assert "生活垃圾分类" in listed("findings_refused")
