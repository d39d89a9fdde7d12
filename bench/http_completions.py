"""Completing tasks over HTTP: the product's API beside the floor application."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import twelve
from bench.installations import Installation, installation
from bench.pages import measure_pages
from bench.reports import Report, say
from bench.servers import (
    SERVE,
    THREADS,
    Floor,
    Line,
    Product,
    Rival,
    Server,
    serving,
)
from bench.timings import Sample, median, percentile
from reviewflow.usecases.deployment import deploy
from reviewflow.usecases.signins import make_token

FLOOR, PRODUCT = "floor application", "API of the product"
CLIENTS = 4
CASES_OF_A_CLIENT = 4
RUNS = 5


@dataclass(frozen=True, slots=True)
class Maker:
    """A server, and what makes a client out of a connection to it."""

    server: Server
    make: Callable[[Line], Rival]
    token: str = ""

    def rival(self) -> Rival:
        """Return a new client with a connection of its own."""
        return self.make(Line(self.server.port, self.token))


Makers = Mapping[str, Maker]


def measure(rounds: int) -> Report:
    """Measure completions one by one and by four clients at once, then pages."""
    report = Report(f"http: {twelve.TASKS} tasks, one process of {THREADS} threads")
    with installation() as place, _both(place) as makers:
        say("one client …")
        _one_by_one(report, makers, rounds)
        say(f"{CLIENTS} clients …")
        _at_once(report, makers)
    say("pages …")
    with installation() as place:
        measure_pages(report, place, rounds)
    return report


@contextmanager
def _both(place: Installation) -> Iterator[Makers]:
    settings = place.settings
    with place.as_(None) as work:
        deploy(work, twelve.kind_files())
        token = make_token(work, "drafter")
    environ = {
        "REVIEWFLOW_DATA_DIR": str(settings.data_dir),
        "REVIEWFLOW_ENV": settings.env,
        "REVIEWFLOW_SECRET_KEY": settings.secret_key,
    }
    ours = ["-c", SERVE, "serve", "--workers", str(THREADS)]
    bare = _bare(settings.data_dir / "floor.db")
    with (
        serving(ours, environ, "/api/v1/healthz") as product,
        serving(bare, {}, "/ready") as floor,
    ):
        unit_id = place.cast.units["housing"]
        yield {
            FLOOR: Maker(floor, Floor),
            PRODUCT: Maker(product, partial(Product, unit_id=unit_id), token),
        }


def _bare(database: Path) -> list[str]:
    threads = str(THREADS)
    return ["-m", "bench.floor", "--threads", threads, "--database", str(database)]


def _one_by_one(report: Report, makers: Makers, rounds: int) -> None:
    rivals = {name: maker.rival() for name, maker in makers.items()}
    for rival in rivals.values():
        _case(rival)  # connections, caches
    spent = {name: -maker.server.cpu_ms() for name, maker in makers.items()}
    names = list(rivals)
    for turn in range(rounds):
        for name in names if turn % 2 else reversed(names):
            report.samples.setdefault(name, []).extend(_case(rivals[name]))
    for name, maker in makers.items():
        spent[name] += maker.server.cpu_ms()
    floor, ours = ([s.wall_ms for s in report.samples[n]] for n in (FLOOR, PRODUCT))
    report.add("API completion : floor, median", median(ours) / median(floor), "x", 2)
    report.add("API completion, p50", median(ours), "ms", 8)
    report.add("API completion, p95", percentile(ours, 95), "ms", 20)
    report.add("processor time : floor", spent[PRODUCT] / spent[FLOOR], "x")


def _case(rival: Rival) -> list[Sample]:
    rival.begin()
    samples = []
    for _ in range(twelve.TASKS):
        began = time.perf_counter()
        rival.complete()
        samples.append(Sample(0.0, (time.perf_counter() - began) * 1000))
    return samples


def _at_once(report: Report, makers: Makers) -> None:
    found: dict[str, list[float]] = {name: [] for name in makers}
    for _ in range(RUNS):
        for name, maker in makers.items():
            found[name].append(_rush(maker))
    rates = {name: median(values) for name, values in found.items()}
    ours = rates[PRODUCT]
    what = f"completions a second, {CLIENTS} clients"
    report.add(what, ours, "1/s", 150, at_least=True)
    report.add(f"{what}, floor", rates[FLOOR], "1/s")
    report.add("floor : API", rates[FLOOR] / ours, "x")


def _rush(maker: Maker) -> float:
    """Return how many tasks a second several clients get done."""
    crowd = [
        [maker.rival() for _ in range(CASES_OF_A_CLIENT)] for _client in range(CLIENTS)
    ]
    for cases in crowd:
        for rival in cases:
            rival.begin()
    gate = threading.Barrier(CLIENTS + 1)

    def run(cases: list[Rival]) -> None:
        gate.wait()
        for rival in cases:
            for _ in range(twelve.TASKS):
                rival.complete()

    threads = [threading.Thread(target=run, args=[cases]) for cases in crowd]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return CLIENTS * CASES_OF_A_CLIENT * twelve.TASKS / seconds
