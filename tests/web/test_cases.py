from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.case import Case, CaseStatus
from reviewflow.work import Runtime
from tests.asking import asked_case
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import bring_to, do_next, new_case, open_steps
from tests.web.desk import Desk, place
from tests.web.statements import counted


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose opinion is being drafted."""
    found = new_case(as_, cast)
    bring_to(as_, cast, found, "draft_opinion")
    return found


def test_a_case_answers_the_three_questions_first(app: Flask, case_id: int) -> None:
    page = Desk(app, "drafter").page(f"/cases/{case_id}")
    head = page.split('<nav class="tabs"')[0]
    assert "起草合法性审查意见" in head
    assert "赵敏（市司法局）" in head
    assert "还剩 15 个工作日" in head
    assert "15 个工作日，自 03-02 起算" in head
    assert "不涉密（已声明）" in head


def test_the_timeline_says_who_did_what(app: Flask, case_id: int) -> None:
    page = Desk(app, "drafter").page(f"/cases/{case_id}")
    assert "<strong>同意送审</strong>　何建国（市住建局）" in page
    assert "等待赵敏（市司法局）办理" in page


def test_phases_to_come_are_those_every_case_passes(app: Flask, case_id: int) -> None:
    page = Desk(app, "drafter").page(f"/cases/{case_id}")
    bar = page.split('<ol class="steps"')[1].split("</ol>")[0]
    assert "审查" in bar
    assert "待上会" in bar
    assert "补正" not in bar


def test_a_case_is_for_those_who_take_part(app: Flask, case_id: int) -> None:
    looked = {"unit.head": 200, "handler": 200, "auditor": 200, "other.drafter": 404}
    for name, status in looked.items():
        desk = Desk(app, name)
        for tab in ("", "/materials", "/diagram", "/history"):
            assert desk.status(f"/cases/{case_id}{tab}") == status, (name, tab)


def test_no_link_of_a_case_leads_nowhere(app: Flask, case_id: int) -> None:
    desk = Desk(app, "handler")
    tabs = ("", "/materials", "/diagram", "/history")
    links = set().union(*(desk.links(f"/cases/{case_id}{tab}") for tab in tabs))
    opened = {link: desk.status(link) for link in links - {"/signout"}}
    assert not {link: code for link, code in opened.items() if code >= 400}


def test_a_case_is_taken_back_with_a_reason(
    app: Flask, as_: As, cast: Cast, case_id: int
) -> None:
    desk, page = Desk(app, "drafter"), f"/cases/{case_id}"
    assert "将取消 1 项待办（起草合法性审查意见）" in desk.page(page)
    refused = desk.send(page, {"reason": " "}, to=f"{page}/withdraw")
    assert refused.status_code == 422
    assert "请填写撤回理由。" in refused.text
    sent = {"reason": "上位法即将修改。"}
    assert place(desk.send(page, sent, to=f"{page}/withdraw")) == page
    assert open_steps(as_, case_id) == []
    with as_(cast.drafter) as work:
        assert work.get(Case, case_id).status is CaseStatus.WITHDRAWN
    assert "起草单位撤回" in desk.page(page)
    again = desk.send("/password", sent, to=f"{page}/withdraw")
    assert again.status_code == 409


def test_only_the_drafter_and_the_head_may_take_it_back(
    app: Flask, case_id: int
) -> None:
    page = f"/cases/{case_id}"
    assert "撤回送审" not in Desk(app, "handler").page(page)
    for name, status in (("handler", 403), ("other.drafter", 404)):
        answer = Desk(app, name).send("/password", {}, to=f"{page}/withdraw")
        assert answer.status_code == status


def test_after_signing_nobody_is_offered_to_take_it_back(
    app: Flask, as_: As, cast: Cast, case_id: int
) -> None:
    bring_to(as_, cast, case_id, "request_agenda")
    desk, page = Desk(app, "drafter"), f"/cases/{case_id}"
    assert "撤回送审" not in desk.page(page)
    sent = {"reason": "不再制定。"}
    assert desk.send("/password", sent, to=f"{page}/withdraw").status_code == 409


def test_the_record_holds_every_act_and_is_unbroken(
    app: Flask, as_: As, case_id: int
) -> None:
    with as_(None) as work:
        events = work.get(Case, case_id).nseq
    desk = Desk(app, "auditor")
    page = desk.page(f"/cases/{case_id}/history")
    assert f"共 {events} 条记录，编号连续，前后衔接" in page
    assert "受理" in page
    assert "submission_draft.docx（第 1 稿）" in page
    only = desk.page(f"/cases/{case_id}/history?about=documents")
    assert "环节办结" not in only
    assert "没有这一类记录。" in desk.page(f"/cases/{case_id}/history?about=filings")


def test_a_record_that_was_changed_is_seen_on_the_page(
    app: Flask, runtime: Runtime, case_id: int
) -> None:
    with runtime.engine.begin() as connection:
        for name in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(sa.text("UPDATE event SET kind='x.y' WHERE seq=3"))
    page = Desk(app, "auditor").page(f"/cases/{case_id}/history")
    assert "第 3 条办理记录与前一条不衔接。" in page


def test_every_event_of_a_finished_case_has_a_name(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "never")
    page = Desk(app, "auditor").page(f"/cases/{case_id}/history")
    table = page.split("<tbody>")[1]
    assert "办结" in table
    assert "case." not in table
    assert "task." not in table


def test_a_finished_case_shows_its_filings(app: Flask, as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "never")
    page = Desk(app, "filer").page(f"/cases/{case_id}")
    assert "已公布并归档" in page
    assert "相关事项" in page


def test_cases_that_wait_for_me_come_first(app: Flask, as_: As, cast: Cast) -> None:
    waits = new_case(as_, cast)
    bring_to(as_, cast, waits, "draft_text")
    later = new_case(as_, cast)
    do_next(as_, cast, later, "register_matter")
    page = Desk(app, "drafter").page("/cases?by=me")
    assert page.index(f'href="/cases/{waits}"') < page.index(f'href="/cases/{later}"')


def test_somebody_without_cases_is_told_how_to_begin(app: Flask) -> None:
    page = Desk(app, "other.drafter").page("/cases?by=me")
    assert "您还没有送审过文件。" in page
    assert "登记第一件" in page


def test_pages_of_a_case_send_no_more_statements_after_ten_steps_than_after_two(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    case_id = new_case(as_, cast)
    desk = Desk(app, "auditor")
    paths = [f"/cases/{case_id}{tab}" for tab in ("", "/materials", "/history")]

    def sent() -> list[int]:
        counts = []
        for path in paths:
            with counted(runtime) as statements:
                desk.page(path)
            counts.append(len(statements))
        return counts

    bring_to(as_, cast, case_id, "consult_units")
    sent()  # what is prepared once is prepared
    few = sent()
    bring_to(as_, cast, case_id, "sign_submission")
    many = sent()  # a step without a time limit asks for no law
    assert all(now <= before for now, before in zip(many, few, strict=True)), many


def test_somebody_with_several_steps_is_named_once(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = asked_case(as_, cast)  # three steps side by side wait for the drafter
    page = Desk(app, "drafter").page(f"/cases/{case_id}/units")
    assert page.count("林晓（市住建局）") == 1
