"""Larger charts as numbers, of any size; macros/drawings.html draws them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TICKS = 4
STEPS = (1, 2, 5, 10)
FULL = 0.64
"""How much of its place a bar takes."""
LETTER = 0.62
"""How wide a letter of a number is, in heights of the type."""
NARROW = 0.35
"""How wide the bars of what should not be are, in parts of the others."""
RING = 0.62
"""The hole of a ring, in parts of its radius."""


@dataclass(frozen=True, slots=True)
class Size:
    """The paper of a chart, in units of its own; `type` is the height of its type."""

    width: int
    height: int
    type: int = 13
    words: int = 8
    """How many Chinese characters the names beside bars have at most."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bar with its number, and where its name stands."""

    x: float
    y: float
    width: float
    height: float
    text: str
    name: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Bars that lie, one under another."""

    size: Size
    left: float
    bars: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars that stand, a line over them, and lines across with their numbers."""

    size: Size
    left: float
    foot: float
    bars: tuple[Box, ...]
    points: tuple[tuple[float, float, str], ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def line(self) -> str:
        """The points as a polyline takes them."""
        return " ".join(f"{x},{y}" for x, y, _ in self.points)


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a ring: its outline, and what it stands for."""

    path: str
    name: str
    value: int
    percent: str
    tone: int


def row_chart(names: Sequence[str], values: Sequence[float], size: Size) -> Rows:
    """Return bars that lie, as long as their values."""
    left = size.type * (min(size.words, max(map(len, names), default=0)) + 1)
    place = size.height / max(len(names), 1)
    room = size.width - left - size.type * 4
    most = max([*values, 1])
    thick = min(place * FULL, size.type * 2.2)
    bars = [
        Box(
            x=round(left, 1),
            y=round(place * (n + 0.5) - thick / 2, 1),
            width=round(room * value / most, 1),
            height=round(thick, 1),
            text=f"{value:g}",
            name=_short(name, size.words),
        )
        for n, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    return Rows(size, round(left, 1), tuple(bars))


def column_chart(
    names: Sequence[str],
    values: Sequence[float],
    size: Size,
    line: Sequence[float] = (),
    bad: Sequence[float] = (),
) -> Columns:
    """Return bars that stand, with a line over them, and narrow bars for the bad ones.

    Args:
        names: A short word for each place.
        values: A number for each place.
        size: The paper.
        line: Other numbers for the same places.
        bad: How many are not as they should be.
    """
    step = _step(max([*values, *line, *bad, 1]) / TICKS)
    left = size.type * (len(f"{step * TICKS:g}") * LETTER + 1)
    foot, top = size.height - size.type * 2, size.type * 2
    place = (size.width - left) / max(len(names), 1)
    scale = (foot - top) / (step * TICKS)
    wide = min(place * FULL, size.type * 4)

    def box(n: int, value: float, width: float, tone: str) -> Box:
        right = left + place * (n + 0.5) + wide / 2
        text = "" if tone or line else f"{value:g}"
        x, y = right - width, foot - value * scale
        name = "" if tone else names[n]
        return Box(
            *(round(x, 1), round(y, 1), round(width, 1), round(value * scale, 1)),
            *(text, name, tone),
        )

    bars = [box(n, value, wide, "") for n, value in enumerate(values)]
    bars += [box(n, v, wide * NARROW, "bad") for n, v in enumerate(bad) if v]
    points = tuple(
        (round(left + place * (n + 0.5), 1), round(foot - v * scale, 1), f"{v:g}")
        for n, v in enumerate(line)
    )
    ticks = tuple(_ticks(step, foot, scale))
    return Columns(size, left, foot, tuple(bars), points, ticks)


def _ticks(step: float, foot: float, scale: float) -> Iterator[tuple[float, str]]:
    for n in range(TICKS + 1):
        yield round(foot - step * n * scale, 1), f"{step * n:g}"


def ring_chart(
    names: Sequence[str], values: Sequence[int], radius: int
) -> tuple[Arc, ...]:
    """Return the parts of a ring around (0, 0), clockwise from the top."""
    whole, before, arcs = sum(values), 0, []
    for tone, (name, value) in enumerate(zip(names, values, strict=True)):
        if value:
            path = _outline(before / whole, (before + value) / whole, radius)
            arcs.append(Arc(path, name, value, f"{value * 100 / whole:.1f}%", tone))
            before += value
    return tuple(arcs)


def _outline(start: float, end: float, radius: int) -> str:
    """Return the outline of a part; a whole ring is drawn a hair short of whole."""
    end = min(end, start + 0.9999)
    large, hole = int(end - start > 1 / 2), radius * RING  # more than half a turn

    def at(turn: float, far: float) -> str:
        angle = 2 * math.pi * turn
        return f"{far * math.sin(angle):.2f} {-far * math.cos(angle):.2f}"

    return (
        f"M{at(start, radius)}A{radius} {radius} 0 {large} 1 {at(end, radius)}"
        f"L{at(end, hole)}A{hole:.2f} {hole:.2f} 0 {large} 0 {at(start, hole)}Z"
    )


def _step(rough: float) -> float:
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    return next(power * n for n in STEPS if power * n >= rough)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
