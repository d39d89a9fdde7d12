"""Rows of the data files, read so that a mistake is named by file and row."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypedDict, TypeVar

import yaml

from reviewflow.errors import Invalid

PACKAGE_DATA = Path(__file__).parent / "data"

Choice = TypeVar("Choice", bound=StrEnum)


class Verified(StrEnum):
    """How far somebody has checked a row against the text it comes from."""

    YES = "yes"
    """已核对原文"""
    FROM_KNOWLEDGE = "from_knowledge"
    """未见原文，凭专业知识录入"""
    LOCAL = "local"
    """外地规定，供参考"""
    DEFAULT = "default"
    """产品默认值"""
    VERIFY = "verify"
    """待核实"""


class Origin(TypedDict):
    """Where a row comes from, where and since when it holds."""

    id: str
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str
    local: bool


class Row:
    """One row; each reading takes a field out, `finish` wants none left over."""

    def __init__(self, fields: object, where: str, *, local: bool = False) -> None:
        """Take what the file says, where it says it, and if it is a city's own."""
        self.where = where
        self._local = local
        if not isinstance(fields, Mapping):
            raise self.wrong("应为“名称: 值”的形式")
        self._fields = dict(fields)

    def wrong(self, problem: str) -> Invalid:
        """Return the failure that names this row and what is wrong with it."""
        return Invalid({self.where: f"{self.where}：{problem}。"})

    def has(self, field: str) -> bool:
        """Return whether the row still holds that field."""
        return field in self._fields

    def text(self, field: str, default: str | None = None) -> str:
        """Return a text that is not empty, or the default if there is one."""
        found = self._take(field, default)
        if isinstance(found, str) and (found.strip() or default is not None):
            return found.strip()
        raise self.wrong(f"“{field}”应为文字")

    def whole(self, field: str, default: int | None = None, least: int = 1) -> int:
        """Return a whole number that is `least` or more."""
        found = self._take(field, default)
        if type(found) is not int or found < least:
            raise self.wrong(f"“{field}”应为不小于{least}的整数")
        return found

    def whole_or_none(self, field: str) -> int | None:
        """Return a whole number of 1 or more, None if the field is absent."""
        return self.whole(field) if self.has(field) else None

    def flag(self, field: str, *, default: bool) -> bool:
        """Return true or false."""
        found = self._take(field, default)
        if not isinstance(found, bool):
            raise self.wrong(f"“{field}”应为 true 或者 false")
        return found

    def day(self, field: str) -> date:
        """Return a date."""
        found = self._take(field, None)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.wrong(f"“{field}”应为日期，例如 2026-03-02")
        return found

    def choice(
        self, field: str, among: type[Choice], default: Choice | None = None
    ) -> Choice:
        """Return the member whose value the field holds."""
        found = self._take(field, default)
        if isinstance(found, str) and found in list(among):
            return among(found)
        raise self.wrong(f"“{field}”应为：{'、'.join(among)}")

    def verified(self) -> Verified:
        """Return how far the row has been checked; YAML reads a bare yes as true."""
        if self._fields.get("verified") is True:
            self._fields["verified"] = Verified.YES
        return self.choice("verified", Verified)

    def choices(self, field: str, among: type[Choice]) -> tuple[Choice, ...]:
        """Return several members; none if the field is absent."""
        parts = [Row({field: text}, self.where) for text in self.texts(field)]
        return tuple(part.choice(field, among) for part in parts)

    def texts(self, field: str) -> tuple[str, ...]:
        """Return several texts; none if the field is absent."""
        found = self._take(field, [])
        if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
            raise self.wrong(f"“{field}”应为文字的列表")
        return tuple(found)

    def rows(self, field: str) -> list["Row"]:
        """Return the rows inside this one."""
        found = self._take(field, [])
        if not isinstance(found, list):
            raise self.wrong(f"“{field}”应为列表")
        return [
            Row(fields, f"{self.where}“{field}”第{place}行")
            for place, fields in enumerate(found, 1)
        ]

    def origin(self) -> Origin:
        """Take out what every row of law says about itself."""
        return Origin(
            id=self.text("id"),
            source=self.text("source"),
            place=self.text("place"),
            first_day=self.day("first_day"),
            verified=self.verified(),
            note=self.text("note", ""),
            local=self._local,
        )

    def finish(self) -> None:
        """Refuse fields nobody asked for: a misspelt one would change nothing."""
        if self._fields:
            raise self.wrong(f"没有“{'、'.join(map(str, self._fields))}”这样的字段")

    def _take(self, field: str, default: object) -> object:
        found = self._fields.pop(field, default)
        if found is None:
            raise self.wrong(f"缺少“{field}”")
        return found


def read_file(path: Path) -> object:
    """Return what a YAML file says.

    Raises:
        Invalid: It cannot be read, or is not YAML.
    """
    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行" if mark else ""
        sentence = f"{path.name}{line}：不是正确的 YAML 写法。"
        raise Invalid({path.name: sentence}) from error
    except OSError as error:
        sentence = f"无法读取{path.name}，请检查文件是否存在、是否有读取权限。"
        raise Invalid({path.name: sentence}) from error


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file, named by their ids; none if there is no file."""
    if not path.exists():
        return []
    found = read_file(path) or []
    if not isinstance(found, list):
        raise Invalid({path.name: f"{path.name}：应为逐行列出的列表。"})
    local = path.parent != PACKAGE_DATA
    return [
        Row(fields, f"{path.name} {_row_name(fields, place)}", local=local)
        for place, fields in enumerate(found, 1)
    ]


def _row_name(fields: object, place: int) -> str:
    row_id = fields.get("id") if isinstance(fields, Mapping) else None
    return row_id if isinstance(row_id, str) else f"第{place}行"
