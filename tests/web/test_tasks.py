import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.access import AuditRecord
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import ANSWERS, bring_to, new_case, waiting
from tests.web.desk import Desk, file, place, step_of, task_at

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
