"""Small charts as numbers; macros/charts.html draws them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 330, 170
LEFT, TOP, FOOT = 34, 22, 24
TICKS = 3
ROW, WORDS_WIDTH, NUMBER_WIDTH = 22, 136, 30
"""Of lying bars: the height of one, the room for its words and for its number."""
FULL = 0.72
"""How much of its place a group of bars takes."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, and the number beside it."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `tone` is `bad` for what should not be."""

    x: float
    y: float
    width: float
    height: float
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word under the bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of bars, in units of its own."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def bar_chart(
    labels: Sequence[str], values: Sequence[int], bad: Sequence[int] = ()
) -> Chart:
    """Return bars for the values, with narrow bars for the bad ones beside them.

    Args:
        labels: A short word for each place.
        values: A number for each place.
        bad: How many of them are not as they should be.
    """
    step = _step(max([*values, *bad, 1]))
    most = step * TICKS
    place = (WIDTH - LEFT) / max(len(labels), 1)
    scale = (HEIGHT - TOP - FOOT) / most
    foot = HEIGHT - FOOT

    def bar(number: int, value: int, tone: str) -> Bar:
        share = FULL if not bad else FULL * (0.3 if tone else 0.65)
        start = LEFT + place * (number + (1 - FULL) / 2)
        x = start + (place * FULL * 0.7 if tone else 0)
        text, size = "" if tone else str(value), value * scale
        return Bar(
            round(x, 1),
            round(foot - size, 1),
            round(place * share, 1),
            round(size, 1),
            text,
            tone,
        )

    bars = [bar(number, value, "") for number, value in enumerate(values)]
    bars += [bar(number, value, "bad") for number, value in enumerate(bad) if value]
    ticks = [
        Tick(round(foot - step * n * scale, 1), str(step * n)) for n in range(TICKS + 1)
    ]
    words = [
        Label(round(LEFT + place * (n + 0.5), 1), word) for n, word in enumerate(labels)
    ]
    return Chart(tuple(bars), tuple(ticks), tuple(words))


@dataclass(frozen=True, slots=True)
class Lying:
    """Lying bars: for each its label, its place from above and its length."""

    rows: tuple[tuple[str, int, float, str], ...]
    height: int
    width: int = WIDTH
    left: int = WORDS_WIDTH


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over the places of a chart; its points in order."""

    chart: Chart
    points: tuple[tuple[float, float, str], ...]


def lying_chart(labels: Sequence[str], values: Sequence[int]) -> Lying:
    """Return lying bars, for labels that are long or many."""
    scale = (WIDTH - WORDS_WIDTH - NUMBER_WIDTH) / max([*values, 1])
    rows = [
        (word, place * ROW, round(value * scale, 1), str(value))
        for place, (word, value) in enumerate(zip(labels, values, strict=True))
    ]
    return Lying(tuple(rows), height=ROW * max(len(rows), 1))


def line_chart(labels: Sequence[str], values: Sequence[int]) -> Curve:
    """Return a line through the values."""
    chart = bar_chart(labels, values)
    points = [(round(bar.x + bar.width / 2, 1), bar.y, bar.text) for bar in chart.bars]
    return Curve(replace(chart, bars=()), tuple(points))


def _step(largest: int) -> int:
    rough = largest / TICKS
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    return int(next(power * n for n in (1, 2, 5, 10) if power * n >= rough))
