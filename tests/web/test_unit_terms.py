import pytest
from flask import Flask

from tests.cast import Cast
from tests.web.desk import Desk, place

ENTRY = {
    "sort": "REVIEW_BODY",
    "holder": "市司法局规范性文件审查科",
    "valid_from": "2026-01-01",
    "valid_to": "",
}


@pytest.fixture
def here(cast: Cast) -> str:
    return f"/units/{cast.units['city']}"


def test_a_term_is_entered_and_ended_on_the_page_of_its_unit(
    app: Flask, here: str
) -> None:
    admin = Desk(app, "admin")
    assert place(admin.send(here, ENTRY, f"{here}/terms")) == here
    assert "已登记市司法局规范性文件审查科。" in admin.page(here)
    assert f'href="{here}"' in admin.page("/units")

    wrong = admin.send(here, {"last_day": "2025-12-31"}, f"{here}/terms/1/end")
    assert wrong.status_code == 422
    assert 'value="2025-12-31"' in wrong.text
    ending = admin.send(here, {"last_day": "2026-02-01"}, f"{here}/terms/1/end")
    assert place(ending) == here
    assert "已终止" in admin.page(here)
    again = admin.send(here, {"last_day": "2026-02-01"}, f"{here}/terms/1/end")
    assert again.status_code == 409
    assert "已于2026-02-01终止" in again.text


def test_what_is_refused_comes_back_as_typed(app: Flask, here: str) -> None:
    answer = Desk(app, "admin").send(
        here, ENTRY | {"valid_from": "元旦"}, f"{here}/terms"
    )
    assert answer.status_code == 422
    assert "日期“元旦”不能识别" in answer.text
    assert 'value="市司法局规范性文件审查科"' in answer.text


def test_everybody_reads_what_figures_rest_on(app: Flask, here: str) -> None:
    Desk(app, "admin").send(here, ENTRY, f"{here}/terms")
    page = Desk(app, "drafter").page(here)
    assert "市司法局规范性文件审查科" in page
    assert "登记终止" not in page
    assert Desk(app, "drafter").client.get("/units/99999").status_code == 404
