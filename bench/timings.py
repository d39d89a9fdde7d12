"""How long things take, measured in turns so that all meet the same weather."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Act = Callable[[], int]
"""Does something, and returns how many times it did it."""

Prepare = Callable[[], Act]
"""Gets something ready, unmeasured, and returns what is to be measured."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one act cost: time of this process's processor, and time that passed."""

    cpu_ms: float
    wall_ms: float


def in_turns(rivals: Mapping[str, Prepare], rounds: int) -> dict[str, list[Sample]]:
    """Measure all rivals once a round, in an order that alternates."""
    samples: dict[str, list[Sample]] = {name: [] for name in rivals}
    names = list(rivals)
    for turn in range(rounds):
        for name in names if turn % 2 else reversed(names):
            samples[name].append(once(rivals[name]()))
    return samples


def once(act: Act) -> Sample:
    """Return what one act costs, without the rubbish of what went before."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    times = act()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Sample(cpu * 1000 / times, wall * 1000 / times)


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def cpu_ratio(ours: Sequence[Sample], theirs: Sequence[Sample]) -> float:
    """Return the middle of the ratios of processor time, round by round."""
    pairs = zip(ours, theirs, strict=True)
    return median([mine.cpu_ms / other.cpu_ms for mine, other in pairs])
