from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from reviewflow.model.people import Role, UnitDuty
from tests.conftest import NOON_MONDAY
from web import filters
from web.charts import bar_chart
from web.labels import label

LATE_IN_LONDON = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
"""Already Tuesday, half past seven, in Beijing."""


def test_days_and_instants_read_as_in_beijing() -> None:
    assert filters.day(date(2026, 3, 2)) == "2026年3月2日"
    assert filters.day(LATE_IN_LONDON) == "2026年3月3日"
    assert filters.moment(LATE_IN_LONDON) == "2026年3月3日 07:30"
    assert filters.weekday(LATE_IN_LONDON) == "星期二"


def test_tables_leave_out_the_present_year() -> None:
    with time_machine.travel(NOON_MONDAY, tick=False):
        assert filters.short_day(date(2026, 11, 23)) == "11-23"
        assert filters.short_day(date(2025, 11, 23)) == "2025-11-23"
        assert filters.short_moment(LATE_IN_LONDON) == "03-03 07:30"


def test_nothing_is_a_dash() -> None:
    shown = (filters.day, filters.short_day, filters.moment, filters.short_moment)
    assert {show(None) for show in shown} == {"—"}
    assert filters.number(None) == filters.percent(None) == label(None) == "—"


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 字节"),
        (88_064, "86 KB"),
        (1_258_291, "1.2 MB"),
        (52_428_800, "50.0 MB"),
        (79_564_903_219, "74.1 GB"),
    ],
)
def test_sizes(size_bytes: int, shown: str) -> None:
    assert filters.size(size_bytes) == shown


def test_rates_keep_two_decimals() -> None:
    assert filters.percent("93.75") == "93.75%"
    assert filters.percent(Decimal(100)) == "100.00%"
    assert filters.number(12345) == "12,345"


def test_a_value_is_called_by_the_words_under_it() -> None:
    assert label(Role.REVIEW_HANDLER) == "审查承办人"
    assert label(UnitDuty.OFFICE) == "办公机构"


@pytest.mark.parametrize(
    ("place", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (9, 9, [1, None, 7, 8, 9]),
    ],
)
def test_pages_far_away_are_left_out(
    place: int, last: int, shown: list[int | None]
) -> None:
    assert filters.page_places(place, last) == shown


def test_another_page_keeps_the_filter(app: Flask) -> None:
    with app.test_request_context("/signin?state=late&state=soon&page=2"):
        assert filters.here(page=3) == "/signin?state=late&state=soon&page=3"
        assert filters.here(page=None, state="fine") == "/signin?state=fine"


@pytest.mark.parametrize("values", [[0, 0], [1, 3], [18, 30], [250, 999]])
def test_no_bar_is_higher_than_its_chart(values: list[int]) -> None:
    chart = bar_chart(["一月", "二月"], values, [0, 1])
    assert all(0 <= bar.y <= chart.height for bar in chart.bars)
    assert max(int(tick.text) for tick in chart.ticks) >= max(values)
