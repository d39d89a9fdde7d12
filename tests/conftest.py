"""The cast, the clock, the calendar, the database."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewflow import demo
from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.work import Runtime, Work
from tests.cast import Cast, engage
from tests.duties import Press
from tests.pages import new_app

pytest_plugins = [
    "tests.bulletins",
    "tests.compiled",
    "tests.letters",
    "tests.rosters",
]
"""Where fixtures of several folders live that need more than what is here."""

NOON_MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Monday 2 March 2026, noon in Beijing."""

AS_OF = date(2026, 11, 23)
"""The day of the oracle."""

As = Callable[..., AbstractContextManager[Work]]


def settings_in(folder: Path) -> Settings:
    """Return settings for an installation in that folder."""
    url = f"sqlite:///{folder / 'reviewflow.db'}"
    return Settings(folder, url, "a key that only tests know, 32 chars", "production")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """An installation with the cast and the shipped kinds, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    runtime = runtimes.prepare(settings_in(folder))
    cast = engage(runtime)
    _settle(runtime)
    return folder, cast


@pytest.fixture
def settings(prepared: tuple[Path, Cast], tmp_path: Path) -> Settings:
    """An installation of the test's own."""
    folder = tmp_path / "data"
    shutil.copytree(prepared[0], folder)
    return settings_in(folder)


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city as of 23 November 2026, to be copied."""
    folder = tmp_path_factory.mktemp("city")
    runtime = runtimes.prepare(settings_in(folder))
    demo.load_sample_city(runtime, AS_OF, None, lambda _sentence: None)
    _settle(runtime)
    return folder


@pytest.fixture(scope="session")
def city_to_read(city_folder: Path) -> Iterator[Runtime]:
    """The sample city of all tests that change nothing in it."""
    opened = runtimes.open_runtime(settings_in(city_folder))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sample_city(city_folder: Path, tmp_path: Path) -> Iterator[Runtime]:
    """The sample city of the test's own."""
    folder = tmp_path / "city"
    shutil.copytree(city_folder, folder)
    opened = runtimes.open_runtime(settings_in(folder))
    yield opened
    opened.engine.dispose()


def _settle(runtime: Runtime) -> None:
    """Bring everything into the one database file, so that it can be copied."""
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    runtime.engine.dispose()


@pytest.fixture
def cast(prepared: tuple[Path, Cast]) -> Cast:
    """Who is who."""
    return prepared[1]


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    """The product on that installation."""
    opened = runtimes.open_runtime(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def as_(runtime: Runtime) -> As:
    """Open writing work as somebody, on the Monday unless told otherwise."""

    def begin(
        user_id: int | None, at: datetime = NOON_MONDAY
    ) -> AbstractContextManager[Work]:
        return runtime.begin(user_id, at)

    return begin


@pytest.fixture
def press(runtime: Runtime, as_: As, cast: Cast) -> Press:
    """What publishes documents and works off the duties to file them."""
    return Press(runtime, as_, cast)


@pytest.fixture
def app(settings: Settings, runtime: Runtime) -> Flask:
    """The pages on that installation."""
    return new_app(settings, runtime)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script."""
    return app.test_client()
