import re
from datetime import timedelta

import pytest
from flask import Flask

from reviewflow import clock
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import ending_case, number_of, published
from tests.web.desk import Desk, place
from tests.web.statements import counted

TODAY = clock.beijing_date(clock.now())
LAST_MONTH = TODAY - timedelta(30)
NEAR = TODAY + timedelta(100)


@pytest.fixture
def publisher(app: Flask) -> Desk:
    """The desk of somebody who publishes for the bureau."""
    return Desk(app, "publisher")


def paper(as_: As, cast: Cast, title: str, **answers: object) -> str:
    """Publish a document last month; return its address."""
    return f"/library/{published(as_, cast, LAST_MONTH, title, **answers)}"


def test_the_library_finds_by_title_number_maker_year_and_state(
    app: Flask, as_: As, cast: Cast, publisher: Desk
) -> None:
    kept = paper(as_, cast, "住房租赁管理办法")
    ended = paper(as_, cast, "物业维修管理办法")
    sent = {"sort": "REPEALS", "effective_on": str(TODAY), "basis": "会议决定"}
    assert place(publisher.send(ended, sent, f"{ended}/changes")) == ended

    def listed(query: str) -> set[str]:
        page = Desk(app, "drafter").page(f"/library?{query}")
        return set(re.findall(r"/library/\d+", page))

    number = number_of(as_, int(kept.rsplit("/", 1)[1]))
    both = {kept, ended}
    assert listed("") == listed(f"year={LAST_MONTH.year}") == both
    assert listed("q=租赁") == listed(f"q={number}") == {kept}
    assert listed("state=REPEALED") == {ended}
    assert listed("state=IN_FORCE") == {kept}
    assert listed(f"maker={cast.units['housing']}&kind=BMGFXWJ") == both
    assert listed(f"maker={cast.units['city']}") == set()
    assert listed("year=1999") == listed("q=没有的") == listed("kind=ZFGZ") == set()


def test_what_ends_within_six_months_is_shown_apart(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    near = paper(as_, cast, "供热补贴办法", valid_until=str(NEAR))
    paper(as_, cast, "供水管理办法", valid_until=str(TODAY + timedelta(400)))
    desk = Desk(app, "auditor")

    page = desk.page("/library?soon=1")
    assert "供热补贴办法" in page
    assert "供水管理办法" not in page
    assert "六个月内到期 1" in page

    fire_due_timers(runtime)
    shown = desk.page(near)
    assert "有效期将要届满，正在办理“评估到期文件”" in shown
    assert f"/cases/{ending_case(as_, int(near.rsplit('/', 1)[1]))}" in shown


def test_the_page_of_a_document_tells_how_its_validity_comes_about(
    app: Flask, as_: As, cast: Cast
) -> None:
    desk = Desk(app, "handler")
    dated = desk.page(paper(as_, cast, "供热补贴办法", valid_until="2028-12-31"))
    assert "2028年12月31日" in dated
    assert "2028年6月30日" in dated
    assert "待核实" in dated
    undated = desk.page(paper(as_, cast, "供水管理办法"))
    assert "文件没有规定有效期，系统不计算届满日" in undated


def test_a_replaced_document_leads_to_the_new_one_and_back(
    app: Flask, as_: As, cast: Cast
) -> None:
    old = paper(as_, cast, "旧办法")
    number = number_of(as_, int(old.rsplit("/", 1)[1]))
    new = paper(as_, cast, "新办法", replaces=number)
    desk = Desk(app, "drafter")
    assert new in desk.links(old)
    assert old in desk.links(new)
    assert "被替代" in desk.page(old)


def test_only_who_may_finds_the_form_and_a_wrong_one_comes_back(
    app: Flask, as_: As, cast: Cast, publisher: Desk
) -> None:
    address = paper(as_, cast, "住房租赁管理办法")
    assert "/changes" not in Desk(app, "drafter").page(address)
    sent = {"sort": "REPLACES", "effective_on": str(TODAY), "basis": "第八次会议"}
    answer = publisher.send(address, sent, f"{address}/changes")
    assert answer.status_code == 422
    assert "请填写新文件的文号" in answer.text
    assert "第八次会议" in answer.text


def test_everybody_reads_what_was_put_right(
    app: Flask, as_: As, cast: Cast, publisher: Desk
) -> None:
    address = paper(as_, cast, "住房租赁管理办法")
    sent = {
        "wrong": "第九条中的“15个工作曰”",
        "corrected": "15个工作日",
        "announced_on": str(TODAY),
        "channel": "市住建局网站",
    }
    assert "/errata" not in Desk(app, "drafter").page(address)
    change = {**sent, "keeps_rights": "no"}
    answer = publisher.send(address, change, f"{address}/errata")
    assert answer.status_code == 422
    assert "不是更正，是修改" in answer.text
    assert "15个工作曰" in answer.text
    right = {**sent, "keeps_rights": "yes"}
    assert place(publisher.send(address, right, f"{address}/errata")) == address
    with app.test_client() as stranger:
        assert "15个工作曰" in stranger.get(f"/public{address}").text


def test_everybody_reads_what_is_in_force_and_its_text(
    app: Flask, as_: As, cast: Cast, publisher: Desk
) -> None:
    kept = paper(as_, cast, "住房租赁管理办法")
    ended = paper(as_, cast, "物业维修管理办法")
    sent = {"sort": "LAPSES", "effective_on": str(TODAY), "basis": "会议决定"}
    publisher.send(ended, sent, f"{ended}/changes")
    with app.test_client() as stranger:
        listed = stranger.get("/public/library").text
        assert "住房租赁管理办法" in listed
        assert "物业维修管理办法" not in listed
        assert "六住建规" in stranger.get("/public/library?q=租赁").text
        page = stranger.get(f"/public{kept}").text
        assert "林晓" not in page
        (text,) = re.findall(r"/public/library/\d+/text/\d+", page)
        with stranger.get(text) as sent_text:
            assert sent_text.status_code == 200
            assert "attachment" in sent_text.headers["Content-Disposition"]
        assert stranger.get("/public/library/999999").status_code == 404
        assert "不再执行" in stranger.get(f"/public{ended}").text
        assert stranger.get(kept).status_code == 303


@pytest.mark.parametrize("query", ["maker=x", "year=99999", "page=0", "state=X&kind=Y"])
def test_a_strange_question_gives_a_list(app: Flask, query: str) -> None:
    assert Desk(app, "drafter").status(f"/library?{query}") == 200


def test_the_list_takes_as_many_statements_for_many_documents(
    app: Flask, as_: As, cast: Cast, runtime: Runtime
) -> None:
    desk = Desk(app, "drafter")

    def sent() -> int:
        with counted(runtime) as statements:
            desk.page("/library")
        return len(statements)

    paper(as_, cast, "第一件")
    few = sent()
    for number in range(4):
        paper(as_, cast, f"又一件{number}")
    assert sent() == few


def test_what_does_not_hold_yet_says_so(app: Flask, as_: As, cast: Cast) -> None:
    later = {"effective_on": str(TODAY + timedelta(20)), "early_reason": ""}
    address = paper(as_, cast, "供热管理办法", **later)
    held = paper(as_, cast, "供水管理办法")
    desk = Desk(app, "auditor")

    for page in (desk.page(address), desk.page(f"/public{address}")):
        assert "尚未施行" in page
    assert "尚未施行" not in desk.page(held)
    assert desk.page("/library").count("尚未施行") == 1
