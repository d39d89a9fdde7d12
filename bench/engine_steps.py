"""One user task through the engine, and through the use case around it."""

import sqlite3
from functools import partial
from pathlib import Path

from bench.installations import Installation, Returning, counted, installation
from bench.positions import Plain, Shelf, Stored, Whole
from bench.reports import Report, say
from bench.timings import Act, Prepare, Sample, cpu_ratio, in_turns, median
from reviewflow.storage.database import PRAGMAS

RETURNS = (0, 10, 50, 200)
PLAIN_RETURNS = (0, 10, 50)
PLAIN = "plain step in memory"
WHOLE = "restore + step + save, the library's own JSON"
COMMIT = "bare commit"
USE_CASE = "complete_task with its transaction"
ROUNDS_OF_STEPS = 5
MANY_STEPS = 40


def measure(rounds: int) -> Report:
    """Measure restore + step + save, and complete_task, against their floors."""
    shelf = Shelf()
    report = Report(f"engine: {shelf.node_count()} elements, in the middle of a case")
    say("bringing cases to the middle …")
    with installation() as place:
        rivals: dict[str, Prepare] = {
            **{_ours(n): partial(_stored, _at(shelf, n)) for n in RETURNS},
            **{_plain(n): partial(_in_memory, shelf, n) for n in PLAIN_RETURNS},
            WHOLE: partial(_whole, shelf),
            COMMIT: _commits(place.settings.data_dir / "bare.db"),
            USE_CASE: partial(_use_case, Returning(place)),
        }
        in_turns(rivals, 3)
        report.samples = in_turns(rivals, rounds)
        _compare(report)
        _count(report, place)
    _weigh(report, shelf)
    return report


def _ours(returns: int) -> str:
    return f"restore + step + save, {returns} returns"


def _plain(returns: int) -> str:
    return f"{PLAIN}, {returns} returns"


def _at(shelf: Shelf, returns: int) -> Stored:
    case = Stored(shelf)
    shelf.bring(case, returns)
    return case


def _stored(case: Stored) -> Act:
    shelf, state = case.shelf, case.state

    def act() -> int:
        done = 0
        for _ in range(ROUNDS_OF_STEPS):
            case.state = state
            done += shelf.round(case)
        return done

    return act


def _in_memory(shelf: Shelf, returns: int) -> Act:
    cases = [Plain(shelf) for _ in range(ROUNDS_OF_STEPS)]
    for case in cases:
        shelf.bring(case, returns)
    return lambda: sum(shelf.round(case) for case in cases)


def _whole(shelf: Shelf) -> Act:
    case = Whole(shelf)
    shelf.bring(case)
    return lambda: shelf.round(case)


def _commits(path: Path) -> Prepare:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE state (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("INSERT INTO state VALUES (1, '')")

    def act() -> int:
        for number in range(ROUNDS_OF_STEPS):
            text = f"{number:0700}"
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE state SET text = ?", [text])
            connection.execute("COMMIT")
        return ROUNDS_OF_STEPS

    return lambda: act


def _use_case(case: Returning) -> Act:
    task_id, user_id, answers = case.next()
    return lambda: case.complete(task_id, user_id, answers)


def _compare(report: Report) -> None:
    samples = report.samples
    plain, commit, use_case = samples[_plain(0)], samples[COMMIT], samples[USE_CASE]
    bare = samples[_ours(0)]
    report.add("engine step : plain step", cpu_ratio(bare, plain), "x", 0.9)
    for returns in PLAIN_RETURNS[1:]:
        ratio = cpu_ratio(samples[_ours(returns)], samples[_plain(returns)])
        report.add(f"the same after {returns} returns", ratio, "x")
    flat = [cpu_ratio(samples[_ours(n)], bare) for n in RETURNS[1:]]
    for returns, ratio in zip(RETURNS[1:], flat, strict=True):
        report.add(
            f"engine step after {returns} returns : after none", ratio, "x", 1.15
        )
    floor = median([s.wall_ms for s in bare]) + median([s.wall_ms for s in commit])
    whole = median([s.wall_ms for s in use_case])
    report.add("complete_task : engine step + bare commit", whole / floor, "x", 3)
    report.add("the same, processor time", _cpu_of_all(use_case, bare, commit), "x")
    stored = cpu_ratio(use_case, samples[WHOLE])
    report.add("complete_task : restore + step + save, library's JSON", stored, "x")


def _cpu_of_all(ours: list[Sample], bare: list[Sample], commit: list[Sample]) -> float:
    rounds = zip(ours, bare, commit, strict=True)
    return median([mine.cpu_ms / (s.cpu_ms + c.cpu_ms) for mine, s, c in rounds])


def _count(report: Report, place: Installation) -> None:
    case = Returning(place)
    with counted(place.runtime.engine) as sent:
        for _ in range(2):
            task_id, user_id, answers = case.next()
            before = len(sent)
            case.complete(task_id, user_id, answers)
            report.add("statements of one completion", len(sent) - before, "")


def _weigh(report: Report, shelf: Shelf) -> None:
    case = Stored(shelf)
    shelf.bring(case)
    while case.steps < MANY_STEPS:
        shelf.round(case)
    report.add(f"state after {MANY_STEPS} steps", case.largest / 1000, "kB", 4)
