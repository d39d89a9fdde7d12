from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from reviewflow.model.filing import Chain
from reviewflow.model.people import User
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_page import filing_page
from reviewflow.queries.filings import Filings, Side, Wanted, list_filings, makers
from reviewflow.queries.lamps import Urgency
from reviewflow.queries.standings import Stage, duties
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.duties import Press, at, day
from tests.web.statements import counted

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
ALL = Wanted()

Look = Callable[[str], AbstractContextManager[Work]]


@pytest.fixture
def look(city_to_read: Runtime) -> Look:
    """Read the sample city as one of its people, on the day of the oracle."""

    @contextmanager
    def begin(name: str) -> Iterator[Work]:
        with city_to_read.read(None) as work:
            user_id = work.session.scalar(sa.select(User.id).where(User.name == name))
        with city_to_read.read(user_id, NOON) as work:
            yield work

    return begin


def numbers(found: Filings) -> list[str]:
    return [row.duty.publication.doc_number for row in found.rows]


def due(found: Filings) -> list[date]:
    return [row.duty.due_on for row in found.rows]


def test_everything_of_the_oracle_is_there(look: Look) -> None:
    with look("jin.du") as work:
        found = list_filings(work, Wanted(chain=Chain.GOV))
    assert dict(found.counts) == {
        Stage.OVERDUE: 1,
        Stage.TO_FILE: 1,
        Stage.SENT: 2,
        Stage.REGISTERED: 14 + 2,
    }
    assert found.total == found.paging.total == 16 + 4


def test_open_duties_come_first_by_due_date(look: Look) -> None:
    with look("jin.du") as work:
        found = list_filings(work, ALL)
        open_ = [row for row in found.rows if row.stage is not Stage.REGISTERED]
        assert due(found)[: len(open_)] == [
            date(2026, 7, 21),
            *[date(2026, 11, 25)] * 4,  # the four of the second rule
            date(2026, 12, 1),
            date(2026, 12, 16),
        ]
        registered = [row.duty.registered_on for row in found.rows[len(open_) :]]
    assert registered == sorted(registered, key=str, reverse=True)


def test_an_open_correction_sorts_by_its_own_due_date(
    press: Press, runtime: Runtime, cast: Cast
) -> None:
    (late,) = press.publish(day("06-05"))
    (early,) = press.publish(day("06-01"))
    (asked,) = press.publish(day("06-04"))
    press.submit(asked, day("06-05"))
    press.request_correction(asked, day("06-08"))
    with runtime.read(cast.department_filer, at(day("06-09"))) as work:
        ids = [row.duty.id for row in list_filings(work, ALL).rows]
    assert ids == [asked, early, late]


def test_pages_hold_every_duty_once(look: Look) -> None:
    with look("jin.du") as work:
        pages = [list_filings(work, ALL, page) for page in (1, 2)]
        ids = [row.duty.id for found in pages for row in found.rows]
    assert [len(found.rows) for found in pages] == [20, 13]
    assert len(set(ids)) == len(ids) == pages[0].paging.total == 33


@pytest.mark.parametrize(
    ("status", "number"),
    [
        (ObligationStatus.ON_TIME, 11 + 4),  # four of rules
        (ObligationStatus.LATE, 3),
        (ObligationStatus.OVERDUE_UNFILED, 1),
        (ObligationStatus.NOT_DUE, 1),
        (ObligationStatus.EXEMPT, 0),
    ],
)
def test_a_list_by_status_agrees_with_the_figures(
    look: Look, status: ObligationStatus, number: int
) -> None:
    with look("jin.du") as work:
        found = list_filings(work, Wanted(status=status, chain=Chain.GOV))
        assert {row.status for row in found.rows} <= {status}
    assert found.total == len(found.rows) == number


def test_a_list_by_stage_keeps_all_counts(look: Look) -> None:
    with look("jin.du") as work:
        found = list_filings(work, Wanted(stage=Stage.OVERDUE))
        whole = list_filings(work, ALL)
    assert numbers(found) == ["六城管规〔2026〕2号"]
    assert found.counts == whole.counts
    assert found.paging.total == 1


@pytest.mark.parametrize(
    "text", ["户外广告设施", "《六安市城区户外广告设施设置管理规定》", "城管规"]
)
def test_a_list_by_words(look: Look, text: str) -> None:
    with look("jin.du") as work:
        found = list_filings(work, Wanted(text=text))
        assert numbers(found) == ["六城管规〔2026〕2号"]
        assert list_filings(work, Wanted(text="100%")).total == 0


def test_a_list_by_maker_and_the_makers_to_choose_from(look: Look) -> None:
    with look("jin.du") as work:
        offered = makers(work)
        assert [unit.position for unit in offered] == sorted(
            unit.position for unit in offered
        )
        tobacco = next(unit for unit in offered if unit.short_name == "市烟草局")
        found = list_filings(work, Wanted(unit_id=tobacco.id))
    assert numbers(found) == ["六烟规〔2026〕1号"]


def test_each_side_sees_its_own_duties_and_theirs(look: Look) -> None:
    with look("liang.shen") as work:
        ours = list_filings(work, Wanted(side=Side.OURS))
        theirs = list_filings(work, Wanted(side=Side.THEIRS))
        assert {row.duty.case.unit.short_name for row in ours.rows} == {"市司法局"}
        assert {row.duty.authority.short_name for row in theirs.rows} == {"市政府"}
        assert ours.total + theirs.total == list_filings(work, ALL).total


@pytest.mark.parametrize(
    ("name", "number", "organs"), [("wu.min", 1 + 4, 2), ("guan.li", 0, 0)]
)
def test_what_one_may_not_see_is_not_even_counted(
    look: Look, name: str, number: int, organs: int
) -> None:
    with look(name) as work:
        found = list_filings(work, ALL)
        assert found.total == found.paging.total == number
        assert len(makers(work)) == organs
        assert len(duties(work)) == number


def test_a_row_says_who_waits_for_whom(look: Look) -> None:
    with look("dong.wei") as work:
        (row,) = list_filings(work, ALL).rows
        assert row.task is not None
        assert (row.task.step, row.task.unit.short_name) == (
            "prepare_filing",
            "市城管局",
        )
        assert (row.waits_for_actor, row.is_barred) == (True, False)
        assert row.lamp.state is Urgency.LATE
        assert row.lamp.deadline_id is not None
    with look("liang.shen") as work:
        (row,) = list_filings(work, Wanted(stage=Stage.OVERDUE)).rows
        assert not row.waits_for_actor


def test_who_filed_is_barred_from_registering(
    press: Press,
) -> None:
    both = press.both_hands()
    (filing,) = press.publish(day("06-01"))
    press.submit(filing, day("06-10"))
    with press.runtime.read(both, at(day("06-11"))) as work:
        (row,) = list_filings(work, ALL).rows
        assert (row.waits_for_actor, row.is_barred) == (False, True)
        assert filing_page(work, filing).form is None


def test_as_many_statements_for_one_row_as_for_twenty(
    look: Look, city_to_read: Runtime
) -> None:
    def statements(name: str, wanted: Wanted) -> int:
        with look(name) as work, counted(city_to_read) as sent:
            list_filings(work, wanted)
        return len(sent)

    many, one = statements("jin.du", ALL), statements("wu.min", ALL)
    assert many <= one + 1  # the latest registered ones
    on_time, late = (
        statements("jin.du", Wanted(status=status))
        for status in (ObligationStatus.ON_TIME, ObligationStatus.LATE)
    )
    assert on_time == late
