import json
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewflow.errors import Invalid
from reviewflow.law.calendar import (
    Pause,
    WorkCalendar,
    next_working_day,
    working_days_between,
)
from reviewflow.law.deadlines import (
    Deadline,
    deadline_calendar,
    deadline_months,
    deadline_working,
    first_day_after,
    fixed_date,
    latest_before,
    latest_working_before,
)
from tests.unit.counting import CALENDAR, DAYS, LENGTHS, SHARED, every_day, texts


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 3, 9), 2, date(2026, 5, 9)),  # a worked Saturday
        (date(2026, 1, 20), 1, date(2026, 2, 24)),  # ends in the Spring Festival
        (date(2025, 12, 31), 2, date(2026, 2, 28)),  # no such day: the month's last
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 4, date(2026, 4, 30)),
    ],
)
def test_months(start: date, months: int, due: date) -> None:
    assert deadline_months(start, months, CALENDAR) == Deadline(due)


def test_what_just_ends_is_not_put_off() -> None:
    ends = deadline_months(date(2024, 2, 12), 24, CALENDAR, rolls=False)

    assert ends == Deadline(date(2026, 2, 12))
    assert deadline_months(date(2024, 2, 16), 24, CALENDAR, rolls=False) == Deadline(
        date(2026, 2, 16)  # the Spring Festival
    )


def test_a_month_without_that_day_says_so() -> None:
    assert texts(deadline_months(date(2025, 12, 31), 2, CALENDAR)) == [
        "2025年12月31日为起算日，不计入；自次日起计算2个月",
        "到期月没有对应日，届满日为月末日2026年2月28日（星期六）",
    ]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2027, 1, 31)),  # a Sunday: a date is not put off
    ],
)
def test_a_date_of_the_year(start: date, due: date) -> None:
    assert fixed_date(start, (1, 31), CALENDAR) == Deadline(due)


def test_a_year_without_a_notice_is_provisional_and_says_so() -> None:
    in_days = deadline_calendar(date(2026, 12, 20), 15, CALENDAR)
    in_working_days = deadline_working(date(2026, 12, 21), 10, CALENDAR)
    backward = latest_working_before(date(2027, 1, 5), 3, CALENDAR)

    assert in_days == Deadline(date(2027, 1, 4), provisional=True)
    assert in_working_days == Deadline(date(2027, 1, 5), provisional=True)
    assert backward == Deadline(date(2026, 12, 30), provisional=True)
    for deadline in (in_days, in_working_days, backward):
        assert texts(deadline)[-1] == "2027年放假安排尚未公布，暂按周末和固定节日推算"


def test_the_last_day_of_the_last_announced_year_is_not_provisional() -> None:
    assert deadline_working(date(2026, 12, 21), 8, CALENDAR) == Deadline(
        date(2026, 12, 31)
    )


def test_a_missing_year_in_between_is_provisional_too() -> None:
    years = [year for year in CALENDAR.years.values() if year.year != 2025]
    without_2025 = WorkCalendar(years)

    deadline = deadline_working(date(2025, 12, 25), 10, without_2025)

    assert deadline.due_on.year == 2026
    assert deadline.provisional
    assert texts(deadline)[-1].startswith("2025年放假安排尚未公布")


def test_a_year_without_a_notice_knows_the_holidays_with_a_fixed_date() -> None:
    off = [date(2027, 1, 1), date(2027, 5, 1), date(2027, 10, 1), date(2028, 5, 2)]
    on = [date(2027, 2, 8), date(2027, 5, 4), date(2027, 10, 4)]

    assert [CALENDAR.is_working(day) for day in off] == [False] * 4
    assert [CALENDAR.is_working(day) for day in on] == [True] * 3
    assert "2027年1月1日元旦放假，不计" in texts(
        deadline_working(date(2026, 12, 31), 1, CALENDAR)
    )


@pytest.mark.parametrize("day", [date(2006, 12, 31), date(1, 1, 1)])
def test_a_day_before_the_first_notice_is_refused_by_its_year(day: date) -> None:
    with pytest.raises(Invalid, match=f"没有收录{day.year}年的放假安排") as refused:
        deadline_working(day, 5, CALENDAR)

    assert set(refused.value.errors) == {"start"}
    with pytest.raises(Invalid, match=f"没有收录{day.year}年"):
        CALENDAR.is_working(day)


def test_counting_back_over_the_first_notice_is_refused() -> None:
    with pytest.raises(Invalid, match="没有收录2006年的放假安排"):
        latest_before(date(2007, 1, 5), 7, CALENDAR)
    with pytest.raises(Invalid, match="没有收录2006年的放假安排"):
        latest_working_before(date(2007, 1, 5), 7, CALENDAR)


@pytest.mark.parametrize("start", [date(2127, 1, 1), date.max])
def test_a_day_too_far_ahead_is_refused(start: date) -> None:
    for count in (deadline_working, deadline_calendar, deadline_months):
        with pytest.raises(Invalid, match="过于久远"):
            count(start, 12, CALENDAR)
    with pytest.raises(Invalid, match="过于久远"):
        fixed_date(start, (1, 31), CALENDAR)


@pytest.mark.parametrize("days", [0, -1, 3651, 10**12])
def test_a_length_that_makes_no_sense_is_refused(days: int) -> None:
    for count in (deadline_working, deadline_calendar, latest_before, first_day_after):
        with pytest.raises(Invalid, match="期限应为1至3650"):
            count(date(2026, 3, 2), days, CALENDAR)


def test_a_calendar_without_a_year_is_refused() -> None:
    with pytest.raises(Invalid, match="没有任何一年"):
        WorkCalendar([])


def test_the_next_working_day_is_another_day() -> None:
    assert next_working_day(date(2026, 2, 13), CALENDAR) == date(2026, 2, 14)
    assert next_working_day(date(2026, 2, 14), CALENDAR) == date(2026, 2, 24)


# The library knows days off and make-up days of the years up to its release;
# years after that it guesses without make-up days, so none of those is compared.
def test_every_day_is_what_an_independent_library_says() -> None:
    china = holidays.country_holidays("CN", years=range(2007, 2027))

    wrong = [
        day
        for day in every_day()
        if CALENDAR.is_working(day) != china.is_working_day(day)
    ]

    assert wrong == []


def test_every_day_is_what_the_notices_say() -> None:
    if not SHARED.is_dir():
        pytest.skip("the public holiday data is not beside the repository")
    listed = {
        date.fromisoformat(day["date"]): not day["isOffDay"]
        for path in sorted(SHARED.glob("*.json"))
        for day in json.loads(path.read_text(encoding="utf-8"))["days"]
    }

    wrong = [
        day
        for day in every_day()
        if CALENDAR.is_working(day) != listed.get(day, day.weekday() < 5)
    ]

    assert len(listed) > 500
    assert wrong == []


@settings(deadline=None)
@given(DAYS, LENGTHS)
def test_a_deadline_is_a_working_day(start: date, days: int) -> None:
    assert CALENDAR.is_working(deadline_calendar(start, days, CALENDAR).due_on)
    assert CALENDAR.is_working(deadline_working(start, days, CALENDAR).due_on)
    assert CALENDAR.is_working(latest_before(start, days, CALENDAR).due_on)


@settings(deadline=None)
@given(DAYS, LENGTHS)
def test_a_longer_period_never_ends_earlier(start: date, days: int) -> None:
    for count in (deadline_calendar, deadline_working):
        shorter = count(start, days, CALENDAR).due_on
        assert shorter <= count(start, days + 1, CALENDAR).due_on
        assert shorter <= count(start + timedelta(days=1), days, CALENDAR).due_on


@settings(deadline=None)
@given(DAYS, LENGTHS, st.integers(0, 20), st.integers(0, 20))
def test_so_many_working_days_lie_before_the_deadline(
    start: date, days: int, pause_after: int, paused: int
) -> None:
    notified = start + timedelta(days=pause_after)
    pauses = [Pause(notified, notified + timedelta(days=paused))]

    due = deadline_working(start, days, CALENDAR, pauses).due_on

    assert working_days_between(start, due, CALENDAR, pauses) == days
    assert working_days_between(due, start, CALENDAR, pauses) == -days


@settings(deadline=None)
@given(DAYS, LENGTHS)
def test_counting_back_from_a_deadline_leads_before_the_start(
    start: date, days: int
) -> None:
    due = deadline_working(start, days, CALENDAR).due_on

    back = latest_working_before(due, days, CALENDAR).due_on

    assert back <= start
    assert working_days_between(back, start, CALENDAR) == 0
