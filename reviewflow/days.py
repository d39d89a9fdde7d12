"""A day as people type it, read in one way."""

from collections.abc import Mapping
from datetime import date

YEARS = range(1949, 2200)


def read_day(
    typed: Mapping[str, str | None], name: str, errors: dict[str, str]
) -> date | None:
    """Return the day typed under a name; none if it is empty or not understood.

    Args:
        typed: As typed.
        name: Which of it.
        errors: Takes a sentence under that name if the day is not understood.
    """
    text = (typed.get(name) or "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        errors[name] = f"日期“{text}”不能识别，请按 2026-01-01 的格式填写。"
        return None
    if day.year in YEARS:
        return day
    first, last = YEARS[0], YEARS[-1]
    errors[name] = f"日期“{text}”应在 {first} 年至 {last} 年之间，请核对。"
    return None
