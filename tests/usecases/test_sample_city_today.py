"""What is under way in the sample city: every page has something to show."""

from collections import Counter

import sqlalchemy as sa

from reviewflow import hearing_rows
from reviewflow.consulted import find_consultation, tally
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case, Task
from reviewflow.model.catalogue import CatalogueItem
from reviewflow.model.cleanup import CleanupItem
from reviewflow.model.event import Event
from reviewflow.model.meeting import AgendaItem
from reviewflow.model.post_assessment import PostAssessment
from reviewflow.queries.bases import bases_page
from reviewflow.queries.unit_opinions import unit_opinions_page
from reviewflow.work import Runtime, Work
from tests.conftest import AS_OF


def case_of(work: Work, title: str) -> Case:
    chosen = sa.select(Case).where(Case.title == f"六安市{title}管理办法")
    return work.session.scalars(chosen).one()


def steps(work: Work, case: Case) -> set[str]:
    waits = Task.case_id == case.id, Task.closed_at.is_(None)
    return set(work.session.scalars(sa.select(Task.step).where(*waits)))


def test_the_public_is_asked_and_partly_answered(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        case = case_of(work, "养老服务设施建设")
        asked = find_consultation(work, case)
        assert asked is not None
        assert asked.takes_comments(AS_OF)
        counted = tally(work, asked)
        assert (counted.comments, counted.ungrouped) == (8, 2)
        assert (counted.groups, counted.unanswered) == (3, 1)

        page = unit_opinions_page(work, case_of(work, "既有住宅加装电梯").id)
        assert (len(page.rows), page.waiting, page.disputes) == (4, 1, 1)
        bases = bases_page(work, page.head.case.id)
        assert (len(bases.rows), len(bases.missing), bases.marked) == (4, 8, 0)


def test_places_are_drawn_and_documents_to_be_delivered(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        case = case_of(work, "住宅专项维修资金")
        draws = hearing_rows.draws(work, case.id).values()
        assert [len(row.result.split(",")) for row in draws] == [6, 3]
        people = hearing_rows.participants(work, case.id)
        assert len(people) == 3 + 2 + 1
        assert not any(person.delivered_on for person in people)
        assert "deliver_materials" in steps(work, case)


def test_reviews_stand_at_every_sort_of_step(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        drawn = case_of(work, "网络预约出租汽车服务")
        given = sa.select(Advice.verdict).where(Advice.case_id == drawn.id)
        assert Counter(map(bool, work.session.scalars(given))) == {True: 1, False: 1}

        twice = case_of(work, "建筑垃圾处置")
        late = sa.select(Task.step).where(
            Task.case_id == twice.id, Task.closed_at.is_(None), Task.due_on < AS_OF
        )
        assert work.session.scalars(late).all() == ["unit_legal_review"]
        reviewed = sa.select(Task.id).where(
            Task.case_id == twice.id, Task.step == "unit_legal_review"
        )
        assert len(work.session.scalars(reviewed).all()) == 2 + 1

        lacking = sa.select(Case).where(Case.title == "六安市城市管理执法协作规定")
        assert steps(work, work.session.scalars(lacking).one()) == {
            "supplement_materials"
        }


def test_what_is_urgent_waits_for_its_meeting(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        item = work.session.scalars(
            sa.select(AgendaItem).where(AgendaItem.recorded_at.is_(None))
        ).one()
        assert item.meeting.planned_on > AS_OF
        assert steps(work, item.case) == {"hold_meeting"}
        hurried = sa.select(Event.seq).where(
            Event.case_id == item.case_id, Event.kind == "emergency.approved"
        )
        assert work.session.scalars(hurried).one()


def test_the_library_is_kept_up(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        items = work.session.scalars(sa.select(CleanupItem)).unique().all()
        assert (len(items), sum(row.proposal is not None for row in items)) == (11, 3)
        assert sum(row.result is not None for row in items) == 1
        looked_at = work.session.scalars(sa.select(PostAssessment)).unique().all()
        assert sorted(row.done_on is None for row in looked_at) == [False, True]
        free = sa.select(CatalogueItem.title).where(CatalogueItem.case_id.is_(None))
        assert work.session.scalars(free).all() == ["六安市新能源汽车充电设施布局规划"]
