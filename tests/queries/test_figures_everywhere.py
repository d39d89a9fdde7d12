"""Page, list, workbook, API and command give one answer for every figure."""

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from reviewflow import cli
from reviewflow.queries.definitions import book
from reviewflow.usecases.signins import make_token
from tests.conftest import AS_OF, settings_in
from tests.queries.figures_world import World
from tests.web.browser import sign_in
from web import create_app

ASKED = f"as_of={AS_OF}&group=level"
LINK = re.compile(r'href="/statistics/list\?of=(\w+)&amp;key=total[^"]*">([\d,]+)')


@pytest.fixture
def client(world: World, tmp_path: Path) -> FlaskClient:
    """The auditor's browser in the world of the figures."""
    app = create_app(settings_in(tmp_path), world.runtime)
    client = app.test_client()
    sign_in(client, "auditor")
    return client


@pytest.fixture
def told(world: World, client: FlaskClient) -> dict[str, Any]:
    """What the API answers."""
    with world.runtime.begin(None) as work:
        token = make_token(work, "auditor")
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get(f"/api/v1/indicators?{ASKED}", headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def rates(part: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [one for row in part["indicators"] for one in (row, *row["alternatives"])]
    return {one["id"]: one for one in found}


def test_the_command_answers_what_the_api_answers(
    world: World,
    told: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = world.runtime.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("REVIEWFLOW_DATABASE_URL", url)
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(Path(str(url)[10:]).parent))
    capsys.readouterr()
    asked = ["indicators", "--as-of", str(AS_OF), "--group", "level"]
    assert cli.main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told

    assert cli.main(asked) == 0
    said = capsys.readouterr().err
    assert "后评估完成数 2 件　" in said.replace("\n", "　")
    assert "备案审查及时率 50.00%（1/2）" in said


def test_the_page_shows_each_figure_of_the_api(
    client: FlaskClient, told: dict[str, Any]
) -> None:
    page = client.get(f"/statistics?{ASKED}").text
    found = rates(told)
    assert found.keys() == {definition.id for definition in book().each()}
    numbers = {count: int(n.replace(",", "")) for count, n in LINK.findall(page)}
    for definition in book().each():
        one = found[definition.id]
        row = page.partition(f">{definition.title}<")[2][:1500]
        shown = f"{one['numerator']} 件" if definition.is_count else one["value"]
        assert (shown or "—") in row, definition.id
        assert one["reason"] in page, definition.id
        for part in ("numerator", "denominator"):
            count = getattr(definition, part)
            if one[part]:
                assert numbers[count] == one[part], (definition.id, part)
            assert len(one[f"{part}_ids"]) == one[part], (definition.id, part)


def test_list_and_workbook_hold_what_is_counted(
    client: FlaskClient, told: dict[str, Any]
) -> None:
    for definition in book().each():
        one = rates(told)[definition.id]
        for part in ("numerator", "denominator"):
            if not one[part]:
                continue
            count = getattr(definition, part)
            address = f"?{ASKED}&key=total&of={count}"
            listed = client.get(f"/statistics/list{address}").text
            assert f"共 {one[part]} 件" in listed, count
            file = client.get(f"/statistics/list.xlsx{address}").data
            sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
            assert sheet.max_row == one[part] + 1, count


def test_lists_lead_to_the_evidence(world: World, client: FlaskClient) -> None:
    def listed(count: str) -> str:
        return client.get(f"/statistics/list?{ASKED}&key=total&of={count}").text

    street = world.ids["u-street"]
    assert f'href="/units/{street}"' in listed("governments_uncovered")
    assert f'href="/library/{world.ids["L-forgotten"]}"' in listed("expired_unsettled")
    assert f'href="/cases/{world.ids["e"]}"' in listed("unconsulted")


def test_a_period_in_which_nothing_happened_still_shows_the_organs(
    client: FlaskClient,
) -> None:
    page = client.get("/statistics?from=2020-01-01&to=2020-12-31").text
    assert "该时段没有数据。" in page
    assert "机构和人员覆盖" in page
