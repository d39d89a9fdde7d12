import re
from datetime import date

import pytest
import time_machine
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from reviewflow.queries.lamps import Lamp, Urgency
from tests.conftest import NOON_MONDAY
from tests.web.browser import send, sign_in
from web.assets import FOLDER

TEMPLATES = FOLDER.parent / "templates"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("Missing", 404, "没有这个页面，或者您无权查看。"),
        ("Refused", 403, "不属于您的职责"),
        ("Conflict", 409, "已有变化"),
        ("Invalid", 422, "请更正后再提交"),
        ("Unavailable", 503, "暂时不能使用"),
    ],
)
def test_a_failure_has_its_status_and_says_what_to_do(
    trial: FlaskClient, name: str, status: int, says: str
) -> None:
    sign_in(trial, "drafter")
    answer = trial.get(f"/trial/fails/{name}")
    assert answer.status_code == status
    assert says in answer.text


def test_our_own_fault_is_a_number_and_no_trace(trial: FlaskClient) -> None:
    sign_in(trial, "drafter")
    answer = trial.get("/trial/fails/other")
    assert answer.status_code == 500
    assert re.search(r"编号 [0-9A-F]{6}", answer.text)
    assert "ZeroDivisionError" not in answer.text
    assert "Traceback" not in answer.text


def test_what_may_not_be_seen_looks_like_what_does_not_exist(
    trial: FlaskClient,
) -> None:
    sign_in(trial, "drafter")
    hidden, absent = trial.get("/trial/fails/Missing"), trial.get("/nowhere")
    body = re.compile(r'<div class="problem">.*?</div>', re.DOTALL)
    assert hidden.status_code == absent.status_code == 404
    assert body.findall(hidden.text) == body.findall(absent.text)


@pytest.mark.parametrize("name", ["Conflict", "Invalid", "Unavailable", "other"])
def test_a_failed_form_gives_back_what_was_typed(trial: FlaskClient, name: str) -> None:
    sign_in(trial, "drafter")
    typed = "第三条缺少上位法依据，<b>建议</b>删除。"
    answer = send(trial, "/trial/form", {"text": typed}, to=f"/trial/fails/{name}")
    assert "第三条缺少上位法依据，&lt;b&gt;建议&lt;/b&gt;删除。" in answer.text


def test_a_failed_form_gives_back_no_password(trial: FlaskClient) -> None:
    sign_in(trial, "drafter")
    secret = {"password": "密码在此", "text": "理由"}
    answer = send(trial, "/trial/form", secret, to="/trial/fails/Conflict")
    assert "密码在此" not in answer.text
    assert "理由" in answer.text


@pytest.mark.parametrize("name", ["drafter", "handler", "admin", "filer"])
def test_the_frame_has_no_link_that_leads_nowhere(
    trial: FlaskClient, name: str
) -> None:
    sign_in(trial, name)
    links = {link.replace("&amp;", "&") for link in LINK.findall(page_of(trial))}
    assert links
    for link in links - {"/signout"}:
        with trial.get(link) as answer:
            assert answer.status_code < 400, link


@pytest.mark.parametrize(("name", "entries"), [("drafter", 0), ("admin", 1)])
def test_administration_is_listed_for_administrators_only(
    trial: FlaskClient, name: str, entries: int
) -> None:
    sign_in(trial, name)
    there = page_exists(trial, "/people")
    assert page_of(trial).count("用户与机构") == entries * there


def test_a_page_may_use_any_name_for_its_own_things(trial: FlaskClient) -> None:
    sign_in(trial, "drafter")
    assert "甲" * 6 in page_of(trial)
    assert "林晓" in page_of(trial)


def test_a_demo_says_so_on_every_page(demo: FlaskClient) -> None:
    assert 'class="ribbon"' in demo.get("/signin").text
    sign_in(demo, "drafter")
    for path in ("/trial/form", "/nowhere", "/trial/fails/other"):
        assert 'class="ribbon"' in demo.get(path).text


def test_production_shows_no_ribbon(trial: FlaskClient) -> None:
    assert "示例数据" not in trial.get("/signin").text


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    sprite = (FOLDER / "icons.svg").read_text(encoding="utf-8")
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    wanted = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'icon\("([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert wanted
    assert wanted <= there


def test_the_script_stays_small() -> None:
    assert (FOLDER / "app.js").stat().st_size <= 10 * 1024


def page_of(client: FlaskClient) -> str:
    return client.get("/trial/form").text


def page_exists(client: FlaskClient, path: str) -> bool:
    return any(rule.rule == path for rule in client.application.url_map.iter_rules())


DUE = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("lamp", "words"),
    [
        (Lamp(Urgency.LATE, DUE, 2), "已逾期 2 个工作日"),
        (Lamp(Urgency.LATE, DUE, 0), "已逾期"),
        (Lamp(Urgency.TODAY, DUE, 0), "今日到期"),
        (Lamp(Urgency.SOON, DUE, 3), "还剩 3 个工作日"),
        (Lamp(Urgency.SOON, DUE, 0), "03-09 到期"),
        (Lamp(Urgency.FINE, DUE, 12, provisional=True), "还剩 12 个工作日（暂定）"),
        (Lamp(Urgency.PAUSED, DUE, 3), "已暂停 3 个工作日"),
        (Lamp(Urgency.NONE), "无时限"),
    ],
)
def test_a_lamp_says_in_words_what_its_colour_means(
    app: Flask, lamp: Lamp, words: str
) -> None:
    page = '{% from "macros.html" import due_lamp %}{{ due_lamp(lamp, bar=true) }}'
    with app.test_request_context("/"), time_machine.travel(NOON_MONDAY, tick=False):
        shown = render_template_string(page, lamp=lamp)
    assert f">{words}</span>" in shown
    assert f'class="lamp {lamp.state}"' in shown
