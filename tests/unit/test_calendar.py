from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.law.calendar import (
    Pause,
    working_days_between,
)
from reviewflow.law.deadlines import (
    Deadline,
    deadline_calendar,
    deadline_working,
    first_day_after,
    latest_before,
    latest_working_before,
)
from tests.unit.counting import CALENDAR, texts


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2025, 9, 22), 15, date(2025, 10, 9)),  # W1: ends in a long holiday
        (date(2026, 1, 20), 30, date(2026, 2, 24)),  # W2
        (date(2026, 2, 3), 15, date(2026, 2, 24)),  # W3
        (date(2025, 1, 17), 15, date(2025, 2, 5)),  # W4
        (date(2026, 9, 10), 15, date(2026, 9, 28)),  # W5
        (date(2023, 3, 14), 15, date(2023, 3, 29)),  # W6: no roll
        (date(2026, 1, 30), 15, date(2026, 2, 14)),  # a worked Saturday does not roll
        (date(2022, 12, 21), 10, date(2023, 1, 3)),  # off by the notice for 2023
    ],
)
def test_calendar_days(start: date, days: int, due: date) -> None:
    assert deadline_calendar(start, days, CALENDAR) == Deadline(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),  # the first day does not count
        (date(2025, 9, 26), 5, date(2025, 10, 10)),  # W7: 09-28, a Sunday, works
        (date(2025, 9, 26), 15, date(2025, 10, 23)),  # W8
        (date(2026, 2, 10), 5, date(2026, 2, 24)),  # W9: 02-14, a Saturday, works
        (date(2026, 2, 10), 15, date(2026, 3, 9)),  # W10
        (date(2026, 4, 28), 7, date(2026, 5, 11)),  # W11
        (date(2026, 9, 18), 5, date(2026, 9, 24)),  # W12
        (date(2026, 11, 23), 15, date(2026, 12, 14)),  # W15
        (date(2025, 12, 5), 15, date(2025, 12, 26)),  # review of N01
        (date(2026, 1, 26), 15, date(2026, 2, 14)),  # of N03: due on a worked Saturday
        (date(2026, 4, 20), 15, date(2026, 5, 13)),  # of N09
        (date(2026, 7, 6), 15, date(2026, 7, 27)),  # of N10
    ],
)
def test_working_days(start: date, days: int, due: date) -> None:
    assert deadline_working(start, days, CALENDAR) == Deadline(due)


def test_w13_what_must_be_there_before_an_event_is_there_before_the_holiday() -> None:
    latest = latest_before(date(2026, 5, 8), 7, CALENDAR)

    assert latest == Deadline(date(2026, 4, 30))
    assert texts(latest) == [
        "2026年5月8日当日不计入，自前一日起向前推算7日",
        "最迟为5月1日（星期五）",
        "5月1日为劳动节假期，提前至4月30日（星期四）",
    ]


def test_a_day_before_an_event_that_is_a_weekend_goes_back_to_friday() -> None:
    latest = latest_before(date(2026, 3, 21), 7, CALENDAR)

    assert latest == Deadline(date(2026, 3, 13))
    assert texts(latest)[-1] == "3月14日为星期六，提前至3月13日（星期五）"


def test_w14_after_thirty_days_is_the_thirty_first() -> None:
    first = first_day_after(date(2025, 12, 20), 30, CALENDAR)

    assert first == Deadline(date(2026, 1, 20))


def test_w16_seven_working_days_before_a_meeting() -> None:
    latest = latest_working_before(date(2025, 10, 13), 7, CALENDAR)

    assert latest == Deadline(date(2025, 9, 26))
    assert texts(latest) == [
        "2025年10月13日当日不计入，自前一日起向前推算7个工作日",
        "9月27日周末，不计",
        "9月28日（星期日）调休上班，计入",
        "10月1日至8日国庆节、中秋节放假，不计",
        "10月11日（星期六）调休上班，计入",
        "10月12日周末，不计",
        "最迟为9月26日（星期五）",
    ]


@pytest.mark.parametrize(
    ("accepted", "finished", "pauses", "net"),
    [
        (date(2025, 12, 5), date(2025, 12, 19), (), 10),  # N01
        (date(2026, 1, 26), date(2026, 2, 25), (), 17),  # N03
        (
            date(2026, 3, 9),
            date(2026, 4, 3),
            (Pause(date(2026, 3, 11), date(2026, 3, 18)),),
            14,
        ),  # N04
        (date(2026, 4, 20), date(2026, 5, 8), (), 11),  # N09
        (date(2026, 7, 6), date(2026, 7, 28), (), 16),  # N10
        (date(2026, 4, 7), date(2026, 4, 17), (), 8),  # reserved for D01
        (date(2026, 3, 2), date(2026, 3, 6), (), 4),  # D03
        (date(2026, 10, 9), date(2026, 10, 19), (), 7),  # D06: 10-10 works
    ],
)
def test_net_working_days(
    accepted: date, finished: date, pauses: tuple[Pause, ...], net: int
) -> None:
    assert working_days_between(accepted, finished, CALENDAR, pauses) == net


def test_the_pause_of_n04_moves_its_deadline_and_is_told() -> None:
    pause = Pause(date(2026, 3, 11), date(2026, 3, 18))

    deadline = deadline_working(date(2026, 3, 9), 15, CALENDAR, [pause])

    assert deadline == Deadline(date(2026, 4, 7))
    assert texts(deadline) == [
        "2026年3月9日为起算日，不计入；自次日起计算15个工作日",
        "3月11日补正通知次日至3月18日暂停，共5个工作日，不计",
        "3月21日至22日周末，不计",
        "3月28日至29日周末，不计",
        "4月4日至6日清明节放假，不计",
        "第15个工作日为4月7日（星期二），期限于当日届满",
    ]


def test_overlapping_pauses_count_once() -> None:
    pauses = [
        Pause(date(2026, 3, 11), date(2026, 3, 18)),
        Pause(date(2026, 3, 13), date(2026, 3, 17), "听证"),
    ]

    deadline = deadline_working(date(2026, 3, 9), 15, CALENDAR, pauses)

    assert deadline == Deadline(date(2026, 4, 7))


def test_a_pause_before_the_start_or_after_the_end_changes_nothing() -> None:
    pauses = [
        Pause(date(2026, 3, 3), date(2026, 3, 5)),
        Pause(date(2026, 3, 10), date(2026, 3, 20)),
    ]

    deadline = deadline_working(date(2026, 3, 5), 3, CALENDAR, pauses)

    assert deadline == Deadline(date(2026, 3, 10))
    assert not any("暂停" in text for text in texts(deadline))


def test_a_pause_of_calendar_days_counts_calendar_days() -> None:
    pause = Pause(date(2026, 3, 11), date(2026, 3, 18))

    deadline = deadline_calendar(date(2026, 3, 9), 15, CALENDAR, [pause])

    assert deadline == Deadline(date(2026, 3, 31))
    assert texts(deadline)[1:] == [
        "3月11日补正通知次日至3月18日暂停，共7日，不计",
        "届满日为3月31日（星期二）",
    ]


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Invalid, match="早于通知"):
        Pause(date(2026, 3, 18), date(2026, 3, 11))


def test_a_deadline_tells_each_stretch_that_does_not_count() -> None:
    assert texts(deadline_working(date(2026, 2, 10), 15, CALENDAR)) == [
        "2026年2月10日为起算日，不计入；自次日起计算15个工作日",
        "2月14日（星期六）调休上班，计入",
        "2月15日至23日春节放假，不计",
        "2月28日（星期六）调休上班，计入",
        "3月1日周末，不计",
        "3月7日至8日周末，不计",
        "第15个工作日为3月9日（星期一），期限于当日届满",
    ]


def test_two_make_up_days_in_a_row_have_a_line_each() -> None:
    assert texts(deadline_working(date(2023, 1, 20), 3, CALENDAR))[1:] == [
        "1月21日至27日春节放假，不计",
        "1月28日（星期六）调休上班，计入",
        "1月29日（星期日）调休上班，计入",
        "第3个工作日为1月30日（星期一），期限于当日届满",
    ]


def test_a_deadline_tells_why_it_is_put_off() -> None:
    in_a_holiday = deadline_calendar(date(2026, 2, 3), 15, CALENDAR)
    on_a_weekend = deadline_calendar(date(2026, 3, 13), 15, CALENDAR)

    assert texts(in_a_holiday)[1:] == [
        "届满日为2月18日（星期三）",
        "届满日2月18日为春节假期，顺延至2月24日（星期二）",
    ]
    assert texts(on_a_weekend)[-1] == "届满日3月28日为星期六，顺延至3月30日（星期一）"


def test_a_stretch_over_the_end_of_a_month_or_year_names_both_days() -> None:
    over_a_year = deadline_working(date(2022, 12, 29), 2, CALENDAR)
    over_a_month = deadline_working(date(2023, 9, 27), 2, CALENDAR)

    assert "12月31日至2023年1月2日元旦放假，不计" in texts(over_a_year)
    assert "9月29日至10月6日中秋节、国庆节放假，不计" in texts(over_a_month)
