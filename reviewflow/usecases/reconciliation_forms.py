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
Makers = Mapping[str, Sequence[int]]
BEFORE_ALL = date(1899, 12, 30)
"""The day a spreadsheet counts from when it writes a date as a number."""
MEND = "请补充，或者从表格中删去这一行。"
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
    errors |= {
        field: f"第一行有两列都叫“{heading}”，请在表格中改名后重新导入。"
        for field, heading in chosen.items()
        if heading and headings.count(heading) > 1
    }
    taken = [heading for heading in chosen.values() if heading]
    for field, heading in chosen.items():
        if heading and taken.count(heading) > 1 and field not in errors:
            errors[field] = f"“{heading}”选了两次，请分别选择。"
    if errors:
        raise Invalid(errors)
    return {field: heading for field, heading in chosen.items() if heading}


def read_entry(
    line: int, cells: Mapping[str, str], makers: Makers, today: date
) -> Entry:
    """Return a row of a list.

    Args:
        line: Its line in the sheet.
        cells: Texts by field; only fields that have a column.
        makers: Ids of the makers by the names they go by, of several by the same;
            "" is the one of a list that is one maker's.
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
        errors["title"] = f"缺少文件名称，{MEND}"
    if values.get("doc_number") == "":
        errors["doc_number"] = f"缺少发文字号，{MEND}"
    named = makers.get(values.get("maker", ""), ())
    maker_id = named[0] if len(named) == 1 else None
    if maker_id is None and "maker" not in errors:
        errors["maker"] = _about_maker(values.get("maker", ""), len(named))
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


def names_of(makers: Sequence[Unit]) -> dict[str, tuple[int, ...]]:
    """Return the makers by every name they go by in a list.

    A short name may be several units'; a full name is one's.
    """
    names: dict[str, tuple[int, ...]] = {}
    for unit in makers:
        names[unit.short_name] = (*names.get(unit.short_name, ()), unit.id)
    return names | {unit.name: (unit.id,) for unit in makers}


def repeated_numbers(entries: Sequence[Entry]) -> dict[int, str]:
    """Return what is wrong with rows that have the number of another document.

    The same row twice is one; a number is one document's of its maker.

    Returns:
        Sentences by line.
    """
    first: dict[tuple[int, str], Entry] = {}
    findings = {}
    for entry in entries:
        if not any(letter.isdecimal() for letter in entry.doc_number):
            continue  # none, or said to have none
        key = (entry.maker_id, number_key(entry.doc_number))
        other = first.setdefault(key, entry)
        if other.digest != entry.digest:
            findings[entry.line] = (
                f"“{entry.doc_number}”与第 {other.line} 行重复，但名称或者日期不同，"
                "请核对文号，或者删去一行。"
            )
    return findings


def _about_maker(typed: str, owners: int) -> str:
    if not typed:
        return f"缺少制定机关，{MEND}"
    if owners:
        return f"简称“{typed}”有 {owners} 个机关，请填写全称。"
    return f"“{typed}”不在您核对的机关之内，请按机构名册填写全称或者简称。"
