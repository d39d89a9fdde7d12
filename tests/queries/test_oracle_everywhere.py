"""Every figure of the worked example, as each place that shows figures tells it.

The page, the API, the command, the workbook and the Word file of the yearly report
are asked for 2026 as of the day of the example.
"""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from reviewflow import cli
from reviewflow.demo.roster import PASSWORD
from reviewflow.queries.rates import quotient
from reviewflow.usecases.signins import make_token
from reviewflow.work import Runtime
from tests.conftest import settings_in
from tests.pages import new_app
from tests.queries.oracle import (
    AS_OF,
    COUNTS,
    DECISIONS,
    FIGURES,
    LATE_REVIEWS,
    RATES,
    REVIEWS,
    RULES,
)
from tests.queries.surfaces import (
    Cells,
    from_answer,
    from_page,
    from_word_file,
    from_workbook,
    told,
)
from tests.web.browser import sign_in

AUDITOR = "jin.du"
PERIOD = f"from=2026-01-01&to=2026-12-31&as_of={AS_OF}"
ASKED = (("level", "GOV"), ("quarter", "GOV"), ("kind", "GOV"), ("kind", "NPC"))


def expected() -> Cells:
    """Return every figure of the example that falls into the year."""
    found: Cells = {}
    for (group, key), (counts, rates) in FIGURES.items():
        told = (*zip(COUNTS, counts, strict=True), *zip(RATES, rates, strict=True))
        found |= {(group, key, column): str(value) for column, value in told}
    for chain, rules in RULES.items():
        for rate, (value, top, bottom) in rules.items():
            found["chain", chain, rate] = value
            if chain == "GOV":
                found["kind", "ZFGZ", f"{rate} of"] = f"{top}/{bottom}"
        found["chain", chain, "due"] = str(rules["I-1"][2])
        found["chain", chain, "on_time"] = str(rules["I-2"][1])
    for rate, (value, top, bottom) in DECISIONS.items():
        found["kind", "ZDJC", rate] = value
        found["kind", "ZDJC", f"{rate} of"] = f"{top}/{bottom}"
    found |= reviewed(2026)
    return found


def reviewed(year: int) -> Cells:
    """Return what the example's reviews come to that were finished in a year."""
    done = [one for one in REVIEWS if one.finished.year == year]
    timely = sum(one.id not in LATE_REVIEWS for one in done)
    return {
        ("level", "total", "I-16"): quotient(timely, len(done)) or "—",
        ("level", "total", "I-16 of"): f"{timely}/{len(done)}",
    }


def by_chain(cells: Cells, chain: str) -> Cells:
    """Name the figures of rules by the chain they were filed in."""
    return {
        ("chain", chain, column): value
        for (group, key, column), value in cells.items()
        if (group, key) == ("kind", "ZFGZ")
    }


def missed(cells: Cells, *, with_shares: bool = True) -> dict[Any, Any]:
    """Return what is not as in the example: what was read, what was to be."""
    return {
        where: (cells.get(where), value)
        for where, value in expected().items()
        if (with_shares or not where[2].endswith(" of")) and cells.get(where) != value
    }


@pytest.fixture
def client(sample_city: Runtime, tmp_path: Path) -> FlaskClient:
    """The browser of the sample city's auditor."""
    app = new_app(settings_in(tmp_path / "city"), sample_city)
    client = app.test_client()
    sign_in(client, AUDITOR, PASSWORD)
    return client


def collected(read: Any) -> Cells:
    """Return all that a place says, asked by each grouping."""
    found: Cells = {}
    for group, chain in ASKED:
        cells = read(f"{PERIOD}&group={group}&chain={chain}", group)
        found |= by_chain(cells, chain)
        if chain == "GOV":
            found |= cells
    return found


def test_the_page(client: FlaskClient) -> None:
    cells = collected(lambda query, group: from_page(client, query, group))
    assert not missed(cells, with_shares=False)


def test_the_workbook(client: FlaskClient) -> None:
    cells = collected(lambda query, group: from_workbook(client, query, group))
    assert not missed(cells, with_shares=False)


def test_the_api(sample_city: Runtime, client: FlaskClient) -> None:
    with sample_city.begin(None) as work:
        headers = {"Authorization": f"Bearer {make_token(work, AUDITOR)}"}

    def read(query: str, group: str) -> Cells:
        answer = client.get(f"/api/v1/indicators?{query}", headers=headers)
        return from_answer(answer.get_json(), group)

    assert not missed(collected(read))


def test_the_command(
    sample_city: Runtime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REVIEWFLOW_DATABASE_URL", str(sample_city.engine.url))

    def read(query: str, group: str) -> Cells:
        capsys.readouterr()
        pairs = (pair.split("=") for pair in query.split("&"))
        asked = [f"--{name.replace('_', '-')}={value}" for name, value in pairs]
        assert cli.main(["indicators", *asked, "--json"]) == 0
        return from_answer(told(capsys.readouterr().out), group)

    assert not missed(collected(read))


def test_the_word_file_of_the_yearly_report(client: FlaskClient) -> None:
    def read(year: int) -> Cells:
        answer = client.get(f"/reports/{year}.docx?as_of={AS_OF}")
        assert answer.status_code == 200
        return from_word_file(answer.data)

    assert not missed(read(2026))
    before = read(2025)  # one of the five reviews was finished in 2025
    assert {where: before[where] for where in reviewed(2025)} == reviewed(2025)
