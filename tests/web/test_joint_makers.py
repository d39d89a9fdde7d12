from flask import Flask

from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, day
from tests.papers import registering
from tests.steps import waiting
from tests.web.desk import Desk
from tests.web.program import Programs

TOGETHER = "六安市住房和城乡建设局（与六安市市场监督管理局、六安市司法局联合制定）"
OTHERS = ["market", "justice"]


def test_pages_and_programs_name_those_who_made_it_together(
    app: Flask, press: Press, cast: Cast, programs: Programs
) -> None:
    others = [cast.units[key] for key in OTHERS]
    (filing,) = press.publish(day("03-01"), joint_makers=others)

    filer, program = Desk(app, "department.filer"), programs(cast.department_filer)
    assert TOGETHER in filer.page(f"/filings/{filing}")
    told = program.get(f"/filings/{filing}").json
    assert told is not None
    assert told["maker"]["id"] == cast.units["housing"]
    assert [unit["id"] for unit in told["joint_makers"]] == others

    shelf = program.get("/library").json
    assert shelf is not None
    (document,) = shelf["items"]
    assert [unit["id"] for unit in document["joint_makers"]] == others
    assert TOGETHER in filer.page(f"/library/{document['id']}")
    assert TOGETHER in app.test_client().get(f"/public/library/{document['id']}").text
    auditor = Desk(app, "auditor")
    assert "六安市市场监督管理局、六安市司法局" in auditor.page("/cases/1")


def test_those_who_may_make_it_together_are_ticked(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = registering(as_, cast)
    waiting(as_, case_id, "register_document")
    page = Desk(app, "drafter").page(f"/cases/{case_id}/new/check")
    assert "联合制定机关" in page
    for key, is_offered in (("market", True), ("housing", False), ("province", False)):
        box = f'type="checkbox" name="joint_makers" value="{cast.units[key]}"'
        assert (box in page) is is_offered, key
