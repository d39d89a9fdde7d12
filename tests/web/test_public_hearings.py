"""Hearings as everybody sees them: nobody is signed in."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from reviewflow import draw, hearing_rows
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.strangers import MOST
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.hearings import (
    AFTER_ENROLMENT,
    NAMES,
    SEED,
    SOURCE,
    announced,
    delivering,
    drawn,
    enrolment,
    group_id_of,
    plan_id_of,
    planned,
)
from tests.steps import days
from tests.web.browser import hidden, send
from tests.web.desk import place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def path_of(as_: As, case_id: int) -> str:
    return f"/public/hearings/{plan_id_of(as_, case_id)}"


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_an_announcement_is_for_everybody(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    waiting = planned(as_, cast)
    assert client.get(path_of(as_, waiting)).status_code == 404  # not announced yet
    assert "目前没有听证公告。" in read(client, "/public/hearings")

    path = path_of(as_, announced(as_, cast))

    assert path in read(client, "/public/hearings")
    page = read(client, path)
    for said in (
        "2026年3月17日上午9:00",
        "0564-3377777",
        "利益相关方：3 名",
        "2026年3月6日",
    ):
        assert said in page
    assert "林晓" not in page
    assert "审登" not in page


def test_somebody_enrols_and_keeps_the_receipt(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    path, typed = path_of(as_, case_id), enrolment(as_, case_id, 0)

    receipt = place(send(client, path, typed))

    assert re.fullmatch(r"/public/enrolments/[\w-]{20,}", receipt)
    page = read(client, receipt)
    assert "已收到报名" in page
    assert "朱**" in page
    assert NAMES[0] not in page
    assert typed["contact"] not in page


def test_a_second_click_leads_to_the_same_receipt(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    path, typed = path_of(as_, case_id), enrolment(as_, case_id, 0)
    text = client.get(path).text
    typed |= {name: hidden(text, name) for name in ("csrf_token", "submit_key")}
    first, second = (place(client.post(path, data=typed)) for _ in range(2))
    assert first == second
    again = client.post(path, data=typed | {"name": "别人"})
    assert again.status_code == 409


def test_a_wrong_enrolment_keeps_what_was_typed(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    path = path_of(as_, case_id)
    typed = enrolment(as_, case_id, 0) | {"contact": "打我电话"}
    answer = send(client, path, typed)
    assert answer.status_code == 422
    assert "请填写联系电话" in answer.text
    assert 'value="朱小明"' in answer.text


def test_a_program_that_fills_in_every_box_is_refused(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    typed = enrolment(as_, case_id, 0) | {"website": "https://example.com"}
    assert send(client, path_of(as_, case_id), typed).status_code == 422
    with as_(None) as work:
        assert hearing_rows.applicants(work, case_id) == []


def test_enrolment_without_a_page_of_ours_is_refused(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    answer = client.post(path_of(as_, case_id), data=enrolment(as_, case_id, 0))
    assert answer.status_code == 400


def test_after_the_last_day_nobody_enrols(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    path, typed = path_of(as_, case_id), enrolment(as_, case_id, 0)
    text = client.get(path).text
    typed |= {name: hidden(text, name) for name in ("csrf_token", "submit_key")}
    with time_machine.travel(NOON_MONDAY + days(5), tick=False):
        assert "报名已于2026年3月6日截止" in read(client, path)
        late = client.post(path, data=typed)
        assert late.status_code == 409
        assert "报名已经截止" in late.text


def test_one_address_enrols_so_many_an_hour(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = announced(as_, cast)
    path, typed = path_of(as_, case_id), enrolment(as_, case_id, 0)
    for number in range(MOST):
        one = typed | {"name": f"报名人{number}"}
        assert send(client, path, one).status_code == 303
    assert send(client, path, typed).status_code == 429


def test_the_draw_can_be_run_again_from_what_is_public(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = drawn(as_, cast)
    path = path_of(as_, case_id)

    page = read(client, path)
    text = client.get(f"{path}/lists/{group_id_of(as_, case_id)}.txt").text

    digest = draw.list_digest(text)
    numbers = draw.order(len(text.splitlines()), digest, SEED)
    assert digest in page
    assert SOURCE in page
    assert "、".join(map(str, numbers)) in page
    for name in NAMES:
        assert name not in page + text
        assert f"{name[0]}**" in page
    assert "1390000" not in page + text
    assert "钱**" not in page  # experts are public with the list, not with the draw


def test_a_receipt_tells_who_is_chosen(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = drawn(as_, cast)
    with as_(None) as work:
        rows = hearing_rows.applicants(work, case_id)
        codes = {one.number: one.code for one in rows}
        [made] = hearing_rows.draws(work, case_id).values()
        first, *_, last = map(int, made.result.split(","))
    assert "入选" in read(client, f"/public/enrolments/{codes[first]}")
    text = read(client, f"/public/enrolments/{codes[last]}")
    assert f"候补第 {len(NAMES) - 3} 名" in text
    assert draw.mark(codes[last]) in text


def test_the_published_list_shows_experts_masked(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = delivering(as_, cast)
    with time_machine.travel(AFTER_ENROLMENT, tick=False):
        page = read(client, path_of(as_, case_id))
    assert "钱**" in page
    assert "钱教授" not in page


def test_what_is_taken_back_is_not_public_any_more(
    client: FlaskClient, as_: As, cast: Cast
) -> None:
    case_id = drawn(as_, cast)
    with as_(None) as work:
        code = hearing_rows.applicants(work, case_id)[0].code
    path, group_id = path_of(as_, case_id), group_id_of(as_, case_id)
    with as_(cast.drafter, AFTER_ENROLMENT) as work:
        withdraw_case(work, case_id, "不再制定。")
    for gone in (path, f"{path}/lists/{group_id}.txt", f"/public/enrolments/{code}"):
        assert client.get(gone).status_code == 404
    assert path not in read(client, "/public/hearings")


def test_somebody_signed_in_sees_the_same(app: Flask, as_: As, cast: Cast) -> None:
    path = path_of(as_, announced(as_, cast))
    for page in (path, "/public/hearings", "/public/hearings/draw"):
        assert app.test_client().get(page).status_code == 200
