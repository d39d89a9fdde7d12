import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow import cli
from reviewflow.demo.roster import PASSWORD
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role
from reviewflow.model.publication import Publication
from reviewflow.queries.people import all_people, posts_of
from reviewflow.usecases.signins import make_token
from reviewflow.work import Runtime
from tests.conftest import settings_in
from tests.pages import new_app
from tests.queries.oracle import (
    AS_OF,
    COUNTS,
    FIGURES,
    FILINGS,
    LATE_REVIEWS,
    RATES,
    REVIEWS,
)
from tests.web.browser import sign_in

Document = Mapping[str, Any]
Captured = pytest.CaptureFixture[str]
WORKING = "TL-13=15工作日"


@pytest.fixture
def command(
    city_to_read: Runtime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> Any:
    """Ask the command for figures of the sample city."""
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REVIEWFLOW_DATABASE_URL", str(city_to_read.engine.url))

    def ask(*arguments: str) -> Document:
        capsys.readouterr()
        asked = ["indicators", "--as-of", str(AS_OF), *arguments, "--json"]
        assert cli.main(asked) == 0
        answer: Document = json.loads(capsys.readouterr().out)
        return answer

    return ask


def rates(part: Document) -> dict[str, Document]:
    """Return every rate of a group by its id, alternatives included."""
    found = {row["id"]: row for row in part["indicators"]}
    others = [other for row in part["indicators"] for other in row["alternatives"]]
    return found | {other["id"]: other for other in others}


def check(answer: Document, group: str) -> None:
    """Compare the table of the example, row by row."""
    parts = {part["key"]: part for part in answer["groups"]} | {"total": answer}
    for (of, key), (counts, expected) in FIGURES.items():
        if of == group or key == "total":
            assert tuple(parts[key]["counts"][name] for name in COUNTS) == counts, key
            found = rates(parts[key])
            assert tuple(found[id_]["value"] for id_ in RATES) == expected, key


def names_of(city: Runtime, ids: list[int]) -> set[str]:
    """Return which filings of the example obligations are, by document number."""
    known = {filing.number: filing.id for filing in FILINGS}
    with city.read(None) as work:
        numbers = work.session.scalars(
            sa.select(Publication.doc_number)
            .join(FilingObligation, FilingObligation.publication_id == Publication.id)
            .where(FilingObligation.id.in_(ids))
        )
        return {known[number] for number in numbers}


def test_the_city_to_read_gives_the_figures_of_the_example(
    city_to_read: Runtime, command: Any
) -> None:
    check(command("--group", "level"), "level")
    answer = command("--group", "quarter")
    check(answer, "quarter")

    found = rates(answer)
    missed = set(found["I-2"]["denominator_ids"]) - set(found["I-2"]["numerator_ids"])
    assert names_of(city_to_read, list(missed)) == {"N03", "N05", "N07", "N10"}
    unlike = set(found["I-3"]["denominator_ids"]) - set(found["I-3"]["numerator_ids"])
    assert names_of(city_to_read, list(unlike)) == {"N04", "N05", "N08"}
    assert names_of(city_to_read, found["I-1"]["not_due_ids"]) == {"N13"}
    assert found["I-3-corrected"]["value"] == "100.00"


def test_in_working_days_two_more_are_in_time(
    city_to_read: Runtime, command: Any
) -> None:
    before, after = (
        rates(command(*more))["I-2"] for more in ((), ("--limit", WORKING))
    )

    assert (before["value"], after["value"]) == ("73.33", "86.67")
    gained = set(after["numerator_ids"]) - set(before["numerator_ids"])
    assert names_of(city_to_read, list(gained)) == {"N03", "N10"}


def test_three_of_five_reviews_were_in_time(command: Any) -> None:
    found = rates(command())["I-16"]

    assert (found["value"], found["numerator"], found["denominator"]) == ("60.00", 3, 5)
    lengths = [review.net_working_days for review in REVIEWS]
    assert found["average_working_days"] == f"{sum(lengths) / len(lengths):.2f}"
    assert found["p90_working_days"] == max(lengths)


def test_the_page_shows_the_same(sample_city: Runtime, tmp_path: Path) -> None:
    client = new_app(settings_in(tmp_path / "city"), sample_city).test_client()
    sign_in(client, auditor(sample_city), PASSWORD)

    for more, timely in (("", "73.33"), (f"&limit={WORKING}", "86.67")):
        page = client.get(f"/statistics?as_of={AS_OF}{more}").text
        for value in ("93.33", timely, "78.57", "60.00"):
            assert f">{value}%<" in page
    late = client.get(f"/statistics/list?as_of={AS_OF}&of=reviews_late").text
    assert f"共 {len(LATE_REVIEWS)} 件" in late


def test_the_api_answers_the_same(sample_city: Runtime, tmp_path: Path) -> None:
    client = new_app(settings_in(tmp_path / "city"), sample_city).test_client()
    with sample_city.begin(None) as work:
        token = make_token(work, auditor(sample_city))

    def ask(**asked: str) -> Document:
        answer = client.get(
            "/api/v1/indicators",
            query_string={"as_of": str(AS_OF), **asked},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 200
        found: Document = answer.get_json()
        return found

    for group in ("level", "quarter"):
        check(ask(group=group), group)
    assert rates(ask(limit=WORKING))["I-2"]["value"] == "86.67"
    assert rates(ask())["I-16"]["value"] == "60.00"


def auditor(city: Runtime) -> str:
    """Return the name of somebody who sees everything."""
    with city.read(None) as work:
        return next(
            user.name
            for user in all_people(work)
            if any(post.role is Role.AUDITOR for post in posts_of(work, user))
        )
