import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.access import AuditRecord
from reviewflow.model.case import Task, TaskAnswers
from reviewflow.model.people import Role
from reviewflow.passwords import accepted
from reviewflow.usecases.people import add_user
from tests.cast import PASSWORD, Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import ANSWERS, bring_to, new_case, open_steps, waiting
from tests.web.desk import Desk, file, place

REVISE = {
    "draft_opinion": {
        "conclusion": "REVISE",
        "findings": [
            {
                "clause": "第七条",
                "problem": "权限",
                "basis": "办法第六条",
                "suggestion": "删除街道办事处的制定权限。",
                "nature": "MUST",
            }
        ],
    }
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def task_at(as_: As, cast: Cast, step: str, **answers: Any) -> str:
    """Bring a new case to a step and return the address of its task."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, step, **answers)
    return f"/tasks/{waiting(as_, case_id, step)}"


def step_of(as_: As, task: str) -> list[str]:
    with as_(None) as work:
        case_id = work.get(Task, int(task.rsplit("/", 1)[1])).case_id
    return open_steps(as_, case_id)


def test_a_task_shows_what_to_look_at_and_what_is_asked(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "draft_opinion")
    page = Desk(app, "handler").page(task)
    assert "送审稿（第 1 稿）" in page
    assert "制定主体是否合法" in page
    assert "提交复核" in page
    assert "下一环节：复核审查意见" in page
    assert "说明采信情况" in page


def test_opening_a_draft_is_recorded(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "draft_opinion")
    Desk(app, "handler").page(task)
    with as_(None) as work:
        read = work.session.scalars(
            sa.select(AuditRecord).where(AuditRecord.kind == "document.read")
        ).one()
        assert read.actor_id == cast.handler


def test_answers_move_the_case_on(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "classify")
    desk = Desk(app, "unit.legal")
    assert place(desk.send(task, ANSWERS["classify"])) == "/inbox"
    assert step_of(as_, task) == ["draft_text"]
    assert "“认定是否规范性文件”已办理。" in desk.page("/inbox")


def test_documents_come_with_the_form(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "draft_text")
    answers = {"assessment": "必要、可行。", "submission_draft": file("草案.docx")}
    assert place(Desk(app, "drafter").send(task, answers)) == "/inbox"
    assert step_of(as_, task) == ["consult_units"]


def test_a_form_that_lacks_something_comes_back_with_all_that_was_typed(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "draft_text")
    answers = {"assessment": "必要、可行、合理。", "basis_table": file("对照表.docx")}
    answer = Desk(app, "drafter").send(task, answers)
    assert answer.status_code == 422
    assert "请上传文件草案。" in answer.text
    assert 'href="#field-submission_draft"' in answer.text
    assert 'id="field-submission_draft"' in answer.text
    assert "必要、可行、合理。" in answer.text
    assert "刚才选择的文件没有保存" in answer.text
    assert step_of(as_, task) == ["draft_text"]


def test_rows_of_a_list_are_kept_and_another_row_is_given(
    app: Flask, as_: As, cast: Cast
) -> None:
    task = task_at(as_, cast, "draft_opinion")
    desk = Desk(app, "handler")
    typed = {"findings-0-clause": "第七条", "findings-0-suggestion": "删除。"}
    more = desk.send(task, {**typed, "more": "findings"})
    assert more.status_code == 200
    assert 'value="第七条"' in more.text
    assert 'name="findings-1-clause"' in more.text
    refused = desk.send(task, {**typed, "outcome": "CONCLUDE", "conclusion": "REVISE"})
    assert refused.status_code == 422
    assert 'value="第七条"' in refused.text
    assert 'id="field-findings-0-problem"' in refused.text


def test_findings_are_answered_one_by_one(app: Flask, as_: As, cast: Cast) -> None:
    task = task_at(as_, cast, "revise_draft", **REVISE)
    desk = Desk(app, "drafter")
    assert "第七条 · 权限" in desk.page(task)
    answers = {
        "adoptions-0-finding_id": "1",
        "adoptions-0-adoption": "FULL",
        "material_change": "no",
        "submission_draft": file("修改稿.docx"),
    }
    assert place(desk.send(task, answers)) == "/inbox"
    assert step_of(as_, task) == ["request_agenda"]


def test_people_are_chosen_from_those_who_hold_the_post(
    app: Flask, as_: As, cast: Cast
) -> None:
    page = Desk(app, "review.intake").page(task_at(as_, cast, "accept_submission"))
    chooser = page.split('name="handler_id"')[1].split("</select>")[0]
    assert "赵敏" in chooser
    assert "孙浩" not in chooser


def test_a_step_that_comes_back_brings_its_texts_along_but_no_decision(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "check_opinion", **REVISE)
    checker = Desk(app, "checker")
    check = f"/tasks/{waiting(as_, case_id, 'check_opinion')}"
    checker.send(check, {"why": "第二条依据已修改。"}, to=f"{check}/return")
    page = Desk(app, "handler").page(f"/tasks/{waiting(as_, case_id, 'draft_opinion')}")
    assert 'value="第七条"' in page
    assert not re.search(r'name="conclusion" value="[A-Z]+"[^>]* checked', page)


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
