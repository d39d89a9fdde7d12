"""The register of counsel, the page of a case's advice, and both for programs."""

import io
from datetime import datetime

import openpyxl
from flask import Flask

from reviewflow.work import Runtime
from tests.cast import Cast
from tests.counsels import advise, asked, engage_others
from tests.steps import As, bring_to, new_case, waiting
from tests.web.desk import Desk, place
from tests.web.program import Programs, body
from tests.web.statements import counted

ENTRY = {
    "sort": "ADVISER",
    "fields": "行政法、房地产",
    "licence": "13401201010123456",
    "firm": "安徽皋城律师事务所",
    "term_from": "2026-01-01",
    "term_to": "2020-01-01",
}


def test_a_counsel_is_entered_and_what_is_wrong_is_kept_with_its_sentence(
    app: Flask, cast: Cast
) -> None:
    intake, page = Desk(app, "review.intake"), f"/counsels/{cast.counsel}"
    assert "未登记聘期" in intake.page("/counsels")

    refused = intake.send(page, ENTRY)
    assert refused.status_code == 422
    assert "聘期届满日不能早于开始日期" in refused.text
    assert "安徽皋城律师事务所" in refused.text
    assert place(intake.send(page, {**ENTRY, "term_to": ""})) == "/counsels"

    listed = intake.page("/counsels")
    assert "行政法、房地产" in listed
    assert "长期" in listed


def test_others_read_the_register_without_a_form(app: Flask, cast: Cast) -> None:
    handler = Desk(app, "handler")
    assert "/counsels" in handler.links("/inbox")
    assert "聘期开始" not in handler.page(f"/counsels/{cast.counsel}")
    sent = handler.send("/password", ENTRY, f"/counsels/{cast.counsel}")
    assert sent.status_code == 403
    assert handler.status(f"/counsels/{cast.handler}") == 404
    assert "/counsels" not in Desk(app, "drafter").links("/inbox")


def test_a_handler_ticks_several_and_each_finds_the_work(
    app: Flask, as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")
    handler, task = Desk(app, "handler"), waiting(as_, case_id, "appoint_counsel")
    assert "其他顾问" in handler.page(f"/tasks/{task}")

    chosen = {
        "needs_advice": "yes",
        "counsel_id": cast.counsel,
        "other_counsel_ids": [cast.second, cast.third],
    }
    handler.send(f"/tasks/{task}", chosen)

    for name in ("counsel", "second", "third"):
        assert "出具法律意见" in Desk(app, name).page("/inbox"), name
    page = handler.page(f"/cases/{case_id}/advice")
    assert "收到 0 / 3 份法律意见" in page
    assert "由承办人指定" in page


def test_all_opinions_stand_side_by_side_and_each_is_weighed(
    app: Flask, as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    advise(as_, case_id, cast.counsel, advice="第六条的处罚缺乏依据。")
    handler = Desk(app, "handler")
    assert "收到 1 / 2 份" in handler.page(f"/cases/{case_id}")
    advise(as_, case_id, cast.second, verdict="LEGAL_IF_REVISED")

    page = handler.page(f"/cases/{case_id}/advice")
    assert "第六条的处罚缺乏依据。" in page
    assert "修改后合法" in page
    task = f"/tasks/{waiting(as_, case_id, 'weigh_advice')}"
    assert "张律师" in handler.page(task)
    weighed = {
        "advices-0-advice_id": 1,
        "advices-0-adoption": "NONE",
        "advices-0-reason": "上位法已有规定。",
        "advices-1-advice_id": 2,
        "advices-1-adoption": "FULL",
        "adoption": "PARTIAL",
        "reason": "两份意见不一致。",
    }
    place(handler.send(task, weighed))
    overview = handler.page(f"/cases/{case_id}")
    assert "未采信：上位法已有规定。" in overview


def test_programs_read_the_register_and_the_advice(
    programs: Programs, as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    advise(as_, case_id, cast.counsel)

    listed = body(programs(cast.handler).get("/counsels", limit=2))
    assert (listed["total"], len(listed["items"])) == (3, 2)
    assert listed["next"]
    assert [one["done"] for one in listed["items"]] == [1, 0]
    path = f"/cases/{case_id}/advice"
    before = body(programs(cast.second).get(path))
    assert (before["asked"], before["received"], before["items"]) == (2, 1, [])

    advise(as_, case_id, cast.second)
    after = body(programs(cast.handler).get(path))
    assert (after["asked"], [one["counsel"] for one in after["items"]]) == (
        0,
        ["张律师", "王律师"],
    )
    assert set(after["items"][0]["outline"]) >= {"scope", "facts_told", "risks"}


def test_a_form_offers_programs_whom_to_ask(
    programs: Programs, as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")
    task_id = waiting(as_, case_id, "appoint_counsel")

    form = body(programs(cast.handler).get(f"/tasks/{task_id}"))["form"]

    people = form["properties"]["other_counsel_ids"]["items"]["oneOf"]
    assert [one["title"] for one in people] == ["张律师", "王律师", "李律师"]
    answers = {"needs_advice": "yes", "counsel_id": cast.counsel}
    body(programs(cast.handler).complete(task_id, answers))


def test_the_register_takes_as_many_statements_for_many_as_for_few(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    desk = Desk(app, "handler")
    desk.page("/counsels")
    with counted(runtime) as few:
        desk.page("/counsels")
    cast = engage_others(as_, cast)
    asked(as_, cast, cast.second)
    with counted(runtime) as many:
        desk.page("/counsels")
    assert len(many) == len(few)


def test_the_register_is_a_workbook_in_which_nothing_is_a_formula(
    app: Flask, cast: Cast
) -> None:
    intake, hostile = Desk(app, "review.intake"), '=HYPERLINK("http://x")'
    intake.send(f"/counsels/{cast.counsel}", ENTRY | {"term_to": "", "firm": hostile})
    assert "/counsels/table.xlsx" in intake.links("/counsels")

    with intake.get("/counsels/table.xlsx") as answer:
        page = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    heads = [str(cell.value) for cell in page[1]]
    row = dict(zip(heads, page[2], strict=True))
    assert row["姓名"].value == "张律师"
    assert (row["类别"].value, row["聘任状态"].value) == ("法律顾问", "在聘期")
    assert row["聘期开始"].value == datetime(2026, 1, 1)  # noqa: DTZ001 # a day
    assert row["聘期届满"].value == "长期"
    firm = row["所在单位"]
    assert (firm.value, firm.data_type, firm.quotePrefix) == (hostile, "s", True)
    assert [row[name].value for name in ("在办", "本年已办", "本年按时")] == [0, 0, 0]
