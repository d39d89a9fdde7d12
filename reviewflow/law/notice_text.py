"""A holiday notice as it is published, read into days off and make-up days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from reviewflow.errors import Invalid

YEAR = re.compile(r"(20\d\d)年\S{0,6}节假日(?:放假)?安排")
ITEM = re.compile(
    r"^\s*[一二三四五六七八九十]+、\s*([^：:，。]{2,12})[：:](.+)$", re.MULTILINE
)
DAY = r"(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）|\(([^)]*)\))?"
SPAN = re.compile(rf"{DAY}(?:[至到—～-]+{DAY})?")
COUNT = re.compile(r"共(\d{1,2})天|放假(\d{1,2})天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
WEEKDAYS = "一二三四五六日"
NEW_YEAR = "元旦"
DECEMBER = 12
ONE_DAY = timedelta(days=1)


def read_notice(text: str, title: str, address: str) -> dict[str, Any]:
    """Return the row of a year that the text of a notice says.

    Args:
        text: As pasted: “一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。…”
        title: Of the notice.
        address: Where it was published.

    Raises:
        Invalid: The text is not understood whole; one sentence for each place.
    """
    year = YEAR.search(title) or YEAR.search(text)
    if year is None:
        sentence = "通知名称中没有年份，请写全，例如“关于2027年部分节假日安排的通知”。"
        raise Invalid({"title": sentence})
    reader = _Reader(int(year[1]))
    for name, body in ITEM.findall(text):
        reader.read(name.strip(), body)
    if not reader.days_off:
        reader.problems.append(
            "没有找到放假安排，请粘贴通知正文，例如“一、元旦：1月1日至3日放假调休，共3天。”"
        )
    if reader.problems:
        raise Invalid({"text": "".join(reader.problems)})
    return {
        "year": reader.year,
        "notices": [{"title": title.strip(), "address": address.strip()}],
        "days_off": reader.days_off,
        "makeup_days": reader.makeup_days,
    }


@dataclass
class _Reader:
    """Reads the items of a notice one by one and keeps what it cannot read."""

    year: int
    days_off: list[dict[str, str]] = field(default_factory=list)
    makeup_days: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def read(self, name: str, body: str) -> None:
        """Read what is said of one holiday, sentence by sentence."""
        for sentence in re.split("[。；]", body):
            if "上班" in sentence:
                self._work(name, sentence)
            elif "放假" in sentence:
                self._rest(name, sentence)

    def _rest(self, name: str, sentence: str) -> None:
        spans = list(self._spans(name, sentence))
        if not spans and SPAN.search(sentence) is None:
            self.problems.append(
                f"未识别“{name}：{sentence}”中的日期，请对照通知原文更正。"
            )
        for first, last in spans:
            self.days_off.append({"name": name, "first": str(first), "last": str(last)})
        said = COUNT.search(sentence)
        days = sum((last - first).days + 1 for first, last in spans)
        told = int(said[1] or said[2]) if said and spans else days
        if told != days:
            self.problems.append(
                f"“{name}”写明放假{told}天，按日期计算为{days}天，请核对。"
            )

    def _work(self, name: str, sentence: str) -> None:
        for first, last in self._spans(name, sentence):
            day = first
            while day <= last:
                self.makeup_days.append({"name": name, "day": str(day)})
                day += ONE_DAY

    def _spans(self, name: str, sentence: str) -> Iterator[tuple[date, date]]:
        """Give first and last day of each date or stretch a sentence names."""
        month = 0
        for found in SPAN.finditer(sentence):
            parts = found.groups()
            first = self._day(name, parts[:5], month)
            if first is None:
                continue
            month = first.month
            last = self._day(name, parts[5:], month, first) if parts[7] else first
            if last is None:
                continue
            month = last.month
            yield first, last

    def _day(
        self,
        name: str,
        parts: tuple[str | None, ...],
        month: int,
        after: date | None = None,
    ) -> date | None:
        year, said_month, day, *brackets = parts
        number = int(said_month or month or 0)
        try:
            found = date(self._year(name, year, number, after), number, int(day or 0))
        except ValueError:
            self.problems.append(
                f"未识别“{said_month or month}月{day}日”，请对照通知原文更正。"
            )
            return None
        weekday = WEEKDAY.search("".join(part or "" for part in brackets))
        meant = WEEKDAYS[found.weekday()]
        if weekday and weekday[1].replace("天", "日") != meant:
            self.problems.append(
                f"“{found.month}月{found.day}日”是周{meant}，通知中写的是周{weekday[1]}，请核对。"
            )
        return found

    def _year(self, name: str, said: str | None, month: int, after: date | None) -> int:
        """New Year begins in the old year, and a stretch may end in the new one."""
        if said:
            return int(said)
        if after is not None:
            return after.year + (month < after.month)
        return self.year - (name.startswith(NEW_YEAR) and month == DECEMBER)
