"""The tab 部门会签."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import new_case
from tests.web.desk import Desk, place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def test_units_are_asked_answer_and_are_settled_with(
    app: Flask, as_: As, cast: Cast
) -> None:
    page = f"/cases/{new_case(as_, cast)}/units"
    desk = Desk(app, "drafter")
    assert "尚未征求部门意见。" in desk.page(page)
    refused = desk.send(page, {"unit_ids": cast.units["streets"], "due_on": "明天"})
    assert refused.status_code == 422
    assert 'value="明天"' in refused.text
    sent = {"unit_ids": cast.units["streets"], "due_on": "2026-03-16"}
    assert place(desk.send(page, sent)) == page
    assert "等待回复" in desk.page(page)

    answer = {"stance": "DISAGREE", "text": "", "answered_on": "2026-03-02"}
    refused = desk.send(page, answer, to=f"{page}/1")
    assert (refused.status_code, "请写明意见内容" in refused.text) == (422, True)
    answer["text"] = "由谁施划泊位应当明确。"
    assert place(desk.send(page, answer, to=f"{page}/1")) == page
    assert "1 个待协商" in desk.page(page)

    settled = {"settlement": "CARRIED", "note": ""}
    assert desk.send(page, settled, to=f"{page}/1/settlement").status_code == 422
    settled["note"] = "两次协商未能一致。"
    assert place(desk.send(page, settled, to=f"{page}/1/settlement")) == page
    shown = desk.page(page)
    assert "提请会议决定" in shown
    assert "待协商" not in shown
    history = desk.page(page.replace("/units", "/history?about=opinions"))
    assert "市城管局：不同意" in history
    assert Desk(app, "other.drafter").status(page) == 404
