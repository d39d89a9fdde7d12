"""Whoever was asked about a draft can follow what becomes of it."""

import re

import pytest
from flask.testing import FlaskClient

from reviewflow.model.case import Case
from reviewflow.usecases.cases import withdraw_case
from tests.asking import AFTER, asked_case, consultation_of
from tests.cast import Cast
from tests.conftest import As
from tests.steps import ANSWERS, TEXT, bring_to, do_next

SECRETS = ("林晓", "赵敏", "周海", TEXT, "合法</", "采纳情况反馈")
ROW = re.compile(r"<td>([^<]+)</td>\s*<td data-label=\"进展\">([^<]+)</td>")
END = {"closed_on": "2026-03-23", "comments": 0, "adopted": 0}


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


def number_of(as_: As, case_id: int) -> str:
    with as_(None) as work:
        return work.get(Case, case_id).number


def shown(client: FlaskClient, number: str) -> dict[str, str]:
    """Return how far each part has come, as the page says it."""
    page = client.get(f"/public/cases/{number}")
    assert page.status_code == 200
    for secret in SECRETS:
        assert secret not in page.text
    return dict(ROW.findall(page.text))


def test_its_way_is_shown_without_names_or_conclusions(
    client: FlaskClient, as_: As, cast: Cast, case_id: int
) -> None:
    number = number_of(as_, case_id)
    notice = client.get(f"/public/consultations/{consultation_of(as_, case_id)}")
    assert "办理进展" in notice.text
    assert shown(client, number) == {
        "公开征求意见": "进行中",
        "合法性审查": "尚未开始",
        "集体审议": "尚未开始",
        "公布": "尚未开始",
    }
    do_next(as_, cast, case_id, "close_consultation", AFTER, **END)
    bring_to(as_, cast, case_id, "draft_opinion")
    begun = shown(client, number)
    assert (begun["公开征求意见"], begun["合法性审查"]) == ("已完成", "进行中")
    bring_to(as_, cast, case_id, "publish")
    decided = shown(client, number)
    assert (decided["合法性审查"], decided["集体审议"]) == ("已完成", "进行中")
    do_next(as_, cast, case_id, "publish")
    assert set(shown(client, number).values()) == {"已完成"}
    page = client.get(f"/public/cases/{number}").text
    assert ANSWERS["hold_meeting"]["held_on"][:4] in page
    assert "/public/library/" in page


def test_what_ended_without_being_published_says_so(
    client: FlaskClient, as_: As, cast: Cast, case_id: int
) -> None:
    do_next(as_, cast, case_id, "close_consultation", AFTER, **END)
    illegal = {"conclusion": "ILLEGAL"}
    bring_to(as_, cast, case_id, "never", draft_opinion=illegal)
    number = number_of(as_, case_id)
    assert shown(client, number)["集体审议"] == "尚未开始"
    assert "停止办理" in client.get(f"/public/cases/{number}").text


def test_nobody_follows_what_is_not_public(
    client: FlaskClient, as_: As, cast: Cast, case_id: int
) -> None:
    number = number_of(as_, case_id)
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "另行研究。")
    for strange in (number, "审登〔2026〕99号", "'; --"):
        assert client.get(f"/public/cases/{strange}").status_code == 404
