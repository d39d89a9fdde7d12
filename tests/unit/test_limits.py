from datetime import date

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.law.calendar import Pause
from reviewflow.law.deadlines import Deadline
from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Direction, TimeLimit, Unit, period_end
from reviewflow.law.rows import Verified

LAW = load_law()
TODAY = date(2026, 3, 2)


def test_the_register_has_every_limit_of_the_fact_sheet() -> None:
    ids = {limit.id for limit in LAW.limits}

    assert {f"TL-{number:02}" for number in range(1, 32)} <= ids
    assert {f"WL-{number:02}" for number in range(1, 13)} <= ids


@pytest.mark.parametrize(
    ("limit_id", "days", "unit", "direction"),
    [
        ("TL-01", 30, Unit.CALENDAR_DAY, Direction.MIN),
        ("TL-04", 7, Unit.CALENDAR_DAY, Direction.MIN),
        ("TL-07", 7, Unit.WORKING_DAY, Direction.MIN),
        ("TL-08", 15, Unit.WORKING_DAY, Direction.MAX),
        ("TL-12", 20, Unit.WORKING_DAY, Direction.MAX),
        ("TL-13", 15, Unit.CALENDAR_DAY, Direction.MAX),
        ("TL-14", 30, Unit.CALENDAR_DAY, Direction.MAX),
        ("TL-16", 5, Unit.WORKING_DAY, Direction.MAX),
        ("TL-19", 2, Unit.MONTH, Direction.MAX),
        ("TL-23", 5, Unit.YEAR, Direction.MAX),
        ("TL-28C", 10, Unit.WORKING_DAY, Direction.MAX),
        ("WL-01", 3, Unit.WORKING_DAY, Direction.MAX),
        ("WL-11", 30, Unit.CALENDAR_DAY, Direction.MAX),
    ],
)
def test_a_limit_reads_as_in_the_fact_sheet(
    limit_id: str, days: int, unit: Unit, direction: Direction
) -> None:
    limit = LAW.limit(limit_id, TODAY)

    assert (limit.days, limit.unit, limit.direction) == (days, unit, direction)


def test_what_nobody_has_read_is_not_shown_as_verified() -> None:
    assert LAW.limit("TL-13", TODAY).verified is Verified.VERIFY
    assert LAW.limit("TL-08", TODAY).verified is Verified.FROM_KNOWLEDGE
    assert LAW.limit("TL-16", TODAY).verified is Verified.YES
    assert {limit.verified for limit in LAW.limits if limit.id.startswith("WL-")} == {
        Verified.DEFAULT
    }


@pytest.mark.parametrize(
    ("published", "due_in_days", "due_in_working_days"),
    [
        (date(2026, 1, 15), date(2026, 1, 30), date(2026, 2, 5)),  # N01
        (date(2026, 2, 3), date(2026, 2, 24), date(2026, 3, 2)),  # N02
        (date(2026, 3, 10), date(2026, 3, 25), date(2026, 3, 31)),  # N03
        (date(2026, 4, 13), date(2026, 4, 28), date(2026, 5, 7)),  # N04
        (date(2026, 5, 11), date(2026, 5, 26), date(2026, 6, 1)),  # N05
        (date(2026, 6, 1), date(2026, 6, 16), date(2026, 6, 23)),  # N06
        (date(2026, 7, 6), date(2026, 7, 21), date(2026, 7, 27)),  # N07
        (date(2026, 3, 23), date(2026, 4, 7), date(2026, 4, 14)),  # N08
        (date(2026, 5, 20), date(2026, 6, 4), date(2026, 6, 10)),  # N09
        (date(2026, 8, 17), date(2026, 9, 1), date(2026, 9, 7)),  # N10
        (date(2026, 9, 10), date(2026, 9, 28), date(2026, 10, 8)),  # N11
        (date(2026, 10, 12), date(2026, 10, 27), date(2026, 11, 2)),  # N12
        (date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 7)),  # N13
        (date(2026, 6, 22), date(2026, 7, 7), date(2026, 7, 13)),  # N14
        (date(2026, 7, 20), date(2026, 8, 4), date(2026, 8, 10)),  # N15
        (date(2026, 8, 3), date(2026, 8, 18), date(2026, 8, 24)),  # N16
    ],
)
def test_filings_are_due_as_in_the_worked_example(
    published: date, due_in_days: date, due_in_working_days: date
) -> None:
    in_working_days = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)

    assert LAW.deadline("TL-13", published) == Deadline(due_in_days)
    assert in_working_days.deadline("TL-13", published) == Deadline(due_in_working_days)


@pytest.mark.parametrize(
    ("limit_id", "start", "due"),
    [
        ("TL-14", date(2026, 3, 16), date(2026, 4, 15)),  # R01
        ("TL-14", date(2026, 10, 26), date(2026, 11, 25)),  # R02
        ("TL-16", date(2026, 4, 22), date(2026, 4, 29)),  # correction of N04
        ("TL-16", date(2026, 5, 22), date(2026, 5, 29)),  # correction of N05
        ("TL-04", date(2026, 5, 8), date(2026, 4, 30)),  # W13
        ("TL-21", date(2025, 12, 20), date(2026, 1, 20)),  # W14
        ("TL-22", date(2026, 1, 1), date(2026, 2, 1)),  # a Sunday
        ("TL-19", date(2026, 3, 9), date(2026, 5, 9)),
        ("TL-23", date(2021, 2, 18), date(2026, 2, 18)),  # validity just ends
        ("TL-24", date(2026, 1, 5), date(2026, 1, 31)),
        ("TL-30", date(2024, 2, 20), date(2026, 2, 20)),
    ],
)
def test_a_limit_counts_as_its_text_says(limit_id: str, start: date, due: date) -> None:
    assert LAW.deadline(limit_id, start) == Deadline(due)


def test_a_pause_moves_a_review() -> None:
    pauses = [Pause(date(2026, 3, 11), date(2026, 3, 18))]

    assert LAW.deadline("TL-08", date(2026, 3, 9), pauses) == Deadline(date(2026, 4, 7))


@pytest.mark.parametrize("limit_id", ["TL-04", "TL-19", "TL-21", "TL-24"])
def test_what_cannot_be_paused_is_refused(limit_id: str) -> None:
    with pytest.raises(Invalid, match="不能暂停计算"):
        LAW.deadline(limit_id, TODAY, [Pause(TODAY, TODAY)])


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        (Unit("日"), date(2026, 3, 12)),
        (Unit("工作日"), date(2026, 3, 16)),
        (Unit("月"), date(2027, 1, 4)),
        (Unit("年"), date(2036, 3, 3)),
    ],
)
def test_a_period_in_any_unit(unit: Unit, due: date) -> None:
    assert period_end(TODAY, 10, unit, LAW.calendar).due_on == due


def test_a_limit_nobody_has_written_down_is_missing() -> None:
    with pytest.raises(Missing, match="TL-99"):
        LAW.limit("TL-99", TODAY)
    with pytest.raises(Missing, match="TL-99"):
        LAW.with_limit("TL-99", days=1, unit=Unit.CALENDAR_DAY)


def test_a_limit_does_not_hold_before_its_first_day() -> None:
    with pytest.raises(Missing, match="TL-01"):
        LAW.limit("TL-01", date(2019, 8, 31))

    assert LAW.limit("TL-01", date(2019, 9, 1)).days == 30


def test_what_if_leaves_the_law_itself_as_it_is() -> None:
    other = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)

    assert other.limit("TL-13", TODAY).unit is Unit.WORKING_DAY
    assert LAW.limit("TL-13", TODAY).unit is Unit.CALENDAR_DAY
    assert other.version != LAW.version
    assert len(other.limits) == len(LAW.limits)


@pytest.mark.parametrize(
    ("limit_id", "unit"),
    [
        ("TL-04", Unit.MONTH),
        ("TL-21", Unit.WORKING_DAY),
        ("TL-24", Unit.CALENDAR_DAY),
        ("TL-30", Unit.CALENDAR_DAY),
    ],
)
def test_a_what_if_that_cannot_be_counted_is_refused(limit_id: str, unit: Unit) -> None:
    with pytest.raises(Invalid, match="时限"):
        LAW.with_limit(limit_id, days=15, unit=unit)


@pytest.mark.parametrize("limit", LAW.limits, ids=lambda limit: limit.id)
def test_every_row_says_where_it_comes_from_and_can_be_counted(
    limit: TimeLimit,
) -> None:
    due = limit.deadline(date(2026, 3, 2), LAW.calendar)

    assert limit.source
    assert limit.basis
    assert due.steps
    assert due.due_on.year < 2032
