"""Due dates in one's own calendar: who reads what, and at which address."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component

from reviewflow.queries.calendar_feeds import due_days
from reviewflow.usecases.people import disable_user
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case
from tests.web.desk import Desk, place
from tests.web.statements import counted

PAGE = "/me/calendar"
ADDRESS = re.compile(r'"digest">(?:https?://[^/<]+)(/calendar/[\w-]+\.ics)<')
ASK = {"outcome": "EXTEND", "conclusion": "", "reasons": "", "reason": "需要征求意见。"}
ALLOW = {"outcome": "APPROVE", "extra_days": 5, "reason": "需要征求意见。"}


def subscribed(desk: Desk) -> str:
    """Make an address and return it as the page shows it, once."""
    answer = desk.send(PAGE, {})
    assert answer.status_code == 200
    found = ADDRESS.search(answer.text)
    assert found
    assert found[1] not in desk.page(PAGE)
    return found[1]


def read(app: Flask, address: str) -> dict[str, Component]:
    """Return the events a calendar without a sign-in finds there, by their ids."""
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    parsed = Calendar.from_ical(answer.data)
    return {str(one["UID"]): one for one in parsed.walk("VEVENT")}


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """Bring a case to its handler."""
    number = new_case(as_, cast)
    bring_to(as_, cast, number, "draft_opinion")
    return number


def test_a_task_is_told_with_its_day_its_reasons_and_its_alarms(
    app: Flask, runtime: Runtime, cast: Cast, case_id: int
) -> None:
    events = read(app, subscribed(Desk(app, "handler")))
    (uid,) = [uid for uid in events if uid.startswith("task-")]
    event = events[uid]
    assert event.decoded("DTSTART") == date(2026, 3, 23)
    assert event.decoded("DTEND") == date(2026, 3, 24)
    assert "起草" in str(event["SUMMARY"])
    with runtime.read(cast.handler) as work:
        (known,) = [one for one in due_days(work) if one.key == uid.split("@")[0]]
        rule = work.law.warn_rule("TL-08", date(2026, 3, 2))
    assert str(event["DESCRIPTION"]) == "\n".join(known.lines)
    assert "15个工作日" in known.lines[0]
    assert f"第{15}个工作日为3月23日" in str(event["DESCRIPTION"])
    alarms = [one.decoded("TRIGGER") for one in event.walk("VALARM")]
    assert rule.amber_left_working_days == 3
    assert alarms[0] == timedelta(days=-5, hours=9)  # Wednesday morning, before Monday
    assert case_id


def test_an_event_stays_the_same_when_its_day_moves(
    app: Flask, as_: As, cast: Cast, case_id: int
) -> None:
    address = subscribed(Desk(app, "drafter"))
    before = read(app, address)
    do_next(as_, cast, case_id, "draft_opinion", **ASK)
    do_next(as_, cast, case_id, "approve_extension", **ALLOW)
    after = read(app, address)
    assert before.keys() == after.keys()
    (uid,) = before
    assert before[uid].decoded("DTSTART") == date(2026, 3, 23)
    assert after[uid].decoded("DTSTART") == date(2026, 3, 30)
    assert "经批准延长5个工作日" in str(after[uid]["DESCRIPTION"])


@pytest.mark.usefixtures("case_id")
def test_nobody_reads_what_is_not_theirs(app: Flask) -> None:
    assert read(app, subscribed(Desk(app, "drafter")))
    assert not read(app, subscribed(Desk(app, "other.drafter")))


@pytest.mark.usefixtures("case_id")
def test_an_old_an_ended_and_a_guessed_address_look_alike(
    app: Flask, as_: As, cast: Cast
) -> None:
    desk, stranger = Desk(app, "handler"), app.test_client()
    guessed = stranger.get("/calendar/guessed.ics")
    assert guessed.status_code == 404
    first = subscribed(desk)
    second = subscribed(desk)
    assert stranger.get(first).data == guessed.data
    assert read(app, second)
    assert place(desk.send(PAGE, {}, to=f"{PAGE}/end")) == PAGE
    assert "还没有订阅地址" in desk.page(PAGE)
    assert stranger.get(second).data == guessed.data
    assert desk.send(PAGE, {}, to=f"{PAGE}/end").status_code == 409
    third = subscribed(Desk(app, "drafter"))
    with as_(None) as work:
        disable_user(work, cast.drafter)
    assert stranger.get(third).data == guessed.data


@pytest.mark.usefixtures("case_id")
def test_many_days_are_read_as_few_are(
    app: Flask, runtime: Runtime, as_: As, cast: Cast
) -> None:
    address = subscribed(Desk(app, "drafter"))
    with counted(runtime) as few:
        assert len(read(app, address)) == 1
    for _ in range(3):
        bring_to(as_, cast, new_case(as_, cast), "draft_opinion")
    with counted(runtime) as many:
        assert len(read(app, address)) == 4
    assert len(many) == len(few)
