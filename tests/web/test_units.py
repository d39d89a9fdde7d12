import pytest
from flask import Flask

from tests.cast import Cast
from tests.web.desk import Desk, place


@pytest.fixture
def admin(app: Flask) -> Desk:
    """The administrator's desk."""
    return Desk(app, "admin")


def water(cast: Cast) -> dict[str, object]:
    return {
        "name": "六安市水利局",
        "short_name": "市水利局",
        "document_prefix": "六水",
        "level": "CITY",
        "sort": "DEPARTMENT",
        "government_id": cast.units["city"],
        "area": "市本级",
        "position": "20",
    }


def test_units_stand_under_their_government(admin: Desk, cast: Cast) -> None:
    page = admin.page("/units")
    names = ["安徽省人民政府", "安徽省司法厅", "六安市人民政府", "六安市司法局"]
    places = [page.index(f"{name}</a></td>") for name in names]
    assert places == sorted(places)
    assert f'href="/people?unit={cast.units["justice"]}"' in page


def test_a_unit_is_added(admin: Desk, cast: Cast) -> None:
    assert place(admin.send("/units/new", water(cast))) == "/units"
    page = admin.page("/units")
    assert "已新增机构六安市水利局。" in page
    assert page.index("六安市城市管理局</a></td>") < page.index("六安市水利局</a></td>")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "请填写机构全称"),
        ({"name": "六安市司法局"}, "已存在"),
        ({"short_name": " "}, "请填写机构简称"),
        ({"level": ""}, "请选择层级"),
        ({"level": "MOON"}, "请选择层级"),
        ({"sort": ""}, "请选择机构类别"),
        ({"government_id": ""}, "请选择所属的人民政府"),
        ({"government_id": "9999"}, "请从列表中选择"),
        ({"government_id": "2"}, "请从列表中选择"),  # no government
        ({"superior_id": "9999"}, "请从列表中选择"),
        ({"position": "二十"}, "排序号请填写"),
    ],
)
def test_a_unit_that_cannot_be_comes_back_as_typed(
    admin: Desk, cast: Cast, wrong: dict[str, object], says: str
) -> None:
    answer = admin.send("/units/new", water(cast) | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="六水"' in answer.text
    assert 'value="DEPARTMENT" selected' in answer.text or "sort" in wrong
