"""The page of a filing whose receiver has left: what it says, and one form."""

import time_machine
from flask import Flask

from reviewflow.model.people import Role
from reviewflow.usecases.people import end_post
from reviewflow.usecases.unit_terms import enter_unit_term
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.usecases.posts import post_of
from tests.web.desk import Desk, place

TERM = {"sort": "OUTSIDE", "holder": "改用省平台", "valid_from": "2026-06-12"}


def test_who_files_moves_a_filing_on_its_page(
    app: Flask, as_: As, cast: Cast, press: Press
) -> None:
    (filing,) = press.publish(day("06-01"))
    post = post_of(as_, cast.city_filing_reviewer, Role.FILING_REVIEWER)
    with as_(None, at(day("06-11"))) as work:
        end_post(work, post)
    with as_(None, at(day("06-12"))) as work:
        enter_unit_term(work, cast.units["city"], TERM)
    path = f"/filings/{filing}"

    with time_machine.travel(at(day("06-12")), tick=False):
        filer, admin = Desk(app, "department.filer"), Desk(app, "admin")
        assert "1 件" in admin.page(f"/units/{cast.units['city']}")
        assert "有 1 件报备的备案机关改变了接收方式" in filer.page("/filings")
        page = filer.page(path)
        assert "六安市人民政府已不在本系统办理" in page
        assert "报送备案</button>" not in page  # nobody would receive it
        refused = filer.send(path, {"move_reason": "长" * 201}, to=f"{path}/move")
        assert refused.status_code == 422
        assert "请填写转换的理由" in refused.text
        assert "长" * 201 in refused.text
        moved = filer.send(path, {"move_reason": "改用平台。"}, to=f"{path}/move")
        assert place(moved) == path
        page = filer.page(path)
    assert "已转为系统外报备，报备时限没有变化" in page
    assert "改用平台。（转为系统外报备）" in page
    assert "登记报送</button>" in page
