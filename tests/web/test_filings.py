import time_machine
from flask import Flask

from reviewflow.model.filing import FilingObligation
from reviewflow.work import Runtime
from tests.conftest import As
from tests.duties import Press, at, day
from tests.steps import waiting
from tests.web.browser import hidden
from tests.web.desk import Desk, file, place
from tests.web.statements import counted

FILER, REVIEWER = "department.filer", "city.filing.reviewer"
KEYS = ("csrf_token", "submit_key")
REASON = "缺少条文依据对照表，请逐条列明。"


def published(press: Press, on: str = "06-01") -> tuple[int, str]:
    """Publish a document; return its duty to file and where that is shown."""
    (filing,) = press.publish(day(on))
    return filing, f"/filings/{filing}"


def task(as_: As, press: Press, filing: int, step: str) -> dict[str, object]:
    return {"task_id": waiting(as_, press.case_of(filing), step)}


def package() -> dict[str, object]:
    return {"drafting_note": file("说明.docx"), "basis_table": file("对照表.docx")}


def test_a_filing_is_sent_and_registered_by_links_and_buttons(
    app: Flask, press: Press, as_: As
) -> None:
    filing, path = published(press)
    with time_machine.travel(at(day("06-10")), tick=False):
        desk = Desk(app, FILER)
        assert path in desk.links("/filings")
        assert "待报备 1" in desk.page("/filings")
        page = desk.page(path)
        assert "准备并报送备案" in page
        assert "还剩 4 个工作日" in page

        to_do = task(as_, press, filing, "prepare_filing")
        answer = desk.send(path, to_do | package())
        assert place(answer) == path
        assert "现为“已报送”" in desk.page(path)
        assert "报送备案" in desk.page(path)

    with time_machine.travel(at(day("06-12")), tick=False):
        desk = Desk(app, REVIEWER)
        assert "核对登记" in desk.page("/filings")
        to_do = task(as_, press, filing, "examine_filing")
        answers = {"decision": "REGISTER", "materials_complete": "yes"}
        assert place(desk.send(path, to_do | answers)) == path
        page = desk.page(path)
    assert "六司备〔2026〕1号" in page
    assert "登记回执" in page
    assert "按时报备" in page
    assert "备案登记通知" in page


def test_every_link_of_a_filing_leads_somewhere(app: Flask, press: Press) -> None:
    filing, path = published(press, "05-11")
    press.submit(filing, day("05-20"))
    press.request_correction(filing, day("05-22"))
    with time_machine.travel(at(day("05-25")), tick=False):
        for name in (FILER, REVIEWER, "drafter", "auditor"):
            desk = Desk(app, name)
            for link in sorted(desk.links(path) - {"/signout"}):
                assert desk.status(link) in {200, 303}, (name, link)


def test_the_page_answers_where_who_and_by_when(app: Flask, press: Press) -> None:
    filing, path = published(press, "05-11")
    press.submit(filing, day("05-20"))
    press.request_correction(filing, day("05-22"))
    with time_machine.travel(at(day("05-27")), tick=False):
        page = Desk(app, REVIEWER).page(path)
    assert "待补正（补正报备材料）" in page
    assert "市住建局" in page
    assert "2026年5月29日" in page
    assert "还剩 2 个工作日" in page
    assert "缺少条文依据对照表。（请在 2026年5月29日前补正）" in page
    assert 'name="task_id"' not in page  # the form is the filer's


def test_a_wrong_form_comes_back_with_everything_typed(
    app: Flask, press: Press, as_: As
) -> None:
    filing, path = published(press)
    press.submit(filing, day("06-10"))
    to_do = task(as_, press, filing, "examine_filing")
    with time_machine.travel(at(day("06-11")), tick=False):
        desk = Desk(app, REVIEWER)
        sent = {"decision": "SUPPLEMENT", "register_number": "六备登〔2026〕9号"}
        answer = desk.send(path, to_do | sent)
    assert answer.status_code == 422
    assert "错误：" in answer.text
    assert "有 1 处需要更正" in answer.text
    assert 'href="#field-reason"' in answer.text
    assert 'value="SUPPLEMENT" id' not in answer.text
    assert 'value="SUPPLEMENT" checked' in answer.text
    assert "六备登〔2026〕9号" in answer.text


def test_a_missing_document_is_named_and_the_note_kept(
    app: Flask, press: Press, as_: As
) -> None:
    filing, path = published(press)
    to_do = task(as_, press, filing, "prepare_filing")
    sent = {"note": "由我局统一报送。", "basis_table": file("对照表.docx")}
    with time_machine.travel(at(day("06-10")), tick=False):
        answer = Desk(app, FILER).send(path, to_do | sent)
    assert answer.status_code == 422
    assert "请上传起草说明" in answer.text
    assert "由我局统一报送。" in answer.text
    assert "请重新选择" in answer.text


def test_a_file_that_is_not_what_it_says_is_refused(
    app: Flask, press: Press, as_: As
) -> None:
    filing, path = published(press)
    to_do = task(as_, press, filing, "prepare_filing")
    sent = package() | {"basis_table": file("对照表.pdf")}
    with time_machine.travel(at(day("06-10")), tick=False):
        answer = Desk(app, FILER).send(path, to_do | sent)
    assert answer.status_code == 422
    assert 'id="field-basis_table-error"' in answer.text


def test_a_stale_page_says_who_was_first_and_keeps_the_text(
    app: Flask, press: Press, as_: As
) -> None:
    filing, path = published(press)
    press.submit(filing, day("06-10"))
    to_do = task(as_, press, filing, "examine_filing")
    with time_machine.travel(at(day("06-12")), tick=False):
        desk = Desk(app, REVIEWER)
        page = desk.client.get(path)
        press.register(filing, day("06-12"))
        sent = {"decision": "SUPPLEMENT", "reason": REASON}
        form = {name: hidden(page.text, name) for name in KEYS}
        answer = desk.client.post(path, data={**form, **to_do, **sent})
    assert answer.status_code == 409
    assert "该任务已办结（梁审" in answer.text
    assert "最近一次变化" in answer.text
    assert REASON in answer.text
    with press.as_(None) as work:
        assert work.get(FilingObligation, filing).corrections == []


def test_a_second_click_sends_nothing_twice(app: Flask, press: Press, as_: As) -> None:
    filing, path = published(press)
    to_do = task(as_, press, filing, "prepare_filing")
    with time_machine.travel(at(day("06-10")), tick=False):
        desk = Desk(app, FILER)
        page = desk.client.get(path).text
        form = {name: hidden(page, name) for name in KEYS} | to_do
        first = desk.client.post(path, data=form | package())
        second = desk.client.post(path, data=form | package())
    assert place(first) == place(second) == path
    with as_(None) as work:
        assert len(work.get(FilingObligation, filing).submissions) == 1


def test_a_stranger_finds_neither_page_nor_row(app: Flask, press: Press) -> None:
    _filing, path = published(press)
    desk = Desk(app, "other.drafter")
    assert desk.status(path) == 404
    assert path not in desk.links("/filings")
    assert "没有待报备文件" in desk.page("/filings")
    answer = desk.send("/password", {"task_id": 1}, to=path)
    assert answer.status_code == 404


def test_who_only_looks_on_may_not_send(app: Flask, press: Press, as_: As) -> None:
    filing, path = published(press)
    to_do = task(as_, press, filing, "prepare_filing")
    desk = Desk(app, "drafter")
    assert desk.status(path) == 200
    assert desk.send("/password", to_do, to=path).status_code == 403


def test_who_filed_is_told_why_somebody_else_registers(
    app: Flask, press: Press
) -> None:
    press.both_hands()
    filing, path = published(press)
    press.submit(filing, day("06-10"))
    with time_machine.travel(at(day("06-11")), tick=False):
        page = Desk(app, FILER).page(path)
    assert "按照回避要求" in page
    assert 'name="task_id"' not in page


def test_the_filter_is_in_the_address(app: Flask, press: Press) -> None:
    first, _path = published(press)
    press.submit(first, day("06-10"))
    published(press)
    with time_machine.travel(at(day("06-11")), tick=False):
        desk = Desk(app, FILER)
        for address, shown in (
            ("?stage=sent", 1),
            ("?stage=to_file&chain=GOV", 1),
            ("?chain=NPC", 0),
            ("?status=ON_TIME", 1),
            ("?side=ours", 2),
            ("?side=theirs", 0),
            ("?q=文件", 2),
            ("?stage=nonsense&status=X&unit=abc&page=x", 2),
            ("?page=99", 2),
        ):
            page = desk.page(f"/filings{address}")
            assert page.count('class="title"') == shown, address
        assert "没有符合条件的文件" in desk.page("/filings?q=没有这件")


def test_a_longer_list_costs_no_more_statements(
    app: Flask, press: Press, runtime: Runtime
) -> None:
    def statements() -> int:
        with time_machine.travel(at(day("06-11")), tick=False):
            desk = Desk(app, REVIEWER)
            desk.get("/filings")
            with counted(runtime) as sent:
                desk.get("/filings")
        return len(sent)

    published(press)
    one = statements()
    for on in ("06-02", "06-03", "06-04"):
        filing, _path = published(press, on)
        press.submit(filing, day("06-05"))
    assert statements() == one
