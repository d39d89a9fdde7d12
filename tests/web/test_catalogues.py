import io

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from reviewflow import clock
from tests.cast import Cast
from tests.web.desk import Desk, place

TODAY = clock.beijing_date(clock.now())
PROPOSAL = {
    "sort": "DECISIONS",
    "year": str(TODAY.year),
    "category": "PLAN",
    "title": "六安市城区学校布局规划",
    "schedule": "9月完成",
    "grounds": "学位不足，布点不匹配。",
}


@pytest.fixture
def drafter(app: Flask) -> Desk:
    """The desk of somebody who drafts."""
    return Desk(app, "drafter")


@pytest.fixture
def clerk(app: Flask) -> Desk:
    """The desk of the city's office."""
    return Desk(app, "office.intake")


def propose(drafter: Desk, cast: Cast, **typed: str) -> str:
    """Propose a matter; return the address of its catalogue."""
    sent = {**PROPOSAL, "unit_id": cast.units["housing"], **typed}
    return place(drafter.send("/catalogues/new", sent))


def settle(clerk: Desk, address: str, outcome: str) -> TestResponse:
    """List the first proposal, or decline it without a reason."""
    sent = {"outcome": outcome, "reason": ""}
    return clerk.send(address, sent, "/catalogues/items/1/settle")


def published(drafter: Desk, clerk: Desk, cast: Cast) -> str:
    """Publish a catalogue of one matter; return its address."""
    address = propose(drafter, cast)
    publish(clerk, address)
    return address


def publish(clerk: Desk, address: str) -> None:
    """List what was proposed first, and publish the catalogue."""
    settle(clerk, address, "LISTED")
    consent = {"consent_on": TODAY.isoformat(), "consent_reference": "市委常委会"}
    clerk.send(address, consent, f"{address}/consent")
    sent = {"published_on": TODAY.isoformat(), "channel": "市政府门户网站"}
    assert place(clerk.send(address, sent, f"{address}/publish")) == address


def test_a_matter_goes_from_proposal_to_the_public_page(
    drafter: Desk, clerk: Desk, cast: Cast, app: Flask
) -> None:
    address = published(drafter, clerk, cast)

    shown = clerk.page(address)
    assert "已登记公布，目录已对外公开。" in shown
    assert f"六安市人民政府{TODAY.year}年度重大行政决策事项目录" in shown
    with app.test_client() as stranger:
        listed = stranger.get("/public/catalogues").text
        page = stranger.get(f"/public{address}").text
        book = stranger.get(f"/public{address}/table.xlsx")
    assert f'href="/public{address}"' in listed
    assert "六安市城区学校布局规划" in page
    assert "林晓" not in page
    assert "学位不足" not in page
    rows = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert rows is not None
    assert [cell.value for cell in rows[1]] == [
        *("序号", "事项类别", "决策事项", "承办单位", "时间安排")
    ]


def test_nothing_is_public_before_it_is_published(
    drafter: Desk, clerk: Desk, cast: Cast, app: Flask
) -> None:
    address = propose(drafter, cast)
    with app.test_client() as stranger:
        assert "六安市人民政府" not in stranger.get("/public/catalogues").text
        assert stranger.get(f"/public{address}").status_code == 404
    publish(clerk, address)
    propose(drafter, cast, title="后来提出的一项")
    with app.test_client() as stranger:
        assert "后来提出的一项" not in stranger.get(f"/public{address}").text


def test_a_wrong_proposal_comes_back_as_typed(drafter: Desk, cast: Cast) -> None:
    sent = {**PROPOSAL, "unit_id": cast.units["housing"], "category": "RULE_NEW"}
    answer = drafter.send("/catalogues/new", sent)
    assert answer.status_code == 422
    assert "请选择与目录相应的事项类别。" in answer.text
    assert "学位不足，布点不匹配。" in answer.text


def test_a_refused_reason_stands_at_its_item(
    drafter: Desk, clerk: Desk, cast: Cast
) -> None:
    answer = settle(clerk, propose(drafter, cast), "DECLINED")
    assert answer.status_code == 422
    assert 'id="field-reason-1-error"' in answer.text
    assert "请写明不列入的理由" in answer.text


def test_who_keeps_no_catalogue_finds_no_buttons(
    drafter: Desk, clerk: Desk, cast: Cast
) -> None:
    address = propose(drafter, cast)
    assert "/settle" in clerk.page(address)
    assert "/settle" not in drafter.page(address)
    assert "/consent" not in drafter.page(address)


@pytest.mark.parametrize("day", ["", "昨天", "2026-02-30", "2099-01-01"])
def test_a_day_that_cannot_be_is_refused(
    drafter: Desk, clerk: Desk, cast: Cast, day: str
) -> None:
    address = propose(drafter, cast)
    settle(clerk, address, "LISTED")
    sent = {"consent_on": day, "consent_reference": "市委常委会"}
    answer = clerk.send(address, sent, f"{address}/consent")
    assert answer.status_code == 422
    assert "请填写同意的日期，不能晚于今天。" in answer.text
    assert "市委常委会" in answer.text
