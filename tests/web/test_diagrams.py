import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from reviewflow.queries.diagrams import drawing
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import bring_to, days, do_next, new_case
from tests.web.desk import Desk


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON_MONDAY, tick=False) as clock:
        yield clock


def marks(as_: As, cast: Cast, case_id: int, process: str = "") -> dict[str, str]:
    with as_(cast.auditor) as work:
        return drawing(work, case_id, process).marks


def walked(as_: As, cast: Cast, *steps: str) -> int:
    """Register a case and do steps, one every hour."""
    case_id = new_case(as_, cast)
    for hour, step in enumerate(steps, start=1):
        do_next(as_, cast, case_id, step, NOON_MONDAY + days(0) + days(1) * hour / 24)
    return case_id


def test_what_was_passed_is_marked_and_what_comes_is_not(as_: As, cast: Cast) -> None:
    case_id = walked(as_, cast, "register_matter", "classify")
    found = marks(as_, cast, case_id)
    assert found["register_matter"] == "done"
    assert found["register_matter_to_classify"] == "taken"
    assert found["prepare"] == "active"
    assert "submit" not in found
    assert "not_normative" not in found
    assert marks(as_, cast, case_id, "preparation")["draft_text"] == "active"


def test_a_way_back_is_marked_only_once_it_was_taken(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "unit_legal_review")
    before = marks(as_, cast, case_id, "submission")
    at = NOON_MONDAY + days(1)
    back = {"outcome": "RETURN", "reason": "第三条没有依据。"}
    do_next(as_, cast, case_id, "unit_legal_review", at, **back)
    after = marks(as_, cast, case_id, "submission")
    new = {element for element, mark in after.items() if mark == "taken"} - {*before}
    assert len(new) == 2  # from the task to its gateway, and back
    assert after["finalise_draft"] == "active"


def test_a_late_task_is_late_in_the_diagram(
    as_: As, cast: Cast, monday: time_machine.Traveller
) -> None:
    case_id = walked(as_, cast, "register_matter")
    monday.move_to(NOON_MONDAY + days(9))
    with as_(cast.auditor, NOON_MONDAY + days(9)) as work:
        assert drawing(work, case_id).marks["classify"] == "late"


def test_the_page_says_in_a_table_what_the_drawing_shows(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = walked(as_, cast, "register_matter")
    page = Desk(app, "drafter").page(f"/cases/{case_id}/diagram")
    assert 'data-element="register_matter" data-mark="done"' in page
    assert 'data-element="classify" data-mark="active"' in page
    assert "流程进展（文字版）" in page
    assert re.search(r'data-element="prepare" data-calls="[^"]+of=preparation"', page)
    table = page.split("<tbody>")[1]
    assert "林晓（市住建局）" in table
    assert "还剩 3 个工作日" in table


def test_every_called_diagram_can_be_opened_and_drawn(
    app: Flask, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    desk, path = Desk(app, "drafter"), f"/cases/{case_id}/diagram"
    sheets = {link for link in desk.links(path) if "of=" in link}
    assert len(sheets) > 10
    for sheet in sheets:
        page = desk.page(sheet)
        source = re.search(r'data-diagram="([^"]+)"', page)
        assert source
        assert desk.get(source[1]).mimetype == "application/xml"


@pytest.mark.parametrize("path", ["?of=none", "/none.bpmn", "/..%2Fkind.bpmn"])
def test_a_diagram_that_is_not_there_is_no_page(
    app: Flask, as_: As, cast: Cast, path: str
) -> None:
    case_id = new_case(as_, cast)
    assert Desk(app, "drafter").status(f"/cases/{case_id}/diagram{path}") == 404


def test_a_foreign_diagram_does_not_exist(app: Flask, as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    desk = Desk(app, "other.drafter")
    assert desk.status(f"/cases/{case_id}/diagram") == 404
    assert desk.status(f"/cases/{case_id}/diagram/normative_document.bpmn") == 404
