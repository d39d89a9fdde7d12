"""Decisions of towns: heard where they touch people, filed where they bind them."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.document import Document
from reviewflow.model.hearing import Hearing
from reviewflow.usecases.tasks import complete_task
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, waiting
from tests.town import DISTRICT, authorities, finish, reviewers, settle, town_case

DECISION = "township_decision"
OF_DECISION = {"kind_code": "ZDJC", "is_normative": "no"}


@pytest.fixture
def town(cast: Cast, as_: As) -> Cast:
    """The cast with a town whose texts the district's bureau reviews."""
    return settle(as_, cast)


def deliberated_without(as_: As, town: Cast, case_id: int, **answers: Any) -> str:
    """Return why the case is not let onto the agenda."""
    task_id = waiting(as_, case_id, "request_agenda")
    with as_(town.town_drafter) as work, pytest.raises(Invalid) as failure:
        complete_task(work, task_id, {"summary": "请审议。", **answers})
    return failure.value.message


def test_a_document_that_is_missing_keeps_it_from_the_meeting(
    as_: As, town: Cast
) -> None:
    case_id = town_case(as_, town, DECISION, **OF_DECISION)
    bring_to(as_, town, case_id, "request_agenda", **reviewers(town, DISTRICT))
    with as_(None) as work:
        document = work.session.scalars(
            sa.select(Document).where(Document.role == "procedure_note")
        ).one()
        document.role = "elsewhere"

    assert "履行法定程序的说明" in deliberated_without(as_, town, case_id)


def test_a_decision_is_not_filed(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DECISION, **OF_DECISION)

    finish(as_, town, case_id, DISTRICT)

    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已公布并归档")
    assert authorities(as_) == []


@pytest.mark.parametrize("unit", ["town", "street"])
def test_a_decision_that_is_a_normative_document_too_is_filed(
    as_: As, town: Cast, unit: str
) -> None:
    fields = {**OF_DECISION, "is_normative": "yes"}
    case_id = town_case(as_, town, DECISION, unit, **fields)

    finish(as_, town, case_id, DISTRICT)

    assert authorities(as_) == [("金安区人民政府", "TL-13", "2026-03-17")]


def test_no_hearing_on_vital_interests_needs_a_reason(as_: As, town: Cast) -> None:
    fields = {**OF_DECISION, "touches_vital_interests": "yes"}
    case_id = town_case(as_, town, DECISION, **fields)
    bring_to(as_, town, case_id, "decide_hearing")

    with pytest.raises(Invalid) as failure:
        do_next(as_, town, case_id, "decide_hearing", needs_hearing="no", reason="")
    assert list(failure.value.errors) == ["reason"]
    do_next(as_, town, case_id, "decide_hearing", needs_hearing="no", reason="已入户。")

    with as_(None) as work:
        assert work.session.scalars(sa.select(Hearing)).one().reason == "已入户。"
