"""Walks: paths a case may take, in words of an official; the kind's own tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewflow.kinds.entries import Entry, Sheet

FIRES = "fires"


@dataclass(frozen=True, slots=True)
class Stride:
    """One thing that happens in a walk: a step is done, or a timer fires."""

    step: str
    answers: Mapping[str, Any]
    fires: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A path from the start facts to an end event."""

    name: str
    start: Mapping[str, Any]
    strides: tuple[Stride, ...]
    effects: tuple[str, ...] | None
    ends: str
    line: int


def read_walks(sheet: Sheet) -> tuple[Walk, ...]:
    """Return the walks of a sheet; what is wrong is noted in it."""
    top = sheet.top
    return tuple(
        _walk(name, Entry(sheet, (name,), top.take(name))) for name in list(top.left)
    )


def _walk(name: str, entry: Entry) -> Walk:
    has_effects = "effects" in entry.left
    walk = Walk(
        name=name,
        start=_mapping(entry, "start"),
        strides=tuple(_stride(row) for row in entry.rows("steps")),
        effects=entry.words("effects") if has_effects else None,
        ends=entry.text("ends", ""),
        line=entry.sheet.lines.get((name,), 1),
    )
    entry.close()
    return walk


def _stride(row: Entry) -> Stride:
    if len(row.left) != 1:
        row.note("每一步只写一个环节及其答案，或者 fires 和一个事件。")
        row.left.clear()
        return Stride("", {})
    (step,) = row.left
    if step == FIRES:
        return Stride("", {}, fires=row.text(FIRES))
    return Stride(step, _mapping(row, step))


def _mapping(entry: Entry, key: str) -> Mapping[str, Any]:
    value = entry.take(key)
    if value is None or isinstance(value, dict):
        return value or {}
    entry.note(f"“{key}”下应是“键: 值”的形式。", key)
    return {}
