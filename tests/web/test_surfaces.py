"""A due date is the same wherever it is told: ten thousand periods."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from html import unescape
from itertools import cycle

import pytest
import sqlalchemy as sa
from flask import Flask

from reviewflow import chinese, clocks, notices
from reviewflow.cli import main
from reviewflow.config import Settings
from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Unit, period_end
from reviewflow.letters.due_fields import due_fields
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.deadlines import Use, reckon
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.histories import DAY, Reference
from tests.steps import new_case
from tests.web.desk import Desk
from tests.web.program import Programs
from tests.web.test_calendar_feeds import read, subscribed

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


LIMITS = {"TL-13": (15, Unit.CALENDAR_DAY), "TL-16": (5, Unit.WORKING_DAY)}
"""Limits of the register, each in force since 2023."""


def begun(as_: As, cast: Cast) -> dict[int, tuple[date, str]]:
    """Start clocks in a case of the drafter on days of the sample; give them by id."""
    case_id, found = new_case(as_, cast), {}
    with as_(None) as work:
        case = work.get(Case, case_id)
        starts = [day for day, _, _ in periods(MANY // 10) if day >= date(2023, 3, 1)]
        for day, limit_id in zip(starts[:SHOWN], cycle(LIMITS), strict=False):
            row = clocks.start_clock(work, case, limit_id, started_on=day)
            why = partial(clocks.explain, work, row)
            said = {"due": chinese.day(row.due_on), "reason": str(row.limit_id)}
            notices.notify(work, case, [cast.drafter], "review_extended", why, **said)
            work.session.flush()
            found[row.id] = day, limit_id
    return found


def test_message_letter_and_calendar_say_what_page_and_program_say(
    app: Flask, runtime: Runtime, as_: As, cast: Cast, programs: Programs
) -> None:
    rows = begun(as_, cast)
    program, desk = programs(cast.drafter), Desk(app, "drafter")
    address = subscribed(desk)
    events = {uid.split("@")[0]: one for uid, one in read(app, address).items()}
    for row_id, (start, limit_id) in rows.items():
        days, unit = LIMITS[limit_id]
        told = program.get("/deadline", start=start, days=days, unit=unit).get_json()
        steps, due = [step["text"] for step in told["steps"]], told["due_on"]
        page = desk.page(f"/deadlines/{row_id}")
        assert all(text in page for text in steps)
        event = events[f"deadline-{row_id}"]
        assert str(event.decoded("DTSTART")) == due
        assert str(event["DESCRIPTION"]).split("\n")[: len(steps)] == steps
        with runtime.read(cast.drafter) as work:
            case = work.get(CaseDeadline, row_id).case
            on = date.fromisoformat(due)
            letter = due_fields(work, case, start, on)
            texts = work.session.scalars(sa.select(OutboxMessage.text)).all()
        assert letter == {"due_on": chinese.day(on), "due_derivation": "；".join(steps)}
        said = f"延长至{chinese.day(on)}，理由：{limit_id}。{steps[0]}。\n"
        assert any(text.endswith(said + "\n".join(steps[1:])) for text in texts)
