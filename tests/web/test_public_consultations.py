"""Somebody without an account comments on a draft and finds the answer."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from reviewflow.model.consultation import Consultation
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.consultations import Answer
from tests.asking import (
    AFTER,
    FEE,
    answer_all,
    asked_case,
    consultation_of,
    homes,
    say,
    write,
)
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import do_next
from tests.web.desk import Desk, place
from tests.web.stranger import TYPED, comment, opened

SECRETS = ("朱红梅", "13800138000", "hongmei@example.com", "林晓")


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON_MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def monday(now: time_machine.Traveller) -> time_machine.Traveller:
    return now


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


@pytest.fixture
def page(as_: As, case_id: int) -> str:
    """The address of its public page."""
    return f"/public/consultations/{consultation_of(as_, case_id)}"


def close(as_: As, cast: Cast, case_id: int) -> None:
    answer_all(as_, cast, case_id, Answer("PARTIAL", "夜间两小时内免费。"))
    answers = {"closed_on": "2026-03-23", "comments": 0, "adopted": 0}
    do_next(as_, cast, case_id, "close_consultation", AFTER, **answers)


def test_a_stranger_comments_and_finds_the_answer(
    client: FlaskClient,
    now: time_machine.Traveller,
    as_: As,
    cast: Cast,
    case_id: int,
    page: str,
) -> None:
    assert f'href="{page}"' in client.get("/public/consultations").text
    shown = unescape(client.get(page).text)
    assert "2026年2月20日至2026年3月23日，共 31 日" in shown
    assert "<option>第八条</option>" in shown
    assert "停车应当缴费。" in shown

    sent = comment(client, now, page)
    receipt = place(sent)
    told = unescape(client.get(receipt).text)
    assert FEE in told
    assert "请记下回执编号" in told

    close(as_, cast, case_id)
    now.move_to(AFTER)
    code = receipt.rsplit("/", 1)[1].replace("-", "").lower()
    found = client.get("/public/comments", query_string={"code": code})
    told = unescape(client.get(found.headers["Location"]).text)
    assert "部分采纳" in told
    assert "夜间两小时内免费。" in told
    table = unescape(client.get(f"{page}/answers").text)
    assert "公众（朱**）" in table
    assert "部分采纳" in table


def test_nobody_s_name_or_number_is_public(
    client: FlaskClient,
    now: time_machine.Traveller,
    as_: As,
    cast: Cast,
    case_id: int,
    page: str,
) -> None:
    text = f"{FEE}我是朱红梅，电话13800138000，邮箱hongmei@example.com。"
    receipt = place(comment(client, now, page, text=text, contact="13800138000"))
    write(as_, cast, case_id, text="另一条：请联系13800138000。")
    close(as_, cast, case_id)
    now.move_to(AFTER)

    for path in ("/public/consultations", page, f"{page}/answers", receipt):
        shown = client.get(path)
        assert shown.status_code == 200, path
        assert [word for word in SECRETS if word in unescape(shown.text)] == [], path


def test_after_the_end_a_comment_is_refused_and_kept(
    client: FlaskClient, now: time_machine.Traveller, as_: As, case_id: int, page: str
) -> None:
    now.move_to(AFTER - timedelta(hours=12, minutes=30))  # half past eleven at night
    form = opened(client, page)
    now.shift(60 * 60)
    answer = client.post(page, data={**TYPED, **form})
    assert answer.status_code == 409
    assert "征求意见已经截止" in answer.text
    assert FEE in answer.text
    assert homes(as_, case_id) == []
    assert 'name="opened_at"' not in client.get(page).text


def test_a_case_that_was_withdrawn_is_not_shown(
    client: FlaskClient, as_: As, cast: Cast, case_id: int, page: str
) -> None:
    receipt = say(as_, case_id)
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "上位法即将修改。")
    pages = (page, f"{page}/answers", f"{page}/files/draft")
    for path in (*pages, f"/public/comments/{receipt}"):
        assert client.get(path).status_code == 404, path
    assert page not in client.get("/public/consultations").text


def test_a_matter_not_declared_free_of_secrets_has_no_page(
    client: FlaskClient, as_: As, page: str
) -> None:
    with as_(None) as work:  # no shipped kind takes such a matter
        work.session.execute(sa.update(Consultation).values(is_public=False))
    assert client.get(page).status_code == 404
    assert page not in client.get("/public/consultations").text


def test_only_notice_and_draft_can_be_taken_out(client: FlaskClient, page: str) -> None:
    for paper, status in {"notice": 200, "draft": 200, "unit_opinions": 404}.items():
        with client.get(f"{page}/files/{paper}") as answer:
            assert answer.status_code == status, paper
            if status == 200:
                assert "attachment" in answer.headers["Content-Disposition"]
                assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_no_answers_before_the_end(
    client: FlaskClient, as_: As, cast: Cast, case_id: int, page: str
) -> None:
    receipt = say(as_, case_id)
    answer_all(as_, cast, case_id, Answer("NONE", "上位法另有规定。"))
    assert client.get(f"{page}/answers").status_code == 404
    assert "上位法另有规定" not in client.get(f"/public/comments/{receipt}").text


@pytest.mark.parametrize(
    "path",
    [
        "/public/consultations/999999",
        "/public/comments/AAAA-AAAA-AAAA-AAAA",
        "/public/comments/%E4%B8%AD",
    ],
)
def test_what_is_not_there_is_missing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_short_period_says_why(client: FlaskClient, as_: As, cast: Cast) -> None:
    short: dict[str, Any] = {
        "ends_on": "2026-03-06",
        "shortened_reason": "防汛急需，尽快施行。",
    }
    case_id = asked_case(as_, cast, **short)
    shown = client.get(f"/public/consultations/{consultation_of(as_, case_id)}").text
    assert "本次征求意见不足法定期限，理由：防汛急需，尽快施行。" in unescape(shown)


def test_every_link_of_the_public_pages_leads_somewhere(
    client: FlaskClient, as_: As, cast: Cast, case_id: int, page: str
) -> None:
    say(as_, case_id)
    close(as_, cast, case_id)
    found = {page, "/public/consultations", f"{page}/answers"}
    for path in tuple(found):
        found |= set(re.findall(r'(?:href|src)="(/[^"#]*)', client.get(path).text))
    for path in found:
        with client.get(path) as answer:
            assert answer.status_code < 400, path


def test_who_is_signed_in_comments_like_anybody(
    app: Flask, now: time_machine.Traveller, as_: As, case_id: int, page: str
) -> None:
    desk = Desk(app, "other.drafter")
    assert place(comment(desk.client, now, page)).startswith("/public/comments/")
    assert len(homes(as_, case_id)) == 1
