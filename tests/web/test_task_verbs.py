import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.case import TaskAnswers
from reviewflow.model.people import Role
from reviewflow.passwords import accepted
from reviewflow.usecases.people import add_user
from tests.cast import PASSWORD, Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import ANSWERS
from tests.web.desk import Desk, place, step_of, task_at


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def test_the_way_back_is_told_before_it_is_taken(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "office_check")
    desk = Desk(app, "office.intake")
    assert "退回至“修改形成送审稿”（市住建局）" in desk.page(task)
    answer = desk.send(task, {"why": ""}, to=f"{task}/return")
    assert answer.status_code == 422
    assert 'id="field-why-error"' in answer.text
    assert (
        place(desk.send(task, {"why": "缺少论证。"}, to=f"{task}/return")) == "/inbox"
    )
    assert step_of(as_, task) == ["finalise_draft"]


def test_a_stale_page_says_who_did_what_and_keeps_the_text(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    desk.send(task, ANSWERS["classify"])
    late = {**ANSWERS["classify"], "reason": "第二个标签页里写的理由。"}
    page = desk.page(task)
    assert "已办结（郑方，03-02 12:00）" in page
    answer = desk.send("/password", late, to=task)
    assert answer.status_code == 409
    assert "该任务已办结（郑方，03-02 12:00）。" in answer.text
    assert "第二个标签页里写的理由。" in answer.text


def test_an_older_version_of_the_task_gets_the_form_as_it_is_now(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    desk.send(task, {}, to=f"{task}/claim")
    old = {**ANSWERS["classify"], "task_version": "1", "reason": "按旧页面填写。"}
    answer = desk.send(task, old)
    assert answer.status_code == 409
    assert "您填写的内容还在下面，没有提交。" in answer.text
    assert "按旧页面填写。" in answer.text
    assert 'name="task_version" value="2"' in answer.text
    assert step_of(as_, task) == ["classify"]


def test_a_second_click_changes_nothing(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    text = desk.get(task).text
    found = re.findall(
        r'name="(csrf_token|submit_key|task_version)" value="([^"]+)', text
    )
    form = dict(reversed(found)) | ANSWERS["classify"]
    answers = [desk.client.post(task, data=form) for _ in range(2)]
    assert [place(answer) for answer in answers] == ["/inbox", "/inbox"]
    with as_(None) as work:
        count = sa.select(sa.func.count(TaskAnswers.id))
        assert work.session.scalar(count.where(TaskAnswers.step == "classify")) == 1


def test_a_claimed_task_is_given_back(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    assert place(desk.send(task, {}, to=f"{task}/claim")) == task
    assert "释放" in desk.page(task)
    assert place(desk.send(task, {}, to=f"{task}/release")) == "/inbox"
    assert "认领" in desk.page(task)


def test_a_task_is_handed_to_somebody_of_the_same_post(
    app: Flask, as_: As, cast: Cast
) -> None:
    with as_(None) as work:
        post = [(Role.UNIT_LEGAL, cast.units["housing"])]
        other = add_user(work, "fang", "方正", accepted(PASSWORD, ""), post).id
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    assert "方正" in desk.page(task)
    empty = desk.send(task, {"user_id": other}, to=f"{task}/reassign")
    assert empty.status_code == 422
    assert 'id="field-handover_reason-error"' in empty.text
    sent = {"user_id": other, "handover_reason": "出差。"}
    assert place(desk.send(task, sent, to=f"{task}/reassign")) == "/inbox"
    assert "由方正（市住建局）办理" in desk.page(task)
    foreign = {**sent, "user_id": cast.handler}
    answer = Desk(app, "unit.head").send("/password", foreign, to=f"{task}/reassign")
    assert answer.status_code == 422


def test_others_may_look_but_get_no_form(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "classify")
    page = Desk(app, "drafter").page(task)
    assert "由六安市住房和城乡建设局的本单位法制机构办理" in page
    assert "作出认定" not in page
    answer = Desk(app, "drafter").send("/password", ANSWERS["classify"], to=task)
    assert answer.status_code == 403


def test_a_foreign_task_does_not_exist(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "other.drafter")
    assert desk.get(task).status_code == 404
    for verb in ("", "/return", "/claim", "/release", "/reassign"):
        assert desk.send("/password", {}, to=task + verb).status_code == 404, verb
