"""The sample city before anything happened: its units and people."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.demo.roster import settle
from reviewflow.work import Runtime
from tests.cast import HIRED


def _settings(folder: Path) -> Settings:
    url = f"sqlite:///{folder / 'reviewflow.db'}"
    return Settings(folder, url, "a key that only tests know, 32 chars", "production")


@pytest.fixture(scope="session")
def roster_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units and people of the sample city, and nothing they have done."""
    folder = tmp_path_factory.mktemp("roster")
    runtime = runtimes.prepare(_settings(folder))
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
    opened = runtimes.open_runtime(_settings(folder))
    yield opened
    opened.engine.dispose()
