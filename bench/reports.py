"""What was measured, as a table to read and a file to compare."""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.timings import Sample, median, percentile
from reviewflow import clock

RESULTS = Path(__file__).parent / "results"
LIBRARIES = ("SpiffWorkflow", "SQLAlchemy", "Flask", "waitress")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what, how much, and what was wanted."""

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether it is what was wanted."""
        if self.target is None:
            return ""
        met = self.value >= self.target if self.at_least else self.value <= self.target
        return "met" if met else "MISSED"

    @property
    def wanted(self) -> str:
        """What was wanted, in words."""
        if self.target is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.target:g} {self.unit}"


@dataclass(slots=True)
class Report:
    """The figures of one run, and the samples they come from."""

    title: str
    lines: list[Line] = field(default_factory=list)
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    def add(
        self,
        what: str,
        value: float,
        unit: str,
        target: float | None = None,
        *,
        at_least: bool = False,
    ) -> None:
        """Add a figure, with its target if it has one."""
        self.lines.append(Line(what, value, unit, target, at_least))


def show(report: Report) -> None:
    """Print the report."""
    say(f"\n{report.title}\n")
    if report.samples:
        say(f"{'':52} {'cpu p50':>9} {'wall p50':>9} {'wall p95':>9}  ms")
    for name, samples in report.samples.items():
        walls = [one.wall_ms for one in samples]
        cpu = median([one.cpu_ms for one in samples])
        own = f"{cpu:9.2f}" if cpu else f"{'':9}"  # else another process did the work
        figures = f"{own} {median(walls):9.2f} {percentile(walls, 95):9.2f}"
        say(f"{name:52} {figures}")
    say("")
    for line in report.lines:
        figure = f"{line.value:9.2f} {line.unit:10}"
        say(f"{line.what:60} {figure} {line.wanted:14} {line.verdict}")


def keep(name: str, report: Report) -> None:
    """Write the report to `bench/results/`."""
    RESULTS.mkdir(exist_ok=True)
    kept = {
        "title": report.title,
        "at": clock.now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "libraries": {library: version(library) for library in LIBRARIES},
        "lines": [{**asdict(line), "verdict": line.verdict} for line in report.lines],
        "samples": {
            name: [asdict(one) for one in samples]
            for name, samples in report.samples.items()
        },
    }
    path = RESULTS / f"{name}.json"
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    say(f"\n{path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else "")


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
