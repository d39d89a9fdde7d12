"""A ledger of the past: every row or none, on its days, marked, and only once."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow import runtime as runtimes
from reviewflow.demo.roster import settle
from reviewflow.errors import Invalid, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, Task
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.publication import Publication
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.people import user_named
from reviewflow.queries.question import Group, Question
from reviewflow.usecases.ledger_checks import Checked
from reviewflow.usecases.ledgers import Book, import_ledger, read_ledger
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import HIRED, Cast
from tests.conftest import AS_OF, As, settings_in
from tests.duties import at
from tests.ledgers import Row, example_rows, file_of, plain_row, sheet
from tests.queries.oracle import COUNTS, FIGURES, RATES

NOW = at(AS_OF)


@pytest.fixture(scope="session")
def roster_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units and people of the sample city, and nothing they have done."""
    folder = tmp_path_factory.mktemp("roster")
    runtime = runtimes.prepare(settings_in(folder))
    settle(runtime, HIRED)
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    runtime.engine.dispose()
    return folder


@pytest.fixture
def empty_city(roster_folder: Path, tmp_path: Path) -> Iterator[Runtime]:
    """That city, of the test's own."""
    folder = tmp_path / "city"
    shutil.copytree(roster_folder, folder)
    opened = runtimes.open_runtime(settings_in(folder))
    yield opened
    opened.engine.dispose()


def bring_in(runtime: Runtime, rows: Sequence[Row], by: str = "guan.li") -> Checked:
    lines = read_ledger("台账.xlsx", file_of(sheet(rows)))
    with runtime.read(None) as work:
        actor = user_named(work, by).id
    with runtime.begin(actor, NOW) as work:
        return import_ledger(work, Book("台账.xlsx", "0" * 64, lines))


def count(runtime: Runtime, table: type) -> int:
    with runtime.read(None) as work:
        return work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_rates_are_right_from_day_one(empty_city: Runtime) -> None:
    assert len(bring_in(empty_city, example_rows()).fresh) == 16
    fire_due_timers(empty_city, NOW)

    for group in (Group.LEVEL, Group.QUARTER):
        with empty_city.read(None, NOW) as work:
            answer = indicators(work, Question(AS_OF, group=group))
            for (of, key), (counts, rates) in FIGURES.items():
                figures = answer.figures(key)
                if figures is None or of not in (group, "level"):
                    continue
                told = {row["id"]: row for row in _rates(document(answer), key)}
                assert tuple(figures.counts[name] for name in COUNTS) == counts
                assert tuple(told[name]["value"] for name in RATES) == rates
    with empty_city.read(None, NOW) as work:
        assert verify(work) == []
    assert count(empty_city, OutboxMessage) == 0


def _rates(found: dict, key: str) -> list[dict]:  # type: ignore[type-arg]
    parts = [found, *found["groups"]]
    part = next(one for one in parts if one.get("key", "total") == key)
    rows = part["indicators"]
    return [*rows, *(other for row in rows for other in row["alternatives"])]
