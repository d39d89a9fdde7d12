"""Holiday notices are read as they are published, or refused by the place."""

from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.law.amendments import Amendment, Register, year_of
from reviewflow.law.lawbook import load_law
from reviewflow.law.notice_text import WEEKDAYS, read_notice
from reviewflow.law.notices import YearNotice

YEARS = load_law().calendar.years
TITLE = "国务院办公厅关于{}年部分节假日安排的通知"
ADDRESS = "https://www.gov.cn/"
OF_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""
ITEMS = "一二三四五六七八九"


def read(text: str, year: int = 2026) -> YearNotice:
    fields = read_notice(text, TITLE.format(year), ADDRESS)
    return year_of(Amendment(Register.YEAR, str(year), fields))


def days(notice: YearNotice) -> tuple[dict[date, str], dict[date, str]]:
    return dict(notice.days_off), dict(notice.makeup_days)


def written(notice: YearNotice) -> str:
    """Write a year the way notices do, every date with its weekday."""
    names = list(dict.fromkeys(notice.days_off.values()))
    lines = []
    for number, name in zip(ITEMS, names, strict=False):
        off = [day for day, of in notice.days_off.items() if of == name]
        works = [day for day, of in notice.makeup_days.items() if of == name]
        year = f"{off[0].year}年" if off[0].year != notice.year else ""
        end = off[-1]
        until = f"{end.year}年" if year and end.year == notice.year else ""
        line = f"{number}、{name}：{year}{said(off[0])}"
        line += f"至{until}{said(end)}" if len(off) > 1 else ""
        line += f"放假，共{len(off)}天。"
        line += "、".join(map(said, works)) + "上班。" if works else ""
        lines.append(line)
    return "\n".join(lines)


def said(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def test_the_notice_of_2026_gives_what_is_shipped() -> None:
    assert days(read(OF_2026)) == days(YEARS[2026])
    assert read(OF_2026).notices[0].title == TITLE.format(2026)


@pytest.mark.parametrize("year", [y for y in YEARS if y >= 2016])
def test_every_year_written_out_is_read_back(year: int) -> None:
    assert days(read(written(YEARS[year]), year)) == days(YEARS[year])


def test_a_month_is_said_once_and_new_year_begins_in_the_old_one() -> None:
    found = read(
        "一、元旦：12月31日至1月2日放假调休，共3天。\n"
        "二、春节：1月21日至27日放假，共7天。1月28日（星期六）、29日（星期日）上班。",
        2023,
    )
    assert min(found.days_off) == date(2022, 12, 31)
    assert max(found.days_off) == date(2023, 1, 27)
    assert len(found.days_off) == 10
    assert list(found.makeup_days) == [date(2023, 1, 28), date(2023, 1, 29)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("一、春节：2月30日放假，共1天。", "未识别“2月30日”，请对照"),
        ("一、春节：2月15日（周一）放假，共1天。", "是周日，通知中写的是周一"),
        ("一、春节：2月15日至23日放假，共8天。", "写明放假8天，按日期计算为9天"),
        ("一、春节：另行放假。", "未识别“春节：另行放假”中的日期，请对照"),
        ("今年照常工作。", "没有找到放假安排"),
        ("一、元旦：1月1日放假。1月5日上班。", "2026-01-05不是周末"),
        ("一、元旦：1月1日放假。\n二、春节：1月1日放假。", "2026-01-01重复"),
    ],
)
def test_what_is_not_understood_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(text)


def test_a_title_without_a_year_is_refused() -> None:
    with pytest.raises(Invalid, match="没有年份"):
        read_notice("一、元旦：1月1日放假。", "放假通知", ADDRESS)
