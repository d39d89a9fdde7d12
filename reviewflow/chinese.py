"""Days and counts as an official letter writes them."""

from datetime import date

DIGITS = "零一二三四五六七八九"
TEN = 10
HUNDRED = 100


def day(value: date | None) -> str:
    """2026年3月2日, without leading zeros; nothing for none (GB/T 9704-2012)."""
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


def count(number: int) -> str:
    """一, 十, 十二, 二十 … as items are numbered; digits from one hundred on."""
    if not 0 < number < HUNDRED:
        return str(number)
    tens, ones = divmod(number, TEN)
    head = "" if not tens else f"{DIGITS[tens] if tens > 1 else ''}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def line(text: object) -> str:
    """Return text on one line, for the middle of a sentence."""
    return " ".join(str(text or "").split())


def end_of_sentence(text: object) -> str:
    """Return text on one line without the mark it ends with; the wording sets one."""
    return line(text).rstrip("。；;．.，, ")
