"""The yearly holiday notices (放假通知), and holidays with a fixed date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reviewflow.law.rows import Row, Verified, read_file, read_rows

SATURDAY = 5


@dataclass(frozen=True)
class Notice:
    """A State Council notice: its title and where it was published."""

    title: str
    address: str


@dataclass(frozen=True)
class YearNotice:
    """What the notices for one year say; days may lie in the years beside it.

    Source:
        《全国年节及纪念日放假办法》第六条、第七条, and the notices named.
    """

    year: int
    notices: tuple[Notice, ...]
    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]


@dataclass(frozen=True)
class FixedHoliday:
    """A holiday that falls on the same solar date every year.

    Source:
        《全国年节及纪念日放假办法》第二条第一项、第四项、第七项.
    """

    id: str
    name: str
    month: int
    day: int
    source: str
    verified: Verified


def read_year(path: Path) -> YearNotice:
    """Read one file of the folder `calendar`; its name is its year.

    Raises:
        Invalid: A field is wrong, or a day is both a day off and a make-up day.
    """
    row = Row(read_file(path), path.name)
    notice = notice_of(row)
    if path.stem != str(notice.year):
        raise row.wrong(f"文件名与年份{notice.year}不一致")
    return notice


def notice_of(row: Row) -> YearNotice:
    """Return what a row says of a year, every field of it used.

    Raises:
        Invalid: A field is wrong, or a day is both a day off and a make-up day.
    """
    year = row.whole("year")
    notices = tuple(_read_notice(part) for part in row.rows("notices"))
    if not notices:
        raise row.wrong("缺少放假通知的名称和网址")
    days_off = _days_off(row.rows("days_off"), year)
    makeup_days = _makeup_days(row.rows("makeup_days"), year)
    row.finish()
    for day in days_off.keys() & makeup_days.keys():
        raise row.wrong(f"{day}既是放假日又是调休上班日")
    return YearNotice(year, notices, days_off, makeup_days)


def read_fixed(path: Path) -> tuple[FixedHoliday, ...]:
    """Read the holidays with a fixed date, for years without a notice."""
    return tuple(_read_fixed_holiday(row) for row in read_rows(path))


def _read_notice(row: Row) -> Notice:
    notice = Notice(row.text("title"), row.text("address"))
    row.finish()
    return notice


def _read_fixed_holiday(row: Row) -> FixedHoliday:
    holiday = FixedHoliday(
        id=row.text("id"),
        name=row.text("name"),
        month=row.whole("month"),
        day=row.whole("day"),
        source=row.text("source"),
        verified=row.verified(),
    )
    row.finish()
    leap_year = 2000
    try:
        date(leap_year, holiday.month, holiday.day)
    except ValueError as error:
        raise row.wrong("没有这一天") from error
    return holiday


def _days_off(rows: list[Row], year: int) -> dict[date, str]:
    days: dict[date, str] = {}
    for row in rows:
        name, first, last = row.text("name"), row.day("first"), row.day("last")
        row.finish()
        _near(row, first, year)
        _near(row, last, year)
        if last < first:
            raise row.wrong("“last”早于“first”")
        for offset in range((last - first).days + 1):
            _enter(days, first + timedelta(days=offset), name, row)
    return days


def _makeup_days(rows: list[Row], year: int) -> dict[date, str]:
    days: dict[date, str] = {}
    for row in rows:
        name, day = row.text("name"), row.day("day")
        row.finish()
        _near(row, day, year)
        if day.weekday() < SATURDAY:
            raise row.wrong(f"{day}不是周末，不能是调休上班日")
        _enter(days, day, name, row)
    return days


def _near(row: Row, day: date, year: int) -> None:
    if abs(day.year - year) > 1:
        raise row.wrong(f"{day}不在{year}年或者其前后一年")


def _enter(days: dict[date, str], day: date, name: str, row: Row) -> None:
    if day in days:
        raise row.wrong(f"{day}重复")
    days[day] = name
