"""Dates, numbers and sizes as people read them."""

from datetime import date, datetime
from decimal import Decimal

from flask import Flask, request, url_for

from reviewflow import chinese, clock

WEEKDAYS = "一二三四五六日"
STEP = 1024
NEAR_PAGES = 2


def install(app: Flask) -> None:
    """Give every template the filters and what helps to walk through lists."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        number=number,
        percent=percent,
        short_day=short_day,
        short_moment=short_moment,
        size=size,
        weekday=weekday,
    )
    app.jinja_env.globals.update(here=here, page_places=page_places)


def beijing(value: date) -> date:
    """Return the day, or the instant on a clock in Beijing."""
    return value.astimezone(clock.BEIJING) if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """2026年11月23日; a dash for none."""
    return "—" if value is None else chinese.day(beijing(value))


def short_day(value: date | None) -> str:
    """11-23, with the year if it is another one; for tables."""
    if value is None:
        return "—"
    there = beijing(value)
    this_year = clock.beijing_date(clock.now()).year
    return there.strftime("%m-%d" if there.year == this_year else "%Y-%m-%d")


def weekday(value: date) -> str:
    """星期一 for a Monday."""
    return f"星期{WEEKDAYS[beijing(value).weekday()]}"


def moment(value: datetime | None) -> str:
    """2026年11月23日 10:42 in Beijing; a dash for none."""
    return "—" if value is None else f"{day(value)} {beijing(value):%H:%M}"


def short_moment(value: datetime | None) -> str:
    """11-23 10:42 in Beijing; for tables."""
    return "—" if value is None else f"{short_day(value)} {beijing(value):%H:%M}"


def size(size_bytes: int) -> str:
    """Return 86 KB, 1.2 MB, 74.1 GB."""
    if size_bytes < STEP:
        return f"{size_bytes} 字节"
    if size_bytes < STEP * STEP:
        return f"{round(size_bytes / STEP)} KB"
    if size_bytes < STEP**3:
        return f"{size_bytes / STEP**2:.1f} MB"
    return f"{size_bytes / STEP**3:.1f} GB"


def number(value: float | None) -> str:
    """1,234; a dash for none."""
    return "—" if value is None else f"{value:,}"


def percent(value: Decimal | str | None) -> str:
    """Return 97.50%; a dash where there is nothing to divide."""
    return "—" if value is None else f"{Decimal(value):.2f}%"


def here(**changes: object) -> str:
    """Return the address of this page with parts of its filter changed."""
    filters: dict[str, object] = request.args.to_dict(flat=False) | changes
    kept = {name: value for name, value in filters.items() if value is not None}
    return url_for(str(request.endpoint), **(request.view_args or {}), **kept)  # type: ignore[arg-type]


def page_places(place: int, last: int) -> list[int | None]:
    """Return the page numbers to offer; None where some are left out."""
    near = set(range(place - NEAR_PAGES, place + NEAR_PAGES + 1)) | {1, last}
    shown = sorted(one for one in near if 1 <= one <= last)
    places: list[int | None] = []
    for one in shown:
        if places and places[-1] is not None and one - places[-1] > 1:
            places.append(None)
        places.append(one)
    return places
