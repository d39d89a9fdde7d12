"""The figures over many filings: how long they take, and what a new filing costs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench.filings import build
from bench.histories import AS_OF
from bench.installations import Installation, counted, installation
from bench.reports import Report, say
from bench.timings import Sample, in_turns, once
from reviewflow import clock
from reviewflow.model.case import Case
from reviewflow.model.people import Unit
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Group, Question
from reviewflow.usecases.filings import FilingAct, act_on_filing
from tests import steps
from tests.duties import Press
from tests.web.browser import sign_in
from web import create_app

SIZES = (10_000, 100_000, 1_000_000)
MOST_ROUNDS = 7
STEP = "prepare_filing"
DAY = date(2026, 11, 2)
NEW = 7
"""How many filings are submitted at each size."""
EVERYTHING = Question(AS_OF)
ASKED: Mapping[str, Question] = {
    "no groups": EVERYTHING,
    **{f"by {group}": replace(EVERYTHING, group=group) for group in Group},
    "by unit, a year ago": Question(date(2025, 11, 23), group=Group.UNIT),
}
ONE = "one unit, one year"
PAGES = {
    "page, by level": f"/statistics?as_of={AS_OF}",
    "page, by unit": f"/statistics?as_of={AS_OF}&group=unit",
}
SECONDS = 2000.0
ONE_MS = 200.0
Ask = Callable[[], int]


def measure(rounds: int) -> Report:
    """Measure every question at each size, then a submission at each size."""
    report = Report("indicators: as of the last day of five years, 500 makers; best")
    rounds = min(rounds, MOST_ROUNDS)
    submitted: dict[int, float] = {}
    for size in SIZES:
        with installation() as place:
            say(f"{size:,} filings …")
            tangled = build(place, size)
            share = 100 * tangled / size
            report.add(f"{size:,}: returned or supplemented", share, "%")
            submitted[size] = _submissions(report, place, size)
            _questions(report, place, size, rounds)
    for size in SIZES[1:]:
        ratio = submitted[size] / submitted[SIZES[0]]
        report.add(f"submission at {size:,} : at {SIZES[0]:,}", ratio, "", 1.2)
    return report


def _questions(report: Report, place: Installation, size: int, rounds: int) -> None:
    asks = _asks(place)
    is_largest = size == SIZES[-1]
    found = in_turns({name: _always(ask) for name, ask in asks.items()}, rounds)
    for name, samples in found.items():
        report.samples[f"{size:,}: {name}"] = samples
        target = ONE_MS if name == ONE else SECONDS
        wanted = target if is_largest else None
        report.add(f"{size:,}: {name}", _best(samples), "ms", wanted)
    for name, ask in asks.items():
        with counted(place.runtime.engine) as sent:
            ask()
        report.add(f"{size:,}: {name}, statements", len(sent), "")


def _asks(place: Installation) -> Mapping[str, Ask]:
    with place.as_(None) as work:
        maker = work.session.scalar(sa.select(sa.func.max(Unit.id))) or 0
    one = Question(
        AS_OF, date(2025, 1, 1), date(2025, 12, 31), makers=frozenset([maker])
    )
    browser = create_app(place.settings, place.runtime).test_client()
    sign_in(browser, "auditor")
    return {
        **{name: _asking(place, asked) for name, asked in {**ASKED, ONE: one}.items()},
        **{name: _reading(browser, path) for name, path in PAGES.items()},
    }


def _asking(place: Installation, question: Question) -> Ask:
    def ask() -> int:
        with place.runtime.read(place.cast.auditor) as work:
            answer = indicators(work, question)
            for figures in (answer.total, *answer.groups):
                figures.tally.count("all")
        return 1

    return ask


def _reading(browser: FlaskClient, path: str) -> Ask:
    def read() -> int:
        answer = browser.get(path)
        if answer.status_code != 200:  # noqa: PLR2004 - fine
            raise RuntimeError(f"{path}: {answer.status}")
        return 1

    return read


def _always(ask: Ask) -> Callable[[], Ask]:
    return lambda: ask


def _submissions(report: Report, place: Installation, size: int) -> float:
    """Submit filings through the use case; return what the quickest took."""
    press = Press(place.runtime, place.as_, place.cast)
    samples = [once(_submission(place, press, DAY)) for _ in range(NEW)]
    report.samples[f"{size:,}: one submission"] = samples
    best = _best(samples)
    report.add(f"{size:,}: one submission", best, "ms")
    return best


def _submission(place: Installation, press: Press, day: date) -> Ask:
    """Publish a document, and return what sends its filing."""
    (duty,) = press.publish(day - timedelta(days=5))
    case_id = press.case_of(duty)
    task_id = steps.waiting(place.as_, case_id, STEP)
    filer, at = steps.doer(place.as_, task_id), clock.beijing_instant(day, 10)
    with place.as_(filer, at) as work:
        form = work.process(work.get(Case, case_id)).kind.forms[STEP]
        steps.upload(work, case_id, [need.role for need in form.needed({})])

    def submit() -> int:
        with place.as_(filer, at) as work:
            act_on_filing(work, duty, FilingAct.SUBMIT, {})
        return 1

    return submit


def _best(samples: list[Sample]) -> float:
    return min(one.wall_ms for one in samples)
