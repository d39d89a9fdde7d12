"""Many at once: threads that start together, and what came of each."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from reviewflow.errors import ReviewflowError

PATIENCE = 60


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Let so many act at the same moment; return what each got, or its refusal."""
    start = threading.Barrier(count, timeout=PATIENCE)

    def one(place: int) -> object:
        start.wait()
        try:
            return act(place)
        except ReviewflowError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def refused_with(results: list[object], kind: type[ReviewflowError]) -> int:
    """Return how many were refused in that way."""
    return sum(isinstance(result, kind) for result in results)
