import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewflow.model.people import Role, User
from reviewflow.usecases.tasks import claim_task
from reviewflow.work import Runtime
from tests.cast import PASSWORD, Cast
from tests.conftest import As
from tests.steps import do_next, new_case, waiting
from tests.usecases.posts import post_of
from tests.web.browser import sign_in
from tests.web.desk import Desk, place
from tests.web.statements import counted

FIRST = "Chuci-2026-Denglu"


def person(cast: Cast, name: str) -> str:
    return f"/people/{cast.people[name]}"


@pytest.fixture
def admin(app: Flask) -> Desk:
    """The administrator's desk."""
    return Desk(app, "admin")


@pytest.mark.parametrize(
    "path", ["/people", "/people/new", "/people/1", "/units", "/units/new"]
)
def test_nobody_else_gets_to_these_pages(app: Flask, path: str) -> None:
    for name in ("drafter", "auditor", "unit.head"):
        assert Desk(app, name).status(path) == 403


@pytest.mark.parametrize(
    "path",
    [
        *("/people/new", "/people/1", "/people/1/posts", "/people/1/posts/1/end"),
        *("/people/1/disable", "/people/1/enable", "/people/1/password"),
        "/units/new",
    ],
)
def test_nobody_else_does_anything_there(app: Flask, as_: As, path: str) -> None:
    desk = Desk(app, "drafter")
    sent = {"password": FIRST, "display_name": "别人", "last_day": "2099-01-01"}
    assert desk.send("/password", sent, to=path).status_code == 403
    with as_(None) as work:
        assert work.session.get_one(User, 1).display_name == "林晓"


def test_users_are_listed_in_official_order(admin: Desk, cast: Cast) -> None:
    page = admin.page("/people")
    assert page.index("林晓") < page.index("吴敏") < page.index("郑方")
    assert "市住建局 起草（承办）人" in page
    answer = admin.send(person(cast, "unit_legal"), {"display_name": "郑方"})
    assert place(answer) == person(cast, "unit_legal")
    page = admin.page("/people")
    assert page.index("郑方") < page.index("林晓")


@pytest.mark.parametrize(
    ("filter_", "shown", "hidden"),
    [
        ("?q=林", "林晓", "吴敏"),
        ("?q=OTHER", "吴敏", "林晓"),
        ("?account=disabled", "没有符合条件的用户", "林晓"),
        ("?account=nonsense", "林晓", "没有符合条件的用户"),
    ],
)
def test_users_are_found(admin: Desk, filter_: str, shown: str, hidden: str) -> None:
    page = admin.page(f"/people{filter_}")
    assert shown in page
    assert hidden not in page


def test_twenty_users_cost_as_many_statements_as_one(
    admin: Desk, runtime: Runtime
) -> None:
    def statements(path: str) -> int:
        with counted(runtime) as sent:
            assert admin.status(path) == 200
        return len(sent)

    statements("/people")
    assert statements("/people") == statements("/people?q=drafter")


def test_users_of_a_unit_are_found(admin: Desk, cast: Cast) -> None:
    page = admin.page(f"/people?unit={cast.units['streets']}")
    assert "吴敏" in page
    assert "共 1 人" in page


def test_a_new_user_signs_in_once_with_the_first_password(
    app: Flask, admin: Desk, cast: Cast
) -> None:
    new = {
        "name": "xin.ren",
        "display_name": "新仁",
        "password": FIRST,
        "unit_id": cast.units["housing"],
        "role": "filer",
    }
    answer = admin.send("/people/new", new)
    page = admin.page(place(answer))
    assert "已新增用户新仁" in page
    assert "报备人" in page
    assert "初始密码，尚未修改" in page

    client: FlaskClient = app.test_client()
    sign_in(client, "xin.ren", FIRST)
    assert client.get("/inbox").location == "/password"


def test_the_page_makes_up_a_strong_first_password(admin: Desk) -> None:
    first, second = admin.page("/people/new"), admin.page("/people/new")
    assert 'name="password" value="' in first
    assert first != second


def test_everything_wrong_is_said_at_once_and_kept(admin: Desk, cast: Cast) -> None:
    wrong = {
        "name": "Xin Ren",
        "display_name": "",
        "password": "123",
        "unit_id": cast.units["housing"],
        "role": "",
    }
    answer = admin.send("/people/new", wrong)
    assert answer.status_code == 422
    assert "有 3 处需要更正" in answer.text
    assert 'value="Xin Ren"' in answer.text
    assert f'value="{cast.units["housing"]}" selected' in answer.text
    right = wrong | {"name": "xin.ren", "display_name": "新仁", "password": FIRST}
    assert "请选择岗位。" in admin.send("/people/new", right).text


def test_posts_are_given_and_ended(admin: Desk, as_: As, cast: Cast) -> None:
    path = person(cast, "counsel")
    new = {"unit_id": cast.units["justice"], "role": "expert"}
    assert place(admin.send(path, new, to=f"{path}/posts")) == path
    assert "专家" in admin.page(path)
    assert admin.send(path, {}, to=f"{path}/posts").status_code == 422

    post = post_of(as_, cast.counsel, Role.EXPERT)
    end = f"{path}/posts/{post}/end"
    for wrong in ("", "2020-01-01", "昨天"):
        answer = admin.send(path, {"last_day": wrong}, to=end)
        assert answer.status_code == 422
        assert f'href="#field-last_day-{post}"' in answer.text
    assert place(admin.send(path, {"last_day": "2099-12-31"}, to=end)) == path
    assert "2099年12月31日" in admin.page(path)


def test_who_leaves_hands_over_first(
    admin: Desk, app: Flask, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    do_next(as_, cast, case_id, "register_matter")
    task_id = waiting(as_, case_id, "classify")
    with as_(cast.unit_legal) as work:
        claim_task(work, task_id)
    path = person(cast, "unit_legal")

    assert "该用户有 1 件待办" in admin.page(path)
    answer = admin.send(path, {}, to=f"{path}/disable")

    assert answer.status_code == 409
    assert "请先转办" in answer.text
    assert Desk(app, "unit.legal").status("/inbox") == 200


def test_who_is_disabled_is_out_until_enabled(
    admin: Desk, app: Flask, cast: Cast
) -> None:
    path = person(cast, "counsel")
    counsel = Desk(app, "counsel")
    assert place(admin.send(path, {}, to=f"{path}/disable")) == path
    assert "停用" in admin.page(path)
    assert counsel.status("/inbox") == 303
    assert place(admin.send(path, {}, to=f"{path}/enable")) == path
    assert Desk(app, "counsel").status("/inbox") == 200


def test_a_forgotten_password_is_replaced(admin: Desk, app: Flask, cast: Cast) -> None:
    path = person(cast, "counsel")
    answer = admin.send(path, {"password": "123"}, to=f"{path}/password")
    assert answer.status_code == 422
    assert "密码至少 12 位" in answer.text
    answer = admin.send(path, {"password": FIRST}, to=f"{path}/password")
    assert place(answer) == path
    client: FlaskClient = app.test_client()
    assert sign_in(client, "counsel", PASSWORD).status_code == 422
    sign_in(client, "counsel", FIRST)
    assert client.get("/inbox").location == "/password"


def test_a_place_in_the_order_is_a_number(admin: Desk, cast: Cast) -> None:
    path = person(cast, "counsel")
    answer = admin.send(path, {"display_name": "张正", "position": "第一"})
    assert answer.status_code == 422
    assert "排序号请填写" in answer.text
    assert 'value="张正"' in answer.text
    assert admin.status("/people/9999") == 404
    assert admin.send(path, {}, to="/people/9999").status_code == 404
