"""集体讨论 on the pages: from the plan to the minutes in the dossier."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from reviewflow import clock
from reviewflow.model.document import Document
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import (
    NAME,
    attended,
    complete,
    decided,
    heard,
    item_of,
    planned,
    sheet,
    spoken,
    waiting_case,
)
from tests.steps import open_steps, waiting
from tests.web.desk import Desk, place
from tests.web.statements import counted

PLAN = {
    "sort": "EXECUTIVE",
    "name": NAME,
    "planned_on": "2026-03-02",
    "chair": "周海（市长）",
}


def test_a_meeting_is_planned_and_written_down(app: Flask, as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    desk = Desk(app, "secretary")
    assert "齐备" in desk.page("/meetings")
    sent = desk.send("/meetings", {**PLAN, "organ_id": cast.units["city"]})
    page = place(sent)

    assert "没有可上会的事项" not in desk.page(page)
    assert place(desk.send(page, {"case_id": case_id}, to=f"{page}/agenda")) == page
    assert place(desk.send(page, sheet(), to=f"{page}/attendance")) == page
    with as_(None) as work:
        said = spoken(work, item_of(work, case_id).id)
    assert place(desk.send(page, said, to=f"{page}/statements")) == page

    assert "收费标准偏高" in desk.page(page)


def test_a_meeting_moves_until_it_has_begun(app: Flask, as_: As, cast: Cast) -> None:
    page, desk = f"/meetings/{planned(as_, cast)}", Desk(app, "secretary")
    day = str(clock.beijing_date(clock.now()) + timedelta(7))
    sent = {"new_day": day, "new_place": "第一会议室", "why": ""}
    refused = desk.send(page, sent, to=f"{page}/move")
    assert refused.status_code == 422
    assert "第一会议室" in refused.text
    moved = desk.send(page, {**sent, "why": "主持人外出"}, to=f"{page}/move")
    assert place(moved) == page
    assert "第一会议室" in desk.page(page)
    case_id = waiting_case(as_, cast)
    assert place(desk.send(page, {"case_id": case_id}, to=f"{page}/agenda")) == page
    assert "会议召开以后，在这里登记出席" in desk.page(page)

    attended(as_, cast, int(page.rsplit("/", 1)[1]))
    assert "改期或者改地点" not in desk.page(page)
    late = desk.send(page, {**sent, "why": "又改"}, to=f"{page}/move")
    assert late.status_code == 409


def test_the_record_fills_the_minutes_and_the_step(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    desk = Desk(app, "secretary")
    tab, page = f"/cases/{case_id}/deliberation", f"/meetings/{meeting_id}"
    assert f'action="{tab}/minutes"' not in desk.page(tab)  # nothing to file yet
    assert "缺少“会议决定”" in desk.send(page, {}, to=f"{tab}/minutes").text
    assert "下一步：登记发言和决定" in desk.page(page)
    decided = {"item_id": item_id, "decision": "PASSED"}
    assert place(desk.send(page, decided, to=f"{page}/decision")) == page
    assert "下一步：生成会议纪要" in desk.page(page)
    assert place(desk.send(tab, {}, to=f"{tab}/minutes")) == tab
    with as_(None) as work:
        minutes = sa.select(Document).where(Document.role == "meeting_minutes")
        filed = work.session.scalars(minutes).one().latest.name
    assert filed == "会议纪要.docx"

    task = f"/tasks/{waiting(as_, case_id, 'hold_meeting')}"
    form = desk.page(task)
    assert "李强（副市长）：收费标准偏高" in form
    assert "应到 4 人，实到 3 人" in form
    desk.send(task, {"decision": "PASSED"})

    assert open_steps(as_, case_id) == ["register_number"]


def test_what_is_recorded_takes_only_notes(app: Flask, as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    decided(as_, cast, meeting_id, item_id)
    complete(as_, cast, case_id)
    desk, page = Desk(app, "secretary"), f"/meetings/{meeting_id}"
    assert "已记录，不再改动" in desk.page(page)
    note = {"item_id": item_id, "text": "李强的职务有误。"}
    assert place(desk.send(page, note, to=f"{page}/supplement")) == page
    read = Desk(app, "drafter").page(f"/cases/{case_id}/deliberation")
    assert "李强的职务有误。" in read


def test_what_is_refused_keeps_what_was_typed(app: Flask, as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    page, desk = f"/meetings/{meeting_id}", Desk(app, "secretary")
    early = (("周海", "1", "AGREE", ""), ("王芳", "2", "AGREE", "先办再说"))
    with as_(None) as work:
        said = spoken(work, item_id, early)
    wrong = desk.send(page, said, to=f"{page}/statements")
    assert wrong.status_code == 422
    assert "周海应当最后发表意见" in wrong.text
    assert "先办再说" in wrong.text
    rows = sheet() | {"post-1": "", "name-5": "新来的人"}
    wrong = desk.send(page, rows, to=f"{page}/attendance")
    assert wrong.status_code == 422
    assert "第 2 行：请填写职务。" in wrong.text
    assert "新来的人" in wrong.text
    wrong = desk.send("/meetings", {**PLAN, "chair": "某某"})
    assert wrong.status_code == 422
    assert "某某" in wrong.text


def test_what_is_foreign_is_not_there(app: Flask, as_: As, cast: Cast) -> None:
    meeting_id = planned(as_, cast)
    page = f"/meetings/{meeting_id}"
    assert Desk(app, "office.intake").status(page) == 200
    assert Desk(app, "auditor").status(page) == 200
    for who in ("drafter", "other.drafter", "handler"):
        desk = Desk(app, who)
        assert (desk.status(page), desk.status("/meetings")) == (404, 403)
        sent = desk.send("/password", {}, to=f"{page}/agenda")
        assert sent.status_code == 404
    looking = Desk(app, "office.intake")
    sent = looking.send("/password", {}, to=f"{page}/agenda")
    assert sent.status_code == 403
    assert Desk(app, "secretary").send(page, {}, to=f"{page}/no").status_code == 404


def test_the_drafter_reads_the_record_on_the_case(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = waiting_case(as_, cast)
    heard(as_, cast, case_id)
    tab = f"/cases/{case_id}/deliberation"
    page = Desk(app, "drafter").page(tab)
    assert "收费标准偏高" in page
    assert "/meetings/" not in page
    assert Desk(app, "other.drafter").status(tab) == 404
    desk = Desk(app, "secretary")
    links = desk.links(tab) - {"/signout", f"{tab}/minutes"}
    opened = {one: desk.status(one) for one in links}
    assert not {one: code for one, code in opened.items() if code >= 400}


def test_a_page_of_meetings_sends_as_many_statements_for_more_cases(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    desk, counts = Desk(app, "secretary"), []
    for _ in range(2):
        waiting_case(as_, cast)
        desk.page("/meetings")
        with counted(runtime) as statements:
            desk.page("/meetings")
        counts.append(len(statements))
    assert counts[0] == counts[1]
