"""The one place that asks the machine for the time, and Beijing dates."""

from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def beijing_date(instant: datetime) -> date:
    """Return the day in Beijing at that instant."""
    return instant.astimezone(BEIJING).date()


def beijing_instant(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """Return the UTC instant of a Beijing day and time."""
    return datetime.combine(day, time(hour, minute), BEIJING).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the instant at which that Beijing day is over (24:00)."""
    return beijing_instant(day + timedelta(days=1))
