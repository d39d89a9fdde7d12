"""A due date is the same wherever it is told: ten thousand periods."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from reviewflow.cli import main
from reviewflow.config import Settings
from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Unit, period_end
from reviewflow.queries.deadlines import Use, reckon
from tests.cast import Cast
from tests.queries.histories import DAY, Reference
from tests.web.program import Programs

LAW = load_law()
YEARS = LAW.calendar.years.values()
REFERENCE = Reference(
    {day for year in YEARS for day in year.days_off},
    {day for year in YEARS for day in year.makeup_days},
    by_work=False,
)
MANY, SHOWN = 10_000, 25
FIRST, LAST = date(2008, 1, 1), date(2026, 6, 30)
Period = tuple[date, int, Unit]


def periods(count: int) -> Iterator[Period]:
    """Give so many periods within the years whose notices are known."""
    chance = random.Random(4)  # noqa: S311 # a sample that can be drawn again
    span = (LAST - FIRST).days
    for _ in range(count):
        start = FIRST + chance.randint(0, span) * DAY
        yield start, chance.randint(1, 60), chance.choice(list(Unit)[:2])


def expected(start: date, days: int, unit: Unit) -> date:
    """Count the days the long way."""
    if unit is Unit.WORKING_DAY:
        return REFERENCE.after(start, days)
    last = start + timedelta(days=days)
    return last if REFERENCE.works(last) else REFERENCE.after(last, 1)


def test_ten_thousand_periods_end_when_counted_the_long_way() -> None:
    for start, days, unit in periods(MANY):
        found = period_end(start, days, unit, LAW.calendar)
        assert found.due_on == expected(start, days, unit), (start, days, unit)
        assert not found.provisional
        assert (found.steps[0].day, found.steps[-1].day) == (start, found.due_on)


def test_the_days_that_are_shown_as_counted_are_the_days_of_the_period() -> None:
    for start, days, unit in periods(MANY // 10):
        found = reckon(LAW, str(start), str(days), unit)
        uses = [one.use for one in found.strip]
        assert uses[0] is Use.START
        assert uses[-1] is Use.DUE
        if unit is Unit.WORKING_DAY:
            assert uses.count(Use.COUNTED) + 1 == days  # the last one is the due day
        else:
            assert len(uses) == (found.deadline.due_on - start).days + 1


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line work on the installation of the test."""
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REVIEWFLOW_ENV", "demo")


@pytest.mark.usefixtures("command")
def test_page_program_and_command_say_the_same(
    app: Flask, programs: Programs, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    program = programs(cast.drafter)
    stranger = app.test_client()
    for start, days, unit in periods(SHOWN):
        due = expected(start, days, unit)
        asked = {"start": str(start), "days": str(days), "unit": unit.value}
        told = program.get("/deadline", **asked).get_json()
        assert main(["deadline", str(start), str(days), "--unit", unit, "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == told
        assert told["due_on"] == str(due)
        page = unescape(stranger.get("/public/calculator", query_string=asked).text)
        assert f"{due.year}年{due.month}月{due.day}日" in page
        for step in told["steps"]:
            assert step["text"] in page
