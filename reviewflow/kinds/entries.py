"""Reading YAML strictly: what is missing, odd or unknown becomes a finding."""

import re
from collections.abc import Iterator
from typing import Any

from reviewflow.kinds.findings import Finding
from reviewflow.kinds.strict_yaml import BadYaml, Lines, read_yaml

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Sheet:
    """One YAML file: its content, its lines, and what was found wrong in it."""

    def __init__(self, file: str, content: bytes) -> None:
        """Read the file; a file that cannot be read is empty and has a finding."""
        self.file = file
        self.findings: list[Finding] = []
        self.lines: Lines = {}
        self.content: Any = None
        try:
            self.content, self.lines = read_yaml(content)
        except BadYaml as error:
            self.findings.append(Finding(file, error.line, "", error.message))

    def note(self, path: tuple[str, ...], sentence: str) -> None:
        """Add a finding at the entry under these keys, or at the nearest above."""
        place = path
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 1)
        self.findings.append(Finding(self.file, line, ".".join(path), sentence))

    @property
    def top(self) -> "Entry":
        """The whole file as one entry."""
        return Entry(self, (), {} if self.content is None else self.content)


class Entry:
    """A mapping in a sheet; every key must be asked for, or it is unknown."""

    def __init__(self, sheet: Sheet, path: tuple[str, ...], value: object) -> None:
        """Take the value found under the path."""
        self.sheet = sheet
        self.path = path
        self.left: dict[str, Any] = {}
        if isinstance(value, dict):
            self.left = dict(value)
        else:
            self.note("这里应是“键: 值”的形式。")

    def note(self, sentence: str, key: str | None = None) -> None:
        """Add a finding here, or at one of the keys."""
        self.sheet.note(self.path if key is None else (*self.path, key), sentence)

    def take(self, key: str) -> object:
        """Return what is under the key as it is, None if nothing."""
        return self.left.pop(key, None)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.take(key)
        if isinstance(value, bool | list | dict):
            self.note(f"“{key}”应是文字。", key)
        elif value is not None and str(value).strip():
            return str(value).strip()
        elif default is None:
            self.note(f"缺少“{key}”。", key)
        return default or ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.note(f"“{key}”应是 true 或 false。", key)
        return value is True

    def number(self, key: str) -> int | None:
        """Return a whole number, None if there is none."""
        value = self.take(key)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int)
        ):
            self.note(f"“{key}”应是整数。", key)
            return None
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words; one word stands for a list of one."""
        value = self.take(key)
        many = [] if value is None else value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in many):
            self.note(f"“{key}”应是文字的列表。", key)
            return ()
        return tuple(str(one) for one in many)

    def table(self, key: str) -> dict[str, str]:
        """Return words by word."""
        pairs = self._pairs(key)
        return {word: "" if said is None else str(said) for word, said in pairs}

    def tables(self, key: str) -> dict[str, dict[str, str]]:
        """Return tables of words by word."""
        inner = Entry(self.sheet, (*self.path, key), dict(self._pairs(key)))
        return {name: inner.table(name) for name in list(inner.left)}

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return lists of words by word."""
        return {
            name: inner.words(key)
            for name, value in self._pairs(key)
            for inner in [Entry(self.sheet, (*self.path, key, name), {key: value})]
        }

    def constants(self, key: str) -> dict[str, str | bool]:
        """Return words, or true and false, by word."""
        found: dict[str, str | bool] = {}
        for name, value in self._pairs(key):
            if isinstance(value, str | bool):
                found[name] = value
            else:
                self.note(f"“{name}”应是文字，或者 true、false。", key)
        return found

    def _pairs(self, key: str) -> list[tuple[str, object]]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, dict):
            self.note(f"“{key}”应是“键: 值”的形式。", key)
            return []
        return list(value.items())

    def rows(self, key: str) -> Iterator["Entry"]:
        """Give each entry of a list."""
        value = self.take(key)
        if value is not None and not isinstance(value, list):
            self.note(f"“{key}”应是列表。", key)
            return
        for place, one in enumerate(value or []):
            yield Entry(self.sheet, (*self.path, key, str(place)), one)

    def entries(self, key: str) -> Iterator[tuple[str, "Entry"]]:
        """Give each entry under a key by its name."""
        for name, one in self._pairs(key):
            yield name, Entry(self.sheet, (*self.path, key, name), one)

    def close(self) -> None:
        """Note every key nobody asked for."""
        for key in self.left:
            self.note(f"不认识“{key}”，请检查拼写。", key)
