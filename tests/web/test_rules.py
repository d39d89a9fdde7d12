"""时限规则, 工作日历 and 期限计算 as people use them."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.work import Runtime
from tests.duties import Press, at, day
from tests.laws import TL13, YEAR_2027
from tests.web.desk import Desk, place
from tests.web.statements import counted

NOW = at(day("11-23"))


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def admin(app: Flask) -> Desk:
    return Desk(app, "admin")


@pytest.fixture
def signer(app: Flask) -> Desk:
    return Desk(app, "signer")


def test_a_change_is_seen_before_it_is_made(
    app: Flask, admin: Desk, signer: Desk, runtime: Runtime, press: Press
) -> None:
    (late,) = press.publish(day("05-11"))  # due on 26 May, or by working days 1 June
    press.submit(late, day("05-29"))
    change = place(admin.send("/rules/TL-13", TL13))
    text = admin.page(change)
    for words in ("2026年5月26日", "2026年6月1日", "报备及时率", "0.00%", "100.00%"):
        assert words in text
    assert "2026年5月26日" not in Desk(app, "drafter").page(change)
    assert "批准并重新计算期限" not in text
    assert "等待批准" in signer.page("/rules")

    job = place(signer.send(change, {}, to=f"{change}/approve"))
    run_waiting_jobs(runtime)
    assert place(signer.get(job)) == change
    assert "已按新的规则重新计算 1 件事项的期限。" in signer.page(change)
    rule = signer.page("/rules/TL-13")
    assert "不超过 15 个工作日" in rule
    assert "本地规则" in rule
    auditor = Desk(app, "auditor")
    assert "重新计算期限" in auditor.page(f"/cases/{press.case_of(late)}/history")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(admin: Desk) -> None:
    refused = admin.send("/rules/TL-13", {**TL13, "days": "十五"})
    assert refused.status_code == 422
    assert "请填写正整数。" in refused.text
    assert TL13["reason"] in refused.text
    assert 'value="十五"' in refused.text


def test_a_change_is_given_up(admin: Desk) -> None:
    change = place(admin.send("/rules/TL-13", TL13))
    assert "等待批准" in admin.page("/rules/TL-13")
    admin.send(change, {}, to=f"{change}/drop")
    assert "变更已撤销，规则没有变化。" in admin.page(change)
    assert "提出变更" in admin.page("/rules/TL-13")


def test_limits_are_found_by_words_and_by_what_is_unverified(admin: Desk) -> None:
    assert "听证材料送达" in admin.page("/rules?q=听证")
    assert "报送备案" not in admin.page("/rules?q=听证")
    unverified = admin.page("/rules?of=unverified")
    assert "TL-13" in unverified
    assert "TL-01" not in unverified
    assert "没有符合条件的时限" in admin.page("/rules?q=没有这个")
    assert admin.get("/rules/TL-99").status_code == 404


def test_next_year_is_pasted_looked_at_and_approved(
    admin: Desk, signer: Desk, runtime: Runtime
) -> None:
    assert "2027 年的放假安排尚未导入" in admin.page("/calendar?year=2027")
    change = place(admin.send("/calendar?year=2027", YEAR_2027, to="/calendar"))
    assert "没有期限会变化。" in admin.page(change)
    place(signer.send(change, {}, to=f"{change}/approve"))
    run_waiting_jobs(runtime)
    text = signer.page("/calendar?year=2027")
    assert "尚未导入" not in text
    assert YEAR_2027["title"] in text
    refused = admin.send("/calendar", {**YEAR_2027, "text": "一、春节：2月30日放假。"})
    assert "未识别“2月30日”，请对照通知原文更正。" in refused.text
    assert YEAR_2027["title"] in refused.text
    assert admin.get("/calendar?year=1999").status_code == 404


def test_the_calendar_names_what_is_out_of_the_ordinary(admin: Desk) -> None:
    text = admin.page("/calendar?year=2026")
    assert "248 个工作日" in text
    assert text.count('class="makeup" title="国庆节"') == 2
    assert text.count('class="holiday" title="国庆节"') == 7


def test_anybody_may_reckon(app: Flask) -> None:
    client = app.test_client()
    text = client.get("/public/calculator?start=2026-09-10&days=15&unit=工作日").text
    assert "2026年10月8日" in text
    assert "9月20日（星期日）调休上班" in text
    refused = client.get("/public/calculator?start=明天&days=0x&unit=周")
    assert refused.status_code == 422
    for words in ("日期“明天”不能识别", "天数“0x”不能识别", "单位“周”不能识别"):
        assert words in refused.text
    assert client.get("/public/calculator").status_code == 200
    late = client.get("/public/calculator?start=2027-12-30&days=15&unit=日").text
    assert "暂定" in late


def test_a_change_is_read_with_as_many_statements_however_many_clocks(
    admin: Desk, runtime: Runtime, press: Press
) -> None:
    press.publish(day("05-11"))
    change = place(admin.send("/rules/TL-13", TL13))
    admin.page(change)
    with counted(runtime) as once:
        assert "1 项" in admin.page(change)
    for number in range(12, 15):
        press.publish(day(f"05-{number}"))
    with counted(runtime) as again:
        assert "4 项" in admin.page(change)
    assert len(again) == len(once)
