"""The sample city beside the sheet it was made after, line by line."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from reviewflow import clock
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case, Task
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.model.people import User
from reviewflow.queries.letters import letter
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Runtime
from tests.conftest import AS_OF
from tests.duties import CLASSES
from tests.queries.sample_cases import told

SHEET: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("sample_cases.yaml").read_bytes()
)


def user_id(city: Runtime, name: str) -> int:
    with city.read(None) as work:
        return work.session.scalars(sa.select(User.id).where(User.name == name)).one()


def case_of(work: Any, name: str, *wanted: Any) -> Case:
    of_title = Case.title == SHEET[name]["title"]
    found: Case = work.session.scalars(sa.select(Case).where(of_title, *wanted)).one()
    return found


@pytest.mark.parametrize("name", SHEET)
def test_a_sample_case_is_as_the_sheet_tells_it(
    city_to_read: Runtime, name: str
) -> None:
    expected = {key: str(said) for key, said in SHEET[name].items() if key != "title"}
    with city_to_read.read(None) as work:
        found = told(work, SHEET[name]["title"])
    assert {key: found[key] for key in expected} == expected


def test_what_was_found_in_a_filing_was_mended(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        case = case_of(work, "N09", Case.kind == "filing_review")
        row = work.session.scalars(
            sa.select(FilingReview).where(FilingReview.case_id == case.id)
        ).one()
        assert row.verdict is FilingVerdict.PROBLEM
        assert (str(row.decided_on), str(row.settled_on)) == (
            "2026-07-02",
            "2026-07-30",
        )


def test_what_lapses_soon_waits_for_its_assessment(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        ending = case_of(work, "E02", Case.kind == "validity")
        steps = sa.select(Task.step).where(
            Task.case_id == ending.id, Task.closed_at.is_(None)
        )
        assert work.session.scalars(steps).all() == ["assess_expiry"]
        begun = sa.select(Event.at).where(
            Event.case_id == ending.id, Event.kind == "validity.ending"
        )
        assert clock.beijing_date(work.session.scalars(begun).one()) <= AS_OF


def test_what_was_taken_back_shows_the_finding_of_counsel(
    city_to_read: Runtime,
) -> None:
    with city_to_read.read(None) as work:
        case = case_of(work, "X01")
        select = sa.select(Advice.verdict).where(Advice.case_id == case.id)
        assert work.session.scalars(select).all() == ["SERIOUS_PROBLEM"]
        withdrawn = sa.select(Event.payload).where(
            Event.case_id == case.id, Event.kind == "case.withdrawn"
        )
        assert "许可条件" in work.session.scalars(withdrawn).one()["reason"]


def test_the_report_of_what_was_done_in_haste_says_why(sample_city: Runtime) -> None:
    at = clock.beijing_instant(AS_OF + timedelta(1), 10)
    with sample_city.read(None, at) as work:
        case_id = case_of(work, "E01").id
        steps = sa.select(Task.id).where(
            Task.case_id == case_id, Task.step == "confirm_classification"
        )
        task_id = work.session.scalars(steps).one()
    with sample_city.begin(user_id(sample_city, "an.fa"), at) as work:
        complete_task(work, task_id, CLASSES)

    with sample_city.read(None, at) as work:
        duties = work.session.scalars(
            sa.select(FilingObligation)
            .join(FilingObligation.case)
            .where(Case.parent_id == case_id)
        ).unique()
        for duty in duties:
            report = letter(work, duty.case_id, "filing_report")
            said = str(report)
            assert "为应对低温雨雪冰冻灾害紧急制定" in said
            assert "不立即施行将危及公众安全" in said
