"""A form for everybody: once, by a person, not too often."""

from collections.abc import Iterator
from html import unescape

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from reviewflow.model.consultation import Comment
from reviewflow.usecases.strangers import MOST
from tests.asking import asked_case, consultation_of, homes
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.web.browser import hidden
from tests.web.desk import place
from tests.web.stranger import SECONDS, TYPED, comment, opened


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


def test_a_double_click_counts_once(
    client: FlaskClient, now: time_machine.Traveller, as_: As, case_id: int, page: str
) -> None:
    form = {**TYPED, **opened(client, page)}
    now.shift(SECONDS)
    first, second = (place(client.post(page, data=form)) for _ in range(2))
    assert first == second
    assert len(homes(as_, case_id)) == 1


TRICKS: list[tuple[dict[str, str], int, str]] = [
    # what is sent, after how many seconds, what is said
    ({}, 1, "提交得太快了"),
    ({"website": "http://example.com"}, SECONDS, "留空"),
    ({"opened_at": "1700000000.0"}, SECONDS, "页面打开的时间太久"),
    ({"opened_at": f"{int(NOON_MONDAY.timestamp())}.0"}, SECONDS, "页面打开的时间太久"),
    ({"opened_at": ""}, SECONDS, "页面打开的时间太久"),
    ({}, 25 * 60 * 60, "页面打开的时间太久"),
    ({"submit_key": ""}, SECONDS, "页面不完整"),
    ({"text": " "}, SECONDS, "请填写意见内容。"),
    ({"sender": "KING"}, SECONDS, "请从列表中选择意见来源。"),
]


@pytest.mark.parametrize("trick", TRICKS)
def test_what_a_program_sends_is_refused_politely(
    client: FlaskClient,
    now: time_machine.Traveller,
    as_: As,
    page: str,
    trick: tuple[dict[str, str], int, str],
) -> None:
    typed, waited, said = trick
    form = opened(client, page)
    now.shift(waited)

    answer = client.post(page, data={**TYPED, "name": "赵钱孙", **form, **typed})

    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert 'value="赵钱孙"' in answer.text  # what was typed is kept
    with as_(None) as work:
        assert work.session.scalars(sa.select(Comment)).all() == []


def test_somebody_too_quick_only_has_to_wait(
    client: FlaskClient, now: time_machine.Traveller, page: str
) -> None:
    form = {**TYPED, **opened(client, page)}
    now.shift(1)
    refused = client.post(page, data=form).text
    again = {n: hidden(refused, n) for n in ("csrf_token", "submit_key", "opened_at")}
    now.shift(3)
    assert place(client.post(page, data={**TYPED, **again}))


def test_an_address_sends_so_much_an_hour(
    client: FlaskClient, now: time_machine.Traveller, as_: As, case_id: int, page: str
) -> None:
    for number in range(MOST):
        assert place(comment(client, now, page, text=f"第{number}条意见"))
    refused = comment(client, now, page)
    assert refused.status_code == 429
    assert "提交过于频繁" in refused.text
    assert "重新登录" not in refused.text
    assert len(homes(as_, case_id)) == MOST
