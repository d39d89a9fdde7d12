import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.model.case import Case
from reviewflow.model.document import Document
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import START, bring_to, new_case, open_steps
from tests.web.desk import Desk, file, place

NEW = "/cases/new?kind=normative_document"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


def basics(cast: Cast, **changes: str) -> dict[str, object]:
    named = {"kind": "normative_document", "title": "《六安市停车管理办法》"}
    return {**named, "unit_id": cast.units["housing"], **START, **changes}


def registered(desk: Desk, cast: Cast) -> str:
    return place(desk.send(NEW, basics(cast), to="/cases/new"))


def test_a_case_is_registered_in_three_steps(app: Flask, as_: As, cast: Cast) -> None:
    desk = Desk(app, "drafter")

    materials = registered(desk, cast)
    check = place(desk.send(materials, {"submission_draft": file("办法.docx")}))
    purpose = {"purpose": "解决停车难。", "planned_on": "2026-04-01"}
    case_page = place(desk.send(check, purpose))

    case_id = int(case_page.rsplit("/", 1)[1])
    assert open_steps(as_, case_id) == ["classify"]
    with as_(cast.drafter) as work:
        case = work.get(Case, case_id)
        document = work.session.scalars(sa.select(Document)).one()
        assert case.title == "六安市停车管理办法"
        assert (document.case_id, document.latest.name) == (case_id, "办法.docx")
    assert "认定是否规范性文件" in desk.page(case_page)


def test_a_secret_matter_is_sent_away_before_anything_is_stored(
    app: Flask, as_: As, cast: Cast
) -> None:
    desk = Desk(app, "drafter")
    answer = desk.send(NEW, basics(cast, is_confidential="yes"), to="/cases/new")
    assert answer.status_code == 422
    assert "涉密事项不能在本系统办理" in answer.text
    assert "六安市停车管理办法" in answer.text
    with as_(None) as work:
        assert work.session.scalar(sa.select(sa.func.count(Case.id))) == 0


def test_the_declaration_stands_before_everything_else(app: Flask) -> None:
    page = Desk(app, "drafter").page(NEW)
    assert page.index('name="is_confidential"') < page.index('name="title"')


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    app: Flask, cast: Cast
) -> None:
    desk = Desk(app, "drafter")
    answer = desk.send(NEW, basics(cast, kind_code="", is_major=""), to="/cases/new")
    assert answer.status_code == 422
    assert "有 2 处需要更正" in answer.text
    assert 'href="#field-kind_code"' in answer.text
    assert 'id="field-kind_code"' in answer.text
    assert re.search(r'name="is_emergency" value="no"[^>]* checked', answer.text)
    assert "<title>错误：" in answer.text


def test_the_page_says_when_the_review_would_be_over(app: Flask) -> None:
    page = Desk(app, "drafter").page(NEW)
    assert "2026年3月23日" in page  # fifteen working days after 2 March
    assert "15 个工作日" in page


def test_a_half_finished_registration_is_found_again(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "drafter")
    materials = registered(desk, cast)
    (task,) = {link for link in desk.links("/inbox") if link.startswith("/tasks/")}
    assert place(desk.get(task)) == materials
    assert task in desk.links("/cases?by=me")


def test_missing_materials_are_named_but_do_not_hold_up_the_registration(
    app: Flask, cast: Cast
) -> None:
    desk = Desk(app, "drafter")
    materials = registered(desk, cast)
    assert "未上传，送审前须补齐" in desk.page(materials.replace("materials", "check"))
    check = place(desk.send(materials, {}))
    assert place(desk.send(check, {})).startswith("/cases/")


def test_files_can_be_added_one_after_the_other(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "drafter")
    materials = registered(desk, cast)
    for name in ("一稿.docx", "二稿.docx"):
        sent = {"submission_draft": file(name, name), "stay": "yes"}
        assert place(desk.send(materials, sent)) == materials
    page = desk.page(materials)
    assert "第 2 稿" in page
    assert page.index("二稿.docx") < page.index("一稿.docx")


def test_a_file_that_is_not_what_it_says_is_refused_at_its_box(
    app: Flask, cast: Cast
) -> None:
    desk = Desk(app, "drafter")
    materials = registered(desk, cast)
    wrong = {"submission_draft": file("送审稿.doc"), "basis_table": file("对照表.docx")}
    answer = desk.send(materials, wrong)
    assert answer.status_code == 422
    assert "另存为 .docx 后上传" in answer.text
    assert "刚才选择的文件没有保存" in answer.text
    assert 'id="field-submission_draft-error"' in answer.text
    assert "对照表.docx" not in desk.page(materials)


def test_who_drafts_nowhere_cannot_register(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "handler")
    assert desk.get("/cases/new").status_code == 403
    answer = desk.send("/password", basics(cast), to="/cases/new")
    assert answer.status_code == 403


def test_one_cannot_register_for_a_unit_one_does_not_draft_for(
    app: Flask, as_: As, cast: Cast
) -> None:
    desk = Desk(app, "drafter")
    foreign = basics(cast, unit_id=str(cast.units["streets"]))
    assert desk.send(NEW, foreign, to="/cases/new").status_code == 403
    with as_(None) as work:
        assert work.session.scalar(sa.select(sa.func.count(Case.id))) == 0


@pytest.mark.parametrize("step", ["materials", "check"])
def test_the_steps_are_for_the_drafter_and_only_until_it_is_sent(
    app: Flask, as_: As, cast: Cast, step: str
) -> None:
    case_id = new_case(as_, cast)
    path = f"/cases/{case_id}/new/{step}"
    assert Desk(app, "other.drafter").get(path).status_code == 404
    assert Desk(app, "unit.head").get(path).status_code == 404
    bring_to(as_, cast, case_id, "classify")
    assert Desk(app, "drafter").get(path).status_code == 404
    assert Desk(app, "drafter").send("/password", {}, to=path).status_code == 404


def test_an_unknown_kind_is_no_page(app: Flask) -> None:
    assert Desk(app, "drafter").get("/cases/new?kind=filing").status_code == 404
    assert Desk(app, "drafter").get("/cases/new?kind=none").status_code == 404


def test_what_the_first_step_insists_on_comes_first(app: Flask, cast: Cast) -> None:
    desk = Desk(app, "drafter")
    rule = {
        **basics(cast),
        "kind": "government_rule",
        "kind_code": "ZFGZ",
        "title": "六安市城市供水节水管理办法",
    }

    materials = place(
        desk.send("/cases/new?kind=government_rule", rule, to="/cases/new")
    )
    page = desk.page(materials)
    check = desk.page(materials.replace("materials", "check"))

    assert page.index("立项申请") < page.index("送审函")
    assert "规章名称" in check
    assert "文件名称" not in check
