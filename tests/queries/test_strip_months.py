"""The calendar of a period says of each day what the counting made of it."""

from collections import Counter
from datetime import date
from html import unescape

from flask import Flask

from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Unit
from reviewflow.queries.deadlines import StripDay, Use, reckon
from reviewflow.queries.strip_months import Mark, marks_of, strip_months

LAW = load_law()


def strip(start: str, days: str, unit: Unit) -> tuple[StripDay, ...]:
    return reckon(LAW, start, days, unit).strip


def marked(days: tuple[StripDay, ...]) -> dict[date, Mark]:
    """Return what is written on which day, after looking at the shape of the months."""
    found: dict[date, Mark] = {}
    for month in strip_months(days):
        assert all(len(week) == 7 for week in month.weeks)
        squares = [one for week in month.weeks for one in week if one is not None]
        assert [one.day.day for one in squares] == list(range(1, len(squares) + 1))
        assert {(one.day.year, one.day.month) for one in squares} == {
            (month.year, month.number)
        }
        found |= {one.day: one.mark for one in squares if one.mark is not None}
    return found


def test_every_day_of_the_period_is_marked_once_and_no_other() -> None:
    days = strip("2026-02-10", "15", Unit.WORKING_DAY)
    marks = marked(days)
    assert list(marks) == [one.day for one in days]
    assert marks[date(2026, 2, 10)] is Mark.START
    assert marks[date(2026, 2, 14)] is Mark.MAKEUP
    assert marks[date(2026, 2, 16)] is Mark.HOLIDAY
    assert marks[date(2026, 3, 7)] is Mark.WEEKEND
    assert marks[date(2026, 3, 9)] is Mark.DUE
    counts = Counter(marks.values())
    assert counts[Mark.COUNTED] + counts[Mark.MAKEUP] + counts[Mark.DUE] == 15
    assert marks_of(days) == [mark for mark in Mark if mark in counts]


def test_days_that_put_the_end_off_or_stand_still_say_so() -> None:
    put_off = marked(strip("2026-02-03", "15", Unit.CALENDAR_DAY))
    assert put_off[date(2026, 2, 17)] is Mark.COUNTED  # a holiday, but a day
    assert put_off[date(2026, 2, 23)] is Mark.PUT_OFF
    assert put_off[date(2026, 2, 24)] is Mark.DUE
    days = tuple(
        StripDay(day, LAW.calendar.kind(day), "", Use.PAUSED)
        for day in (date(2026, 3, 5), date(2026, 3, 6))
    )
    assert set(marked(days).values()) == {Mark.PAUSED}


def test_no_days_make_no_months() -> None:
    assert strip_months(()) == []
    assert marks_of(()) == []


def test_the_page_writes_the_words_and_explains_them(app: Flask) -> None:
    asked = {"start": "2026-02-10", "days": "15", "unit": "工作日"}
    answer = app.test_client().get("/public/calculator", query_string=asked)
    page = unescape(answer.text)
    assert page.count('<td class="counted"') == 12
    assert page.count('<td class="makeup"') == 2
    assert page.count('<td class="holiday" title="春节"') == 9
    assert page.count("计入班") == 3  # two days and the legend
    for words in ("2026年2月", "2026年3月", "法定节假日放假，不计入", "图例"):
        assert words in page
    assert "paused" not in page
