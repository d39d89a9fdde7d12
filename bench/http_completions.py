"""Completing tasks over HTTP: the product's API beside the floor application."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import twelve
from bench.installations import Installation, installation
from bench.pages import measure_pages
from bench.reports import Report, say
from bench.rivals import Floor, Product, Rival, Shipped, shipped_floor
from bench.servers import SERVE, THREADS, Line, Server, serving
from bench.timings import Sample, median, percentile
from reviewflow.usecases.deployment import deploy, pack
from reviewflow.usecases.signins import make_token

FLOOR, PRODUCT = "floor, twelve tasks", "API, twelve tasks"
SHIPPED_FLOOR, SHIPPED = "floor, shipped kind", "API, shipped kind"
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
    with installation() as place, _servers(place) as makers:
        say("one client …")
        _one_by_one(report, makers, rounds)
        _compare(report)
        say(f"{CLIENTS} clients …")
        _at_once(report, makers)
    say("pages …")
    with installation() as place:
        measure_pages(report, place, rounds)
    return report


@contextmanager
def _servers(place: Installation) -> Iterator[Makers]:
    """Serve the product, and the floor with a short and with the shipped process."""
    settings = place.settings
    with place.as_(None) as work:
        deploy(work, pack(work, twelve.kind_files()))
        token = make_token(work, "drafter")
    environ = {
        "REVIEWFLOW_DATA_DIR": str(settings.data_dir),
        "REVIEWFLOW_ENV": settings.env,
        "REVIEWFLOW_SECRET_KEY": settings.secret_key,
    }
    ours = ["-c", SERVE, "serve", "--workers", str(THREADS)]
    unit_id = place.cast.units["housing"]
    with ExitStack() as stack:
        product = stack.enter_context(serving(ours, environ, "/api/v1/healthz"))
        short, long = (
            stack.enter_context(serving(_bare(settings.data_dir, kind), {}, "/ready"))
            for kind in ("twelve", "shipped")
        )
        yield {
            FLOOR: Maker(short, Floor),
            PRODUCT: Maker(product, partial(Product, unit_id=unit_id), token),
            SHIPPED_FLOOR: Maker(long, shipped_floor),
            SHIPPED: Maker(product, partial(Shipped, place=place)),
        }


def _bare(folder: Path, kind: str) -> list[str]:
    database = str(folder / f"floor-{kind}.db")
    served = ["--threads", str(THREADS), "--database", database, "--kind", kind]
    return ["-m", "bench.floor", *served]


def _one_by_one(report: Report, makers: Makers, rounds: int) -> None:
    rivals = {name: maker.rival() for name, maker in makers.items()}
    for name, rival in rivals.items():
        _case(rival, makers[name].server)  # connections, caches
    names = list(rivals)
    for turn in range(rounds):
        for name in names if turn % 2 else reversed(names):
            samples = _case(rivals[name], makers[name].server)
            report.samples.setdefault(name, []).extend(samples)


def _case(rival: Rival, server: Server) -> list[Sample]:
    """Complete twelve tasks; the server's processor time is that of all of them."""
    rival.begin()
    walls = []
    cpu = server.cpu_ms()
    for _ in range(twelve.TASKS):
        rival.prepare()
        began = time.perf_counter()
        rival.complete()
        walls.append((time.perf_counter() - began) * 1000)
    cpu = (server.cpu_ms() - cpu) / twelve.TASKS
    return [Sample(cpu, wall) for wall in walls]


def _compare(report: Report) -> None:
    for ours, floor in ((PRODUCT, FLOOR), (SHIPPED, SHIPPED_FLOOR)):
        mine, other = report.samples[ours], report.samples[floor]
        walls = [one.wall_ms for one in mine]
        ratio = median(walls) / median([one.wall_ms for one in other])
        report.add(f"{ours} : {floor}, median", ratio, "x", 2)
        spent = sum(one.cpu_ms for one in mine) / sum(one.cpu_ms for one in other)
        report.add("the same, processor time of the server", spent, "x")
        report.add(f"{ours}, p50", median(walls), "ms", 8)
        report.add(f"{ours}, p95", percentile(walls, 95), "ms", 20)


def _at_once(report: Report, makers: Makers) -> None:
    found: dict[str, list[float]] = {FLOOR: [], PRODUCT: []}
    for _ in range(RUNS):
        for name, rates_found in found.items():
            rates_found.append(_rush(makers[name]))
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
