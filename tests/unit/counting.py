"""What tests of counting share: the shipped calendar, days and lengths to try."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from reviewflow.law.deadlines import (
    Deadline,
)
from reviewflow.law.lawbook import load_law

CALENDAR = load_law().calendar
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
SHARED = Path(__file__).parents[3] / "shared" / "holidays"

DAYS = st.dates(date(2007, 6, 1), date(2025, 12, 31))
LENGTHS = st.integers(1, 60)


def every_day() -> Iterator[date]:
    for number in range((LAST - FIRST).days + 1):
        yield FIRST + timedelta(days=number)


def texts(deadline: Deadline) -> list[str]:
    return [step.text for step in deadline.steps]
