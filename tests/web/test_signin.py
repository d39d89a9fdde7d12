from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from reviewflow.usecases.people import disable_user
from reviewflow.work import Runtime
from tests.cast import PASSWORD, Cast
from tests.conftest import NOON_MONDAY, As
from tests.web.browser import hidden, send, sign_in, token
from tests.web.conftest import MakeApp

FORM = "/trial/form"


def is_in(client: FlaskClient) -> bool:
    """The browser gets the page, and is not sent to the sign-in page."""
    return client.get(FORM).status_code == 200


@pytest.mark.parametrize("path", [FORM, "/password", "/nowhere", "/trial/fails/other"])
def test_a_stranger_is_sent_to_the_sign_in_page(trial: FlaskClient, path: str) -> None:
    answer = trial.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/signin")


def test_signing_in_leads_to_the_page_that_was_wanted(trial: FlaskClient) -> None:
    wanted = trial.get(f"{FORM}?page=2").location
    after = hidden(trial.get(wanted).text, "next")
    assert sign_in(trial, "drafter", after=after).location == f"{FORM}?page=2"
    assert is_in(trial)


@pytest.mark.parametrize(
    "after",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\tx", ""],
)
def test_signing_in_never_leads_elsewhere(trial: FlaskClient, after: str) -> None:
    assert sign_in(trial, "drafter", after=after).location == "/"


def test_a_wrong_password_says_how_often_one_may_try(trial: FlaskClient) -> None:
    answer = sign_in(trial, "drafter", "wrong")
    assert answer.status_code == 422
    assert "再错 4 次将锁定 15 分钟" in answer.text
    assert 'value="drafter"' in answer.text
    assert not is_in(trial)


def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(
    trial: FlaskClient,
) -> None:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        for _ in range(5):
            sign_in(trial, "drafter", "wrong")

        assert "已锁定" in sign_in(trial, "drafter").text
        assert not is_in(trial)

        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in(trial, "drafter").status_code == 303


def test_an_unknown_name_is_answered_like_a_known_one(trial: FlaskClient) -> None:
    known, unknown = sign_in(trial, "drafter", "x"), sign_in(trial, "nobody", "x")
    assert known.status_code == unknown.status_code
    assert "再错 4 次" in unknown.text


def test_signing_out_ends_the_session_on_the_server(
    trial: FlaskClient, make_app: MakeApp
) -> None:
    cookie = sign_in(trial, "drafter").headers["Set-Cookie"].split(";")[0]
    trial.post("/signout", data={"csrf_token": token(trial, FORM)})
    name, value = cookie.split("=", 1)
    thief = make_app().test_client()
    thief.set_cookie(name, value)
    assert not is_in(trial)
    assert not is_in(thief)


def test_each_sign_in_has_a_session_of_its_own(trial: FlaskClient) -> None:
    first = sign_in(trial, "drafter").headers["Set-Cookie"]
    trial.post("/signout", data={"csrf_token": token(trial, FORM)})
    assert sign_in(trial, "drafter").headers["Set-Cookie"] != first


@pytest.mark.parametrize(("name", "minutes"), [("drafter", 30), ("admin", 15)])
def test_a_session_ends_when_nobody_uses_it(
    trial: FlaskClient, name: str, minutes: int
) -> None:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        sign_in(trial, name)
        clock.shift(timedelta(minutes=minutes - 1))
        assert is_in(trial)
        clock.shift(timedelta(minutes=minutes - 1))
        assert is_in(trial)
        clock.shift(timedelta(minutes=minutes + 1))
        assert not is_in(trial)


def test_a_session_ends_after_twelve_hours_of_use(trial: FlaskClient) -> None:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        sign_in(trial, "drafter")
        for _ in range(36):
            clock.shift(timedelta(minutes=20))
            assert is_in(trial)
        clock.shift(timedelta(seconds=1))
        assert not is_in(trial)


def test_a_disabled_person_is_out_at_the_next_click(
    trial: FlaskClient, as_: As, cast: Cast
) -> None:
    sign_in(trial, "drafter")
    with as_(cast.admin) as work:
        disable_user(work, cast.drafter)
    assert not is_in(trial)


def test_a_form_sent_after_the_session_ended_gives_its_text_back(
    trial: FlaskClient,
) -> None:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        sign_in(trial, "drafter")
        page = trial.get(FORM).text
        clock.shift(timedelta(hours=1))
        form = {name: hidden(page, name) for name in ("csrf_token", "submit_key")}
        answer = trial.post(FORM, data={**form, "text": "第三条应当修改。"})
    assert answer.status_code == 401
    assert "登录已过期" in answer.text
    assert "第三条应当修改。" in answer.text


def test_a_demo_lets_sample_people_in_with_one_click(
    demo: FlaskClient, cast: Cast
) -> None:
    page = demo.get("/signin").text
    assert "林晓" in page
    assert "起草（承办）人" in page
    form = {"csrf_token": hidden(page, "csrf_token"), "user_id": cast.drafter}
    assert demo.post("/signin/sample", data=form).status_code == 303
    assert is_in(demo)


def test_production_has_no_sample_people(trial: FlaskClient, cast: Cast) -> None:
    assert "林晓" not in trial.get("/signin").text
    form = {"csrf_token": token(trial), "user_id": cast.drafter}
    assert trial.post("/signin/sample", data=form).status_code == 404
    assert not is_in(trial)


def test_a_new_password_ends_every_session_and_the_old_password(
    trial: FlaskClient,
) -> None:
    new = "Qiuri-2026-Gongwen"
    sign_in(trial, "drafter")
    assert send(trial, "/password", {"password": new, "again": new}).location == "/"
    assert not is_in(trial)
    assert sign_in(trial, "drafter", PASSWORD).status_code == 422
    assert sign_in(trial, "drafter", new).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", "short", "密码至少 12 位"),
        ("Qiuri-2026-Gongwen", "another", "两次输入的密码不一致"),
    ],
)
def test_a_password_that_will_not_do_is_refused(
    trial: FlaskClient, password: str, again: str, says: str
) -> None:
    sign_in(trial, "drafter")
    answer = send(trial, "/password", {"password": password, "again": again})
    assert answer.status_code == 422
    assert says in answer.text
    assert password not in answer.text


def test_a_first_password_has_to_be_changed_before_anything_else(
    trial: FlaskClient, as_: As, cast: Cast
) -> None:
    with as_(cast.drafter) as work:
        assert work.actor.user is not None
        work.actor.user.must_change_password = True
    sign_in(trial, "drafter")

    assert trial.get(FORM).location == "/password"
    new = {"password": "Qiuri-2026-Gongwen", "again": "Qiuri-2026-Gongwen"}
    send(trial, "/password", new)
    sign_in(trial, "drafter", new["password"])

    assert is_in(trial)


def test_pages_can_be_read_while_nothing_can_be_written(
    trial: FlaskClient, runtime: Runtime
) -> None:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        sign_in(trial, "drafter")
        clock.shift(timedelta(minutes=5))
        trial.get(FORM)  # whatever is prepared once is prepared
        clock.shift(timedelta(minutes=5))
        runtime.engine.dispose()
        sa.event.listen(
            runtime.engine,
            "connect",
            lambda connection, _: connection.execute("PRAGMA query_only=ON"),
        )
        assert is_in(trial)
