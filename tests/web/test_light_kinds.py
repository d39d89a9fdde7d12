"""The pages of a town: who may be named is offered, and the new levels have names."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from reviewflow.model.people import Level
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import START, bring_to, waiting
from tests.town import PACKET, settle, town_case
from tests.web.desk import Desk, place
from web.labels import label


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let the pages stand at the Monday too."""
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def test_the_office_of_a_town_is_offered_handler_and_signer(
    app: Flask, as_: As, cast: Cast
) -> None:
    town = settle(as_, cast)
    case_id = town_case(as_, town, "township_document")
    bring_to(as_, town, case_id, "office_check", send_packet=PACKET)
    task_id = waiting(as_, case_id, "office_check")

    page = Desk(app, "town.clerk").page(f"/tasks/{task_id}")

    assert "核对程序和材料" in page
    assert "金承" in page
    assert "金签" in page
    assert "复核人" not in page


def test_a_drafter_of_a_town_finds_the_light_kinds(
    app: Flask, as_: As, cast: Cast
) -> None:
    settle(as_, cast)
    desk = Desk(app, "town.drafter")

    for kind, maker in (
        ("township_document", "三十铺镇人民政府"),
        ("township_decision", "三十铺镇人民政府"),
    ):
        assert maker in desk.page(f"/cases/new?kind={kind}")


def test_who_asks_for_haste_is_led_to_the_case_that_waits_for_another(
    app: Flask, as_: As, cast: Cast
) -> None:
    town = settle(as_, cast)
    desk = Desk(app, "town.drafter")
    typed = {"kind": "township_document", "title": "森林防火的紧急规定"}
    hurry = {"is_emergency": "yes", "emergency_reason": "连续高火险天气。"}
    form = "/cases/new?kind=township_document"
    sent = {**START, **typed, **hurry, "unit_id": town.units["town"]}

    address = place(desk.send(form, sent, "/cases/new"))

    page = desk.page(address)
    assert "轮到您时进入“待办”" in page
    assert "审核紧急程序" in page


def test_every_level_has_a_name() -> None:
    assert [label(level) for level in Level][:2] == ["国家级", "省级"]
