"""python -m bench NAME: measure, print a table, keep the figures as JSON."""

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from bench.reports import Report, keep, show

MODULES: Mapping[str, str] = {
    # name on the command line: the module whose `measure` does it
    "engine": "bench.engine_steps",
    "http": "bench.http_completions",
    "indicators": "bench.indicators",
}


def main() -> int:
    """Run the named benchmarks; the result says nothing about targets met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="+", choices=sorted(MODULES), metavar="NAME")
    parser.add_argument("--rounds", type=int, default=40, help="how often all is done")
    chosen = parser.parse_args()
    for name in chosen.names:
        measure: Callable[[int], Report] = import_module(MODULES[name]).measure
        report = measure(chosen.rounds)
        show(report)
        keep(name, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
