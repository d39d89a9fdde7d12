import json
import shutil

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from reviewflow.config import Settings
from reviewflow.model.deadline import Incident
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import new_case
from tests.web.desk import Desk


@pytest.fixture
def admin(app: Flask) -> Desk:
    """The administrator's desk."""
    return Desk(app, "admin")


@pytest.mark.parametrize("path", ["/system", "/system/report.json"])
def test_only_administrators_look_inside(app: Flask, path: str) -> None:
    assert Desk(app, "auditor").status(path) == 403
    assert Desk(app, "admin").status(path) == 200


def test_a_sound_installation_says_so(admin: Desk) -> None:
    page = admin.page("/system")
    assert "各项检查正常。" in page
    assert "不能使用" not in page
    for name in ("数据库", "文件存储", "系统时间", "工作日历", "后台任务", "异常事件"):
        assert name in page
    for title in (
        "行政规范性文件合法性审查",
        "规章、决策和规范性文件备案",
        "已公布文件登记",
    ):
        assert title in page
    assert "SpiffWorkflow" in page


def test_running_cases_are_counted_by_version(admin: Desk, as_: As, cast: Cast) -> None:
    new_case(as_, cast)
    assert "1 件" in admin.page("/system")


def test_a_missing_file_store_is_said_and_what_to_do(
    admin: Desk, settings: Settings
) -> None:
    shutil.rmtree(settings.data_dir / "files" / "tmp")
    page = admin.page("/system")
    assert "系统不能正常使用：文件存储" in page
    assert "请运行 reviewflow init 或检查磁盘" in page


def test_incidents_wait_for_somebody(app: Flask, as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    with as_(None) as work:
        work.session.add(
            Incident(
                case_id=case_id,
                subject="定时事项未能执行",
                text="KeyError: 'x'",
                opened_at=NOON_MONDAY,
            )
        )
    with time_machine.travel(NOON_MONDAY, tick=False):
        admin = Desk(app, "admin")
        page = admin.page("/system")
        report = admin.page("/system/report.json")
    assert "系统可以使用，有 1 项需要处理。" in page
    assert "定时事项未能执行" in page
    assert "KeyError" not in page  # for whoever helps, not for the screen
    assert "KeyError" in report


def test_the_report_is_a_file_without_anybodys_name(
    admin: Desk, as_: As, cast: Cast
) -> None:
    new_case(as_, cast)
    answer = admin.get("/system/report.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    report = json.loads(answer.text)
    assert {check["name"] for check in report["checks"]} >= {"数据库", "文件存储"}
    assert report["versions"]["ReviewFlow"]
    with as_(None) as work:
        names = work.session.scalars(sa.text("SELECT display_name FROM user")).all()
    assert not [name for name in names if name in answer.text]
