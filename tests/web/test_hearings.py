"""The page of a hearing, as officials use it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask

from reviewflow import hearing_rows
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.hearings import (
    AFTER_ENROLMENT,
    DELIVERED,
    DRAWN,
    HELD,
    PLAN,
    SEED,
    SOURCE,
    delivering,
    drawn,
    enrolled,
    everybody,
    holding,
    planned,
    sit,
)
from tests.steps import bring_to, do_next, new_case, waiting
from tests.web.desk import Desk, place


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def at(instant: datetime) -> time_machine.travel:
    return time_machine.travel(instant, tick=False)


def page_of(case_id: int) -> str:
    return f"/cases/{case_id}/hearing"


def test_before_the_decision_and_without_a_hearing_the_page_says_so(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    desk = Desk(app, "drafter")
    assert "还没有决定是否举行听证。" in desk.page(page_of(case_id))
    bring_to(as_, cast, case_id, "finalise_draft")
    page = desk.page(page_of(case_id))
    assert "本事项不举行听证" in page
    assert "情况属实" in page


def test_a_hearing_is_planned_on_its_page(app: Flask, as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(
        as_, cast, case_id, "announce_hearing", decide_hearing={"needs_hearing": "yes"}
    )
    desk, page = Desk(app, "drafter"), page_of(case_id)
    assert place(desk.send(page, DRAWN, to=f"{page}/group")) == page
    assert "下一步：填写听证安排" in desk.page(page)
    wrong = desk.send(page, PLAN | {"planned_on": "改天"}, to=f"{page}/plan")
    assert wrong.status_code == 422
    assert "“改天”不是日期" in wrong.text
    assert 'value="改天"' in wrong.text  # what was typed is kept
    assert "市政务服务中心三楼" in wrong.text
    assert place(desk.send(page, PLAN, to=f"{page}/plan")) == page
    text = desk.page(page)
    assert "2026年3月9日" in text  # planned a day earlier than has to be
    assert "2026年3月10日" in text
    assert text.split("<dialog")[0].count('class="button primary"') == 1


def test_the_list_is_drawn_on_the_page(app: Flask, as_: As, cast: Cast) -> None:
    case_id = enrolled(as_, cast)
    with at(AFTER_ENROLMENT):
        desk, page = Desk(app, "drafter"), page_of(case_id)
        assert "朱小明" in desk.page(page)
        too_early = desk.send(page, {"seed": SEED}, to=f"{page}/draw")
        assert too_early.status_code == 409
        refused = desk.send(page, {"seed_source": ""}, to=f"{page}/publish")
        assert refused.status_code == 422
        assert "请填写抽取所用的公开数字。" in refused.text
        desk.send(page, {"seed_source": SOURCE}, to=f"{page}/publish")
        assert place(desk.send(page, {"seed": SEED}, to=f"{page}/draw")) == page
        assert f"以“{SEED}”抽取" in desk.page(page)


def test_late_delivery_is_blocked_with_the_latest_day(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = delivering(as_, cast)
    with at(HELD):
        desk, page = Desk(app, "drafter"), page_of(case_id)
        sent = everybody(as_, case_id, "to", "yes") | {"delivery": "邮寄"}
        late = sent | {"delivered_on": "2026-03-11"}
        answer = desk.send(page, late, to=f"{page}/deliver")
        assert answer.status_code == 422
        assert "不足7日" in answer.text
        assert "2026年3月10日" in answer.text
        assert 'value="2026-03-11"' in answer.text
        in_time = sent | {"delivered_on": "2026-03-10"}
        assert place(desk.send(page, in_time, to=f"{page}/deliver")) == page
        assert "已全部送达" in desk.page(page)


def test_the_host_marks_presence_and_the_drafter_reads_it(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = holding(as_, cast)
    with at(HELD):
        host, page = Desk(app, "unit.legal"), page_of(case_id)
        name = next(iter(everybody(as_, case_id, "signed", "")))
        sent = everybody(as_, case_id, "came", "yes") | {name: "REFUSED"}
        answer = host.send(page, sent, to=f"{page}/presence")
        assert answer.status_code == 422
        assert "请注明情况" in answer.text
        sent[name.replace("signed", "note")] = "认为笔录不完整"
        assert place(host.send(page, sent, to=f"{page}/presence")) == page
        text = Desk(app, "drafter").page(page)
        assert "应到 4 人，实到 4 人，至少应到会 3 人" in text
        assert "认为笔录不完整" in text
        drafter = Desk(app, "drafter").send("/password", sent, to=f"{page}/presence")
        assert drafter.status_code == 403


def test_opinions_are_answered_on_the_page(app: Flask, as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    sit(as_, cast, case_id)
    with at(HELD):
        host, page = Desk(app, "unit.legal"), page_of(case_id)
        speaker = next(iter(everybody(as_, case_id, "x", ""))).split("-")[1]
        said = {"speaker_id": speaker, "text": "收费标准偏高。"}
        assert place(host.send(page, said, to=f"{page}/opinion")) == page
    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)
    with at(HELD):
        desk = Desk(app, "drafter")
        assert "下一步：说明采纳情况" in desk.page(page)
        with as_(None) as work:
            [row] = hearing_rows.opinions(work, case_id)
            answer = {"opinion_id": str(row.id), "adoption": "PARTIAL"}
        wrong = desk.send(page, answer, to=f"{page}/adoption")
        assert wrong.status_code == 422
        assert "请填写理由。" in wrong.text
        answer["reason"] = "按成本核定。"
        assert place(desk.send(page, answer, to=f"{page}/adoption")) == page
        assert "按成本核定。" in desk.page(page)


def test_a_hearing_belongs_to_its_unit(app: Flask, as_: As, cast: Cast) -> None:
    case_id = planned(as_, cast)
    page = page_of(case_id)
    stranger = Desk(app, "other.drafter")
    assert stranger.status(page) == 404
    sent = stranger.send("/password", DRAWN, to=f"{page}/group")
    assert sent.status_code == 404
    assert Desk(app, "drafter").send(page, {}, to=f"{page}/none").status_code == 404
    assert Desk(app, "auditor").status(page) == 200


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("plan", {"planned_on": "9999-99-99", "observers": "-1"}),
        ("group", {"quota": "9" * 40, "how": "BRIBED"}),
        ("ungroup", {"group_id": "9" * 40}),
        ("ungroup", {}),
        ("participant", {"of_group": "1e9", "person": "\x00"}),
        ("publish", {}),
        ("draw", {}),
        ("turns", {}),
        ("adoption", {"opinion_id": "-1"}),
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    app: Flask, as_: As, cast: Cast, act: str, typed: dict[str, str]
) -> None:
    case_id = planned(as_, cast)
    page = page_of(case_id)
    answer = Desk(app, "drafter").send(page, typed, to=f"{page}/{act}")
    assert answer.status_code in {404, 409, 422}


def test_every_link_of_the_page_leads_somewhere(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = drawn(as_, cast)
    with at(DELIVERED):
        desk = Desk(app, "drafter")
        links = {one for one in desk.links(page_of(case_id)) if "/hearing/" not in one}
        opened = {one: desk.status(one) for one in links - {"/signout"}}
    assert not {one: code for one, code in opened.items() if code >= 400}


def test_the_forms_of_the_steps_do_not_ask_again(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = planned(as_, cast)
    task = f"/tasks/{waiting(as_, case_id, 'announce_hearing')}"
    page = Desk(app, "drafter").page(task)
    assert 'value="2026-03-17"' in page
    assert 'value="市政务服务中心三楼"' in page
    case_id = holding(as_, cast)
    sit(as_, cast, case_id)
    with at(HELD):
        task = f"/tasks/{waiting(as_, case_id, 'hold_hearing')}"
        page = Desk(app, "unit.legal").page(task)
    assert 'inputmode="numeric" value="4"' in page
