"""Due days as a calendar file (RFC 5545); nothing else knows the library."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from reviewflow.queries.calendar_feeds import DueDay

PRODUCT = "-//ReviewFlow//calendar//ZH"
NAME = "合法性审查平台：期限"
ONE_DAY = timedelta(days=1)
IN_THE_MORNING = timedelta(hours=9)
READ_EVERY = timedelta(hours=6)


def calendar_file(days: Iterable[DueDay], root: str, host: str, now: datetime) -> bytes:
    """Return a calendar with one all-day event for each due day.

    Args:
        days: What it tells.
        root: The address of the site, without a slash at its end.
        host: Its name; with their keys it makes events known all over the world.
        now: When it is made.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    for one in days:
        calendar.add_component(_event(one, root, host, now))
    written: bytes = calendar.to_ical()
    return written


def _event(one: DueDay, root: str, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", one.title)
    event.add("description", "\n".join(one.lines))
    event.add("url", root + one.path)
    for day in one.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", day - one.day + IN_THE_MORNING)
        event.add_component(alarm)
    return event
