"""One answer, as somebody typed it, to a value of its question's type."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from reviewflow.kinds.fields import SEVERAL, Field, FieldType

Value = str | int | bool | date | list[str] | list[int] | None

MAX_TEXT = 200
MAX_LONG_TEXT = 20_000
MAX_NUMBER = 10**12
DAY = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
YES_NO = {"yes": True, "no": False, "是": True, "否": False}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


class BadAnswer(ValueError):
    """The answer breaks a rule of its question; the text says how to mend it."""


def read_answer(question: Field, sent: object) -> Value:
    """Return the value of one answer, None if nothing was answered.

    Raises:
        BadAnswer: It is not what the question asks for.
    """
    if isinstance(sent, list | tuple):
        if question.type not in SEVERAL:
            raise BadAnswer(f"{question.label}只能填写一项。")
    elif isinstance(sent, Mapping):
        raise BadAnswer(f"{question.label}的格式不正确，请重新填写。")
    if sent is None or sent in ("", [], ()):
        return None
    return READERS[question.type](question, sent)


def plain(sent: object) -> str:
    """Return text with half-width digits and letters, and without spaces."""
    if isinstance(sent, bool):
        return "yes" if sent else "no"
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(sent)))


def visible(text: str) -> str:
    """Return text without marks that show nothing or turn the way it is read."""
    return INVISIBLE.sub("", text)


def _text(question: Field, sent: object) -> str | None:
    if isinstance(sent, bool) or not isinstance(sent, str | int | float):
        raise BadAnswer(f"{question.label}的格式不正确，请重新填写。")
    text = visible(str(sent)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if question.type is FieldType.TEXT:
        text = " ".join(text.split())
    if UNPRINTABLE.search(text):
        raise BadAnswer(f"{question.label}中有无法显示的字符，请删除后再提交。")
    most = question.max or (
        MAX_TEXT if question.type is FieldType.TEXT else MAX_LONG_TEXT
    )
    if len(text) > most:
        raise BadAnswer(
            f"{question.label}最多 {most} 字，现有 {len(text)} 字，请删减。"
        )
    return text or None


def _choice(question: Field, sent: object) -> str | None:
    code = plain(sent)
    if not code:
        return None
    if code not in question.choices:
        offered = "、".join(question.choices.values())
        raise BadAnswer(f"{question.label}：请从{offered}中选择一项。")
    return code


def _choices(question: Field, sent: object) -> list[str] | None:
    many = list(sent) if isinstance(sent, list | tuple) else [sent]
    codes = [_choice(question, one) for one in many]
    return list(dict.fromkeys(code for code in codes if code)) or None


def _yes_no(question: Field, sent: object) -> bool | None:
    word = plain(sent).lower()
    if not word:
        return None
    if word not in YES_NO:
        raise BadAnswer(f"{question.label}：请选择“是”或“否”。")
    return YES_NO[word]


def _date(question: Field, sent: object) -> date | None:
    if isinstance(sent, date):
        return sent
    text = plain(sent)
    if not text:
        return None
    found = DAY.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        return date(*parts)
    except (ValueError, TypeError):
        raise BadAnswer(
            f"{question.label}：“{sent}”不是日期，请按 2026-03-02 的格式填写。"
        ) from None


def _number(question: Field, sent: object) -> int | None:
    text = plain(sent).removesuffix(".0").replace(",", "")
    if not text:
        return None
    if isinstance(sent, bool) or not re.fullmatch(r"-?\d{1,13}", text):
        raise BadAnswer(f"{question.label}：请填写整数，例如 30。")
    number = int(text)
    least = -MAX_NUMBER if question.min is None else question.min
    most = MAX_NUMBER if question.max is None else question.max
    if number < least:
        raise BadAnswer(f"{question.label}不能小于 {least}。")
    if number > most:
        raise BadAnswer(f"{question.label}不能大于 {most}。")
    return number


def _key(question: Field, sent: object) -> int | None:
    text = plain(sent)
    if not text:
        return None
    if isinstance(sent, bool) or not re.fullmatch(r"\d{1,12}", text):
        raise BadAnswer(f"请从列表中选择{question.label}。")
    return int(text)


def _keys(question: Field, sent: object) -> list[int] | None:
    many = list(sent) if isinstance(sent, list | tuple) else [sent]
    keys = [_key(question, one) for one in many]
    return list(dict.fromkeys(key for key in keys if key is not None)) or None


READERS: dict[FieldType, Callable[[Field, object], Value]] = {
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.DATE: _date,
    FieldType.NUMBER: _number,
    FieldType.PERSON: _key,
    FieldType.PEOPLE: _keys,
    FieldType.UNIT: _key,
    FieldType.UNITS: _keys,
}
