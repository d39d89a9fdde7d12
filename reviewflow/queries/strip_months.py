"""The days of a period as a calendar: what each was for the counting, in one word."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.law.calendar import DayKind
from reviewflow.queries.deadlines import StripDay, Use


class Mark(StrEnum):
    """What is written on a day; the value is short, the name of it says why."""

    START = "起算"
    """起算日，不计入，自次日起计算"""
    COUNTED = "计入"
    """计入"""
    MAKEUP = "计入班"
    """调休上班，计入"""
    WEEKEND = "周末"
    """周末，不计入"""
    HOLIDAY = "放假"
    """法定节假日放假，不计入"""
    PAUSED = "暂停"
    """暂停计时，不计入"""
    PUT_OFF = "顺延"
    """届满日为休息日，顺延"""
    DUE = "届满"
    """届满日，当日 24:00 届满"""


BY_USE = {
    Use.START: Mark.START,
    Use.PAUSED: Mark.PAUSED,
    Use.PUT_OFF: Mark.PUT_OFF,
    Use.DUE: Mark.DUE,
}
OFF = {DayKind.WEEKEND: Mark.WEEKEND, DayKind.HOLIDAY: Mark.HOLIDAY}


@dataclass(frozen=True, slots=True)
class Square:
    """A day of a month; one outside the period has no mark."""

    day: date
    mark: Mark | None
    name: str
    """The holiday it belongs to, or is worked for."""


@dataclass(frozen=True, slots=True)
class StripMonth:
    """A month in weeks from Monday on; days of other months are left empty."""

    year: int
    number: int
    weeks: Sequence[Sequence[Square | None]]


def strip_months(strip: Sequence[StripDay]) -> list[StripMonth]:
    """Return every month a period touches, none for a period without its days."""
    known = {one.day: one for one in strip}
    months = dict.fromkeys((one.day.year, one.day.month) for one in strip)
    return [_month(year, number, known) for year, number in months]


def marks_of(strip: Sequence[StripDay]) -> list[Mark]:
    """Return the marks that occur, in the order of their explanation."""
    there = {_mark(one) for one in strip}
    return [mark for mark in Mark if mark in there]


def _month(year: int, number: int, known: dict[date, StripDay]) -> StripMonth:
    weeks = [
        [_square(day, known.get(day)) if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    return StripMonth(year, number, weeks)


def _square(day: date, one: StripDay | None) -> Square:
    return Square(day, _mark(one) if one else None, one.name if one else "")


def _mark(one: StripDay) -> Mark:
    if one.use in BY_USE:
        return BY_USE[one.use]
    if one.use is Use.OFF:
        return OFF[one.kind]
    return Mark.MAKEUP if one.kind is DayKind.MAKEUP else Mark.COUNTED
