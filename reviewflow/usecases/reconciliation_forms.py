"""What may stand in a list of issued documents: its columns, and each row, checked."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.errors import Invalid
from reviewflow.list_columns import COLUMNS, NEEDED
from reviewflow.matching import number_key, title_key
from reviewflow.model.people import Unit
from reviewflow.usecases.comment_forms import DAY, UNFIT

LONGEST = {"title": 200, "doc_number": 60, "maker": 60}
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"[2-6]\d{4}")
BEFORE_ALL = date(1899, 12, 30)
"""The day a spreadsheet counts from when it writes a date as a number."""
EARLIEST = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked row of a list, not yet stored."""

    line: int
    maker_id: int
    title: str
    doc_number: str
    issued_on: date

    @property
    def digest(self) -> str:
        """By which the row is known, however it is written."""
        parts = (
            str(self.maker_id),
            number_key(self.doc_number),
            title_key(self.title),
            self.issued_on.isoformat(),
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def read_columns(
    sent: Mapping[str, str], headings: Sequence[str], *, names_makers: bool
) -> dict[str, str]:
    """Return which heading is which field.

    Args:
        sent: Heading by field.
        headings: Of the sheet.
        names_makers: The rows have to name their makers.

    Raises:
        Invalid: A field that is needed has none, or two have the same.
    """
    needed = (*NEEDED, "maker") if names_makers else NEEDED
    fields = [field for field in COLUMNS if field != "maker" or names_makers]
    chosen = {field: sent.get(field, "") for field in fields}
    errors = {
        field: f"请选择哪一列是{COLUMNS[field]}。"
        for field, heading in chosen.items()
        if heading not in headings and (heading or field in needed)
    }
    taken = [heading for heading in chosen.values() if heading]
    for field, heading in chosen.items():
        if heading and taken.count(heading) > 1 and field not in errors:
            errors[field] = f"“{heading}”选了两次，请分别选择。"
    if errors:
        raise Invalid(errors)
    return {field: heading for field, heading in chosen.items() if heading}


def read_entry(
    line: int, cells: Mapping[str, str], makers: Mapping[str, int], today: date
) -> Entry:
    """Return a row of a list.

    Args:
        line: Its line in the sheet.
        cells: Texts by field; only fields that have a column.
        makers: Ids of the makers by the names they go by; "" is the one of a list
            that is one maker's.
        today: No later day is taken.

    Raises:
        Invalid: With a sentence for each cell that breaks a rule, by its field.
    """
    values = {name: UNFIT.sub("", text).strip() for name, text in cells.items()}
    errors = {
        name: f"{COLUMNS[name]}不超过 {LONGEST[name]} 字，请核对。"
        for name, text in values.items()
        if len(text) > LONGEST.get(name, len(text))
    }
    if not values["title"].strip("《》 "):
        errors["title"] = "缺少文件名称。"
    if values.get("doc_number") == "":
        errors["doc_number"] = "缺少发文字号。"
    maker_id = makers.get(values.get("maker", ""))
    if maker_id is None and "maker" not in errors:
        errors["maker"] = _about_maker(values.get("maker", ""))
    issued_on = read_day(values["issued_on"])
    if issued_on is None:
        errors["issued_on"] = "请填写发文日期，例如：2026-03-02。"
    elif not EARLIEST <= issued_on <= today:
        errors["issued_on"] = "发文日期不能晚于今天，也不能早于 1949 年，请核对。"
    if errors or maker_id is None or issued_on is None:
        raise Invalid(errors)
    number = values.get("doc_number", "")
    return Entry(line, maker_id, values["title"].strip("《》 "), number, issued_on)


def read_day(typed: str) -> date | None:
    """Return a day as tables have it: 2026-03-02, 2026年3月2日, 20260302, 46083."""
    if SERIAL.fullmatch(typed):
        return BEFORE_ALL + timedelta(days=int(typed))
    found = DAY.fullmatch(typed) or COMPACT.fullmatch(typed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def names_of(makers: Sequence[Unit]) -> dict[str, int]:
    """Return the makers by every name they go by in a list."""
    names = {unit.short_name: unit.id for unit in makers}
    return names | {unit.name: unit.id for unit in makers}


def _about_maker(typed: str) -> str:
    if not typed:
        return "缺少制定机关。"
    return f"“{typed}”不在您核对的机关之内，请按机构名册填写全称或者简称。"
