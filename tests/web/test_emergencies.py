"""The pages of the emergency procedure: asked by the head, decided by the office."""

import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.cast import Cast
from tests.conftest import NOON_MONDAY
from tests.steps import As, bring_to, days, new_case, word_file
from tests.web.desk import Desk, place


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Let the pages be of the day after the review began."""
    with time_machine.travel(NOON_MONDAY + days(1), tick=False):
        yield


@pytest.fixture
def page(as_: As, cast: Cast) -> str:
    """The page of a case whose review runs."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    return f"/cases/{case_id}"


def test_head_and_office_hasten_a_review_from_its_page(app: Flask, page: str) -> None:
    head, office = Desk(app, "unit.head"), Desk(app, "office.intake")
    asking = f"{page}/emergency"
    assert asking in head.links(page)
    assert asking not in office.links(page)
    sent = {"reason": "省防指启动二级应急响应。"}
    empty = head.send(asking, sent, asking)
    assert empty.status_code == 422
    assert "请上传紧急程序说明" in empty.text
    assert "省防指启动二级应急响应。" in empty.text
    note = (io.BytesIO(word_file("说明")), "说明.docx")
    assert place(head.send(asking, {**sent, "emergency_note": note}, asking)) == page

    assert "等待办公室批准" in Desk(app, "drafter").page(page)
    assert "审批紧急程序" in office.page(page)
    half = office.send(asking, {"outcome": "APPROVE"}, f"{asking}/decision")
    assert half.status_code == 422
    assert "请填写批准的负责人" in half.text
    said = {"outcome": "APPROVE", "approved_by": "办公室主任许某"}
    assert place(office.send(asking, said, f"{asking}/decision")) == page
    assert "缩短时限" in head.page(f"{page}/history")
